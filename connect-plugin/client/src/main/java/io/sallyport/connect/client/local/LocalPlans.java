package io.sallyport.connect.client.local;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.Column;

/**
 * Operators with one input: the schema before to the schema after. Each throws a {@link LocalError}
 * when its arguments cannot be meant. {@code planId} is the client's number of the operator.
 */
public final class LocalPlans {

  private LocalPlans() {}

  /** Projects. */
  public static LocalSchema select(LocalSchema input, List<Column> columns, long planId) {
    return input.projected(Outputs.of(Scope.of("select", input), columns), planId);
  }

  /** Keeps the rows for which a condition holds. */
  public static LocalSchema filter(LocalSchema input, Column condition, long planId) {
    new ColumnTypes(Scope.reachingDown("filter", input)).requireCondition(condition.node());
    return input.passedOn(planId);
  }

  /** Adds columns, or replaces those of the same name. */
  public static LocalSchema withColumns(LocalSchema input, Map<String, Column> added, long planId) {
    Scope scope = Scope.of("withColumns", input);
    List<LocalColumn> made = new ArrayList<>(input.columns());
    added.forEach(
        (name, column) -> {
          LocalColumn next = LocalColumn.made(name, new ColumnTypes(scope).of(column.node()));
          boolean[] replaces = new boolean[1];
          made.replaceAll(
              old -> {
                replaces[0] |= old.isNamed(name);
                return old.isNamed(name) ? next : old;
              });
          if (!replaces[0]) {
            made.add(next);
            scope.sees(next);
          }
        });
    return input.projected(made, planId);
  }

  /** Renames; names that there are not are passed over, as Spark does. */
  public static LocalSchema withColumnsRenamed(
      LocalSchema input, Map<String, String> renames, long planId) {
    List<LocalColumn> made = new ArrayList<>(input.columns());
    renames.forEach(
        (from, to) -> made.replaceAll(old -> old.isNamed(from) ? old.renamed(to) : old));
    return input.projected(made, planId);
  }

  /** Gives all columns new names. */
  public static LocalSchema toDf(LocalSchema input, List<String> names, long planId) {
    if (!input.hasUnknownStar() && names.size() != input.columns().size()) {
      throw LocalError.in(
          "toDF", names.size() + " names for " + input.columns().size() + " columns");
    }
    List<LocalColumn> made = new ArrayList<>();
    for (int i = 0; i < names.size(); i++) {
      made.add(
          LocalColumn.made(
              names.get(i),
              input.hasUnknownStar() ? Optional.empty() : input.columns().get(i).type()));
    }
    return input.projected(made, planId);
  }

  /** Leaves out the columns of these names; names that there are not are passed over. */
  public static LocalSchema drop(LocalSchema input, List<String> names, long planId) {
    List<LocalColumn> made =
        input.columns().stream()
            .filter(column -> names.stream().noneMatch(column::isNamed))
            .toList();
    return input.projected(made, planId);
  }

  /** Groups by keys and measures each group. */
  public static LocalSchema aggregate(
      LocalSchema input, List<Column> keys, List<Column> measures, long planId) {
    List<LocalColumn> made = new ArrayList<>(keys(input, keys));
    made.addAll(Outputs.of(Scope.of("agg", input), measures));
    return input.projected(made, planId);
  }

  /** The keys of a grouping. */
  public static List<LocalColumn> keys(LocalSchema input, List<Column> keys) {
    return Outputs.of(Scope.of("groupBy", input), keys);
  }

  /** Orders the rows. */
  public static LocalSchema sort(LocalSchema input, List<Column> keys, long planId) {
    ColumnTypes types = new ColumnTypes(Scope.reachingDown("sort", input));
    for (Column key : keys) {
      types
          .of(key.node())
          .filter(Types::isMap)
          .ifPresent(
              type -> {
                throw LocalError.in(
                    "sort", ColumnTypes.shown(key.node()) + " is " + type.sql() + ": no order");
              });
    }
    return input.passedOn(planId);
  }

  /** Keeps one row for each combination of values in these columns. */
  public static LocalSchema dropDuplicates(LocalSchema input, List<String> names, long planId) {
    Scope scope = Scope.of("dropDuplicates", input);
    for (String name : names) {
      if (input.columns().stream().noneMatch(column -> column.isNamed(name))) {
        scope.resolve(List.of(name));
      }
    }
    return input.passedOn(planId);
  }

  /** Keeps or skips so many rows. */
  public static LocalSchema rows(LocalSchema input, String operator, int rows, long planId) {
    if (rows < 0) {
      throw LocalError.in(operator, "A number of rows must be at least 0. Provided: " + rows);
    }
    return input.passedOn(planId);
  }

  /** Gives the frame a name by which its columns can be told from others'. */
  public static LocalSchema alias(LocalSchema input, String alias, long planId) {
    return input.replaced(
        input.columns().stream().map(column -> column.qualified(alias)).toList(), planId);
  }

  /**
   * The column of this name.
   *
   * @throws LocalError when there is none, or there are several
   */
  public static void requireColumn(LocalSchema input, Column column) {
    new ColumnTypes(Scope.of("col", input)).of(column.node());
  }
}
