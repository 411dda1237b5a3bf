package io.sallyport.connect.client.local;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.apache.spark.sql.Column;

/** Operators with two inputs. Each throws a {@link LocalError} when it cannot be meant. */
public final class LocalJoins {

  private static final Set<String> LEFT_ONLY = Set.of("semi", "leftsemi", "anti", "leftanti");

  private static final Set<String> TYPES =
      Set.of(
          "inner",
          "cross",
          "outer",
          "full",
          "fullouter",
          "left",
          "leftouter",
          "right",
          "rightouter",
          "semi",
          "leftsemi",
          "anti",
          "leftanti");

  private LocalJoins() {}

  /** Joins on a condition. */
  public static LocalSchema join(
      LocalSchema left, LocalSchema right, Column condition, String type, long planId) {
    LocalSchema both = left.joined(right);
    new ColumnTypes(Scope.of("join", both)).requireCondition(condition.node());
    return both.replaced(LEFT_ONLY.contains(kind(type)) ? left.columns() : both.columns(), planId);
  }

  /** Joins on columns that both sides have; they come first, and once. */
  public static LocalSchema joinUsing(
      LocalSchema left, LocalSchema right, List<String> names, String type, long planId) {
    if (names.isEmpty()) {
      throw LocalError.in("join", "There must be a column to join on; or use crossJoin()");
    }
    Set<Object> used = new HashSet<>();
    List<LocalColumn> made = new ArrayList<>();
    LocalSchema both = left.joined(right);
    List<LocalColumn> theirs = both.columns().subList(left.columns().size(), both.columns().size());
    for (String name : names) {
      Optional<LocalColumn> mine = Scope.of("join, left side", left).resolve(List.of(name));
      Optional<LocalColumn> other = Scope.of("join, right side", right).resolve(List.of(name));
      requireMeeting(name, mine, other);
      used.addAll(mine.map(LocalColumn::identity).stream().toList());
      theirs.stream().filter(c -> c.isNamed(name)).map(LocalColumn::identity).forEach(used::add);
      made.add(mine.orElseGet(() -> LocalColumn.made(name, Optional.empty())));
    }
    left.columns().stream().filter(c -> !used.contains(c.identity())).forEach(made::add);
    if (!LEFT_ONLY.contains(kind(type))) {
      theirs.stream().filter(c -> !used.contains(c.identity())).forEach(made::add);
    }
    return both.replaced(made, planId);
  }

  /** Every row with every row. */
  public static LocalSchema crossJoin(LocalSchema left, LocalSchema right, long planId) {
    LocalSchema both = left.joined(right);
    return both.replaced(both.columns(), planId);
  }

  /** The rows of both, columns by their position. */
  public static LocalSchema union(LocalSchema left, LocalSchema right, long planId) {
    if (left.hasUnknownStar() || right.hasUnknownStar()) {
      return left.joined(right).replaced(left.columns(), planId);
    }
    int arity = left.columns().size();
    if (arity != right.columns().size()) {
      throw LocalError.in(
          "union", "One side has " + arity + " columns, the other " + right.columns().size());
    }
    List<LocalColumn> made = new ArrayList<>();
    for (int i = 0; i < arity; i++) {
      made.add(merged(left.columns().get(i), right.columns().get(i)));
    }
    return left.joined(right).replaced(made, planId);
  }

  /** The rows of both, columns by their names. */
  public static LocalSchema unionByName(LocalSchema left, LocalSchema right, long planId) {
    if (left.hasUnknownNames() || right.hasUnknownNames()) {
      return union(left, right, planId);
    }
    List<LocalColumn> made = new ArrayList<>();
    for (LocalColumn column : left.columns()) {
      String name = column.name().orElseThrow();
      Scope.of("unionByName, left side", left).resolve(List.of(name));
      made.add(
          Scope.of("unionByName, right side", right)
              .resolve(List.of(name))
              .map(other -> merged(column, other))
              .orElse(column));
    }
    for (String name : right.names()) {
      Scope.of("unionByName, left side", left).resolve(List.of(name));
    }
    return left.joined(right).replaced(made, planId);
  }

  private static LocalColumn merged(LocalColumn left, LocalColumn right) {
    if (left.type().isPresent() && right.type().isPresent()) {
      if (!Types.mayMeet(left.type().get(), right.type().get())) {
        throw LocalError.in(
            "union",
            "Column `"
                + left.name().orElse("?")
                + "` is "
                + left.type().get().sql()
                + " on one side and "
                + right.type().get().sql()
                + " on the other");
      }
    }
    return LocalColumn.made(
        left.name(), left.type().equals(right.type()) ? left.type() : Optional.empty());
  }

  private static void requireMeeting(
      String name, Optional<LocalColumn> left, Optional<LocalColumn> right) {
    left.flatMap(LocalColumn::type)
        .ifPresent(
            mine ->
                right
                    .flatMap(LocalColumn::type)
                    .filter(other -> !Types.mayMeet(mine, other))
                    .ifPresent(
                        other -> {
                          throw LocalError.in(
                              "join",
                              "Column `"
                                  + name
                                  + "` is "
                                  + mine.sql()
                                  + " on the left and "
                                  + other.sql()
                                  + " on the right");
                        }));
  }

  /** Throws a {@link LocalError} unless this is a join type. */
  public static void requireType(String type) {
    kind(type);
  }

  private static String kind(String type) {
    String kind = type.strip().toLowerCase(Locale.ROOT).replace("_", "");
    if (!TYPES.contains(kind)) {
      throw LocalError.in("join", "There is no join type '" + type + "'");
    }
    return kind;
  }
}
