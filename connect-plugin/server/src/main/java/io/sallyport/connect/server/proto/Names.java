package io.sallyport.connect.server.proto;

import io.sallyport.policy.text.Printable;
import java.util.Locale;
import java.util.regex.Pattern;

/** Which names a client may use. What they stand for is decided later, by others. */
final class Names {

  static final String DEMAND = "a name of at most " + Bounds.NAME + " printable characters";
  static final String COLUMN_DEMAND =
      DEMAND + ", no part of which is _metadata or begins with two underscores";

  private static final Pattern PART_END = Pattern.compile("[.`]");

  private Names() {}

  /** Not empty, not long, and without characters that break a line or turn the writing. */
  static boolean isHarmless(String name) {
    return !name.isEmpty() && name.length() <= Bounds.NAME && Printable.is(name);
  }

  /**
   * A harmless name, no part of which is a metadata column or one of Spark's own. However Spark
   * splits the name into parts, it does so at dots and backticks; here every piece between two of
   * them counts as a part, so that no way of quoting makes a difference.
   */
  static boolean isColumn(String name) {
    return isHarmless(name) && PART_END.splitAsStream(name).noneMatch(Names::isReserved);
  }

  private static boolean isReserved(String part) {
    String plain = part.strip().toLowerCase(Locale.ROOT);
    return plain.startsWith("__") || plain.equals("_metadata");
  }
}
