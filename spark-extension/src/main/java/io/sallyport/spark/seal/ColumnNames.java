package io.sallyport.spark.seal;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Names of columns, which compare without regard to case, as Spark's do. Two columns that differ in
 * case only are one name to a policy and to a question: it would depend on their order which one is
 * the person.
 */
final class ColumnNames {

  /** Two names of one source that no policy can tell apart. */
  record Twins(String first, String second) {}

  private ColumnNames() {}

  /** The first two columns that differ in case only, or not at all. */
  static Optional<Twins> twins(List<String> names) {
    for (int i = 0; i < names.size(); i++) {
      for (int j = i + 1; j < names.size(); j++) {
        if (areOne(names.get(i), names.get(j))) {
          return Optional.of(new Twins(names.get(i), names.get(j)));
        }
      }
    }
    return Optional.empty();
  }

  /** Spark compares names in both ways, and these differ for a few letters. */
  private static boolean areOne(String a, String b) {
    return a.equalsIgnoreCase(b) || a.toLowerCase(Locale.ROOT).equals(b.toLowerCase(Locale.ROOT));
  }
}
