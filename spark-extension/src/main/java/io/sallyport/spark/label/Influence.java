package io.sallyport.spark.label;

import io.sallyport.spark.scala.Scala;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.sql.catalyst.expressions.AttributeReference;
import org.apache.spark.sql.catalyst.expressions.ExprId;
import org.apache.spark.sql.catalyst.expressions.Expression;

/**
 * What a condition lets columns tell of others' values: where rows of two sides are matched by a
 * column, what the match brings along tells its value, as a dictionary does. A column of the same
 * row tells only that the row passed.
 */
final class Influence {

  private Influence() {}

  /** Columns of each side with the origins that the condition compares them with on the other. */
  static Map<ExprId, ColumnLabel> acrossSides(
      Expression condition, Map<ExprId, ColumnLabel> scope, Set<ExprId> left, Set<ExprId> right) {
    List<ExprId> used = references(condition).toList();
    Map<ExprId, ColumnLabel> influenced = new HashMap<>(scope);
    add(influenced, right, used.stream().filter(left::contains).map(scope::get).toList());
    add(influenced, left, used.stream().filter(right::contains).map(scope::get).toList());
    return influenced;
  }

  /** Free columns, if the condition compares one, with the origins that it is compared with. */
  static Map<ExprId, ColumnLabel> onFreeColumns(
      Expression condition, Map<ExprId, ColumnLabel> scope) {
    Set<ExprId> free =
        scope.entrySet().stream()
            .filter(column -> column.getValue().origins().isEmpty())
            .filter(column -> column.getValue().form() != ColumnForm.CONSTANT)
            .map(Map.Entry::getKey)
            .collect(Collectors.toSet());
    List<ExprId> used = references(condition).toList();
    Map<ExprId, ColumnLabel> influenced = new HashMap<>(scope);
    if (used.stream().anyMatch(free::contains)) {
      add(influenced, free, used.stream().map(scope::get).toList());
    }
    return influenced;
  }

  private static void add(
      Map<ExprId, ColumnLabel> scope, Set<ExprId> columns, List<ColumnLabel> influences) {
    Set<ColumnRef> origins = new HashSet<>();
    influences.forEach(influence -> origins.addAll(influence.origins()));
    if (!origins.isEmpty()) {
      columns.forEach(column -> scope.computeIfPresent(column, (id, l) -> l.withOrigins(origins)));
    }
  }

  private static Stream<ExprId> references(Expression expression) {
    return expression instanceof AttributeReference column
        ? Stream.of(column.exprId())
        : Scala.children(expression).stream().flatMap(Influence::references);
  }
}
