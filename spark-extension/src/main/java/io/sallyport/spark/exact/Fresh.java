package io.sallyport.spark.exact;

import io.sallyport.spark.scala.Catalyst;
import io.sallyport.spark.scala.Scala;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.spark.sql.catalyst.expressions.Alias;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.expressions.AttributeReference;
import org.apache.spark.sql.catalyst.expressions.ExprId;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.catalyst.plans.logical.Project;

/**
 * A relation under new column ids, so that it can be looked up beside any other, itself included.
 *
 * @param plan the relation
 * @param names the new column of each old id
 */
record Fresh(LogicalPlan plan, Map<ExprId, Attribute> names) {

  /** The relation under new ids, which are identifiers where the old ones are. */
  static Fresh of(LogicalPlan relation, Origins origins) {
    List<Alias> columns = new ArrayList<>();
    Map<ExprId, Attribute> names = new HashMap<>();
    for (Attribute column : Scala.<Attribute>list(relation.output())) {
      Alias renamed = Catalyst.alias(column, column.name());
      columns.add(renamed);
      names.put(column.exprId(), renamed.toAttribute());
      origins.copy(column.exprId(), renamed.exprId());
    }
    return new Fresh(new Project(Scala.seq(columns), relation), names);
  }

  /** An expression with the new names in it. */
  Expression in(Expression expression) {
    return renamed(expression, names);
  }

  /** An expression with new names for some columns in it. */
  static Expression renamed(Expression expression, Map<ExprId, Attribute> names) {
    return Scala.rewriteUp(
        expression,
        part ->
            part instanceof AttributeReference column && names.containsKey(column.exprId())
                ? names.get(column.exprId())
                : part);
  }

  /** The new ids of some columns. */
  Set<ExprId> ids(Set<ExprId> columns) {
    return columns.stream()
        .filter(names::containsKey)
        .map(column -> names.get(column).exprId())
        .collect(Collectors.toUnmodifiableSet());
  }
}
