package io.sallyport.policy.artifact;

import static java.util.Objects.requireNonNull;

import io.sallyport.policy.frame.FrameName;
import io.sallyport.policy.request.QuestionKey;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * One materialised result as the catalogue knows it; its bytes are elsewhere. Immutable.
 *
 * @param id 32 lower-case hexadecimal digits
 * @param key what it is about, and whose it is
 * @param kind what may become of its bytes
 * @param plan the canonical plan, to be computed on
 * @param schemaJson the result's schema
 * @param sources the governed frames behind it
 * @param grounds why it is of this kind, in words
 * @param resultHash names its exact bytes; always there, but for a plan
 * @param bytes how many bytes are stored; 0 for a plan
 * @param rows how many rows it has
 * @param name what its principal calls it, when it is saved
 * @param savable whether it may be saved
 * @param createdAt when it was made
 * @param expiresAt when it ends, unless it is saved
 */
@SuppressWarnings("ArrayRecordComponent") // copied on both ways, and compared by content
public record Artifact(
    String id,
    QuestionKey key,
    ArtifactKind kind,
    byte[] plan,
    String schemaJson,
    List<FrameName> sources,
    List<String> grounds,
    Optional<String> resultHash,
    long bytes,
    long rows,
    Optional<String> name,
    boolean savable,
    Instant createdAt,
    Instant expiresAt) {
  private static final int ID_BYTES = 16;
  private static final Pattern ID = Pattern.compile("[0-9a-f]{32}");
  private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9_]{0,62}");

  /**
   * @throws IllegalArgumentException when the id or the name is not one, a size is negative, or
   *     hash and kind do not fit together
   */
  public Artifact {
    requireNonNull(key, "key");
    requireNonNull(kind, "kind");
    plan = plan.clone();
    requireNonNull(schemaJson, "schemaJson");
    sources = List.copyOf(sources);
    grounds = List.copyOf(grounds);
    requireNonNull(createdAt, "createdAt");
    requireNonNull(expiresAt, "expiresAt");
    require(isId(id), "An artifact's id must be 32 lower-case hexadecimal digits");
    require(bytes >= 0 && rows >= 0, "An artifact's bytes and rows must be at least 0");
    require(name.isEmpty() || isName(name.get()), "An artifact's name must be " + NAME);
    require(
        resultHash.isPresent() == (kind != ArtifactKind.PLAN),
        "An artifact must have a result hash, unless it is a plan");
    require(
        resultHash.isEmpty() || resultHash.get().length() <= QuestionKey.MAX_LENGTH,
        "An artifact's result hash must have at most " + QuestionKey.MAX_LENGTH + " characters");
    require(kind != ArtifactKind.PLAN || bytes == 0, "A plan has no bytes");
  }

  /** A new id: 128 random bits. */
  public static String newId() {
    byte[] random = new byte[ID_BYTES];
    new SecureRandom().nextBytes(random);
    return HexFormat.of().formatHex(random);
  }

  /** Whether the text can be an artifact's id. */
  public static boolean isId(String text) {
    return ID.matcher(text).matches();
  }

  /** Whether an artifact can be saved under this name. */
  public static boolean isName(String text) {
    return NAME.matcher(text).matches();
  }

  /** A copy of the canonical plan. */
  @Override
  public byte[] plan() {
    return plan.clone();
  }

  /** Whether it has ended at this time. What is saved never ends. */
  public boolean isExpired(Instant now) {
    return name.isEmpty() && !now.isBefore(expiresAt);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Artifact that
        && id.equals(that.id)
        && key.equals(that.key)
        && kind == that.kind
        && Arrays.equals(plan, that.plan)
        && schemaJson.equals(that.schemaJson)
        && sources.equals(that.sources)
        && grounds.equals(that.grounds)
        && resultHash.equals(that.resultHash)
        && bytes == that.bytes
        && rows == that.rows
        && name.equals(that.name)
        && savable == that.savable
        && createdAt.equals(that.createdAt)
        && expiresAt.equals(that.expiresAt);
  }

  @Override
  public int hashCode() {
    return Objects.hash(id, kind, name, expiresAt);
  }

  @Override
  public String toString() {
    return "Artifact[" + id + ", " + kind + ", " + key.principal() + "]";
  }

  private static void require(boolean holds, String otherwise) {
    if (!holds) {
      throw new IllegalArgumentException(otherwise);
    }
  }
}
