package io.sallyport.spark;

import static java.util.Map.entry;

import java.util.Locale;
import java.util.Map;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;

/** What analysts write for Catalyst's operators and commands: refusals name these. */
public final class SqlWords {

  private static final Map<String, String> WRITTEN =
      Map.ofEntries(
          entry("Aggregate", "GROUP BY"),
          entry("Deduplicate", "df.dropDuplicates"),
          entry("Distinct", "DISTINCT"),
          entry("Except", "EXCEPT"),
          entry("Expand", "GROUPING SETS"),
          entry("Filter", "WHERE"),
          entry("Generate", "explode"),
          entry("GlobalLimit", "LIMIT"),
          entry("Intersect", "INTERSECT"),
          entry("Join", "JOIN"),
          entry("LocalLimit", "LIMIT"),
          entry("Offset", "OFFSET"),
          entry("Pivot", "PIVOT"),
          entry("Project", "SELECT"),
          entry("Sample", "TABLESAMPLE"),
          entry("Sort", "ORDER BY"),
          entry("Tail", "df.tail"),
          entry("Union", "UNION"),
          entry("Unpivot", "UNPIVOT"),
          entry("Window", "a window function"));

  private SqlWords() {}

  /** The words for an operator or command: {@code LIMIT}, {@code CREATE TABLE}. */
  public static String of(LogicalPlan plan) {
    String name = plan.nodeName();
    return WRITTEN.getOrDefault(name, spelledOut(name));
  }

  /** {@code CreateTableAsSelect} is CREATE TABLE AS SELECT. */
  private static String spelledOut(String name) {
    return name.replaceAll("(Statement|Command|Logical|Plan)$", "")
        .replaceAll("(?<=[a-z])(?=[A-Z])", " ")
        .toUpperCase(Locale.ROOT);
  }
}
