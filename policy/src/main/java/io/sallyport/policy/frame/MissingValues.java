package io.sallyport.policy.frame;

import java.util.Collections;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * In which columns of a frame a missing value tells nothing about a person, by the owner's word.
 * Immutable.
 *
 * @param usual what holds of a column of which nothing is said
 * @param columns what is said of single columns, by name in lower case
 */
public record MissingValues(boolean usual, Map<String, Boolean> columns) {

  /** Whether a value is missing is as private as the value. */
  public static final MissingValues PRIVATE = new MissingValues(false, Map.of());

  public MissingValues {
    TreeMap<String, Boolean> lower = new TreeMap<>();
    columns.forEach((column, isPublic) -> lower.put(lower(column), isPublic));
    columns = Collections.unmodifiableMap(lower);
  }

  /** Whether a missing value of the column tells nothing. */
  public boolean isPublic(String column) {
    return columns.getOrDefault(lower(column), usual);
  }

  private static String lower(String column) {
    return column.toLowerCase(Locale.ROOT);
  }
}
