package io.sallyport.policy.frame;

import static java.util.Objects.requireNonNull;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * What an owner declares in public about a frame.
 *
 * @param unitSpace which kind of person its unit is: frames of one space can be joined by person in
 *     a noisy answer, and share a budget
 * @param uniqueUnit whether each person has one row at most; checked on the data
 * @param columns by name in lower case
 */
public record PublicFacts(String unitSpace, boolean uniqueUnit, Map<String, ColumnDomain> columns) {

  public PublicFacts {
    requireNonNull(unitSpace, "unitSpace");
    columns = Collections.unmodifiableMap(new TreeMap<>(columns));
  }

  /** What holds of a frame of which nothing is declared. */
  public static PublicFacts undeclared(FrameName name, PrivacyUnit unit) {
    return new PublicFacts(usualSpace(name, unit), false, Map.of());
  }

  /** Frames whose units have the same name count the same people, unless their owners say not. */
  public static String usualSpace(FrameName name, PrivacyUnit unit) {
    return unit.fold(
        column -> column.name().toLowerCase(java.util.Locale.ROOT), row -> "rows-of." + name);
  }
}
