package io.sallyport.policy.frame;

import static java.util.Objects.requireNonNull;

import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * What an owner declares in public about a frame.
 *
 * @param unitSpace which kind of person its unit is: frames of one space can be joined by person in
 *     a noisy answer, and share a budget
 * @param uniqueUnit whether each person has one row at most; checked on the data
 * @param unique names of columns in all of which no two rows agree, in lower case; empty when
 *     nothing is declared; checked on the data
 * @param missing in which columns a missing value tells nothing
 * @param columns by name in lower case
 */
public record PublicFacts(
    String unitSpace,
    boolean uniqueUnit,
    List<String> unique,
    MissingValues missing,
    Map<String, ColumnDomain> columns) {

  public PublicFacts {
    requireNonNull(unitSpace, "unitSpace");
    unique = unique.stream().map(column -> column.toLowerCase(Locale.ROOT)).sorted().toList();
    requireNonNull(missing, "missing");
    columns = Collections.unmodifiableMap(new TreeMap<>(columns));
  }

  /** Nothing is declared of keys, and whether a value is missing is private. */
  public PublicFacts(String unitSpace, boolean uniqueUnit, Map<String, ColumnDomain> columns) {
    this(unitSpace, uniqueUnit, List.of(), MissingValues.PRIVATE, columns);
  }

  /** Whether a missing value of the column tells nothing, by the owner's word. */
  public boolean isMissingPublic(String column) {
    return missing.isPublic(column);
  }

  /** What holds of a frame of which nothing is declared. */
  public static PublicFacts undeclared(FrameName name, PrivacyUnit unit) {
    return new PublicFacts(usualSpace(name, unit), false, Map.of());
  }

  /** Frames whose units have the same name count the same people, unless their owners say not. */
  public static String usualSpace(FrameName name, PrivacyUnit unit) {
    return unit.fold(column -> column.name().toLowerCase(Locale.ROOT), row -> "rows-of." + name);
  }
}
