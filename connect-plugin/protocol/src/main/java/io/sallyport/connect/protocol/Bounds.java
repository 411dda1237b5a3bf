package io.sallyport.connect.protocol;

import com.google.protobuf.ByteString;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/** How long the parts of a request may be, and what an id or a name looks like. */
public final class Bounds {

  /** Of a serialized relation, in bytes; the server's own limits on plans are tighter. */
  public static final int MAX_RELATION_BYTES = 16 * 1024 * 1024;

  /** Of a justification, in UTF-16 units. */
  public static final int MAX_JUSTIFICATION = 2_000;

  private static final Pattern ARTIFACT_ID = Pattern.compile("[0-9a-f]{32}");
  private static final Pattern REQUEST_ID = Pattern.compile("r-[a-z0-9]{16}");
  private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9_]{0,62}");

  private Bounds() {}

  /** Whether a text can name an artifact. */
  public static boolean isArtifactId(String text) {
    return ARTIFACT_ID.matcher(text).matches();
  }

  /** Whether a text can name a request for approval. */
  public static boolean isRequestId(String text) {
    return REQUEST_ID.matcher(text).matches();
  }

  /** Whether an artifact can be saved under this name. */
  public static boolean isName(String text) {
    return NAME.matcher(text).matches();
  }

  static void requireRelation(ByteString relation) {
    require(
        !relation.isEmpty() && relation.size() <= MAX_RELATION_BYTES,
        "A relation must have 1 to " + MAX_RELATION_BYTES + " bytes");
  }

  static void requireJustification(String justification) {
    require(
        justification.length() <= MAX_JUSTIFICATION,
        "A justification must have at most " + MAX_JUSTIFICATION + " characters");
    require(
        StandardCharsets.UTF_8.newEncoder().canEncode(justification),
        "A justification must not contain half a character");
  }

  static void requireSaid(String justification) {
    require(!justification.isBlank(), "A justification must not be blank here");
    requireJustification(justification);
  }

  static void requireArtifactId(String id) {
    require(isArtifactId(id), "An artifact's id must match " + ARTIFACT_ID);
  }

  static void requireRequestId(String id) {
    require(isRequestId(id), "A request's id must match " + REQUEST_ID);
  }

  static void requireName(String name) {
    require(isName(name), "A saved artifact's name must match " + NAME);
  }

  private static void require(boolean holds, String otherwise) {
    if (!holds) {
      throw new IllegalArgumentException(otherwise);
    }
  }
}
