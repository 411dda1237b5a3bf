package io.sallyport.spark.admission;

import io.sallyport.spark.scala.Catalyst;
import io.sallyport.spark.scala.Scala;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.spark.sql.catalyst.expressions.And;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.expressions.EqualNullSafe;
import org.apache.spark.sql.catalyst.expressions.ExprId;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.plans.JoinType;
import org.apache.spark.sql.catalyst.plans.LeftAnti$;
import org.apache.spark.sql.catalyst.plans.LeftSemi$;
import org.apache.spark.sql.catalyst.plans.logical.Aggregate;
import org.apache.spark.sql.catalyst.plans.logical.Deduplicate;
import org.apache.spark.sql.catalyst.plans.logical.Distinct;
import org.apache.spark.sql.catalyst.plans.logical.Except;
import org.apache.spark.sql.catalyst.plans.logical.Intersect;
import org.apache.spark.sql.catalyst.plans.logical.Join;
import org.apache.spark.sql.catalyst.plans.logical.JoinHint;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.catalyst.plans.logical.Project;

/**
 * Reads {@code DISTINCT}, {@code INTERSECT} and {@code EXCEPT} as the groups and joins that Spark's
 * optimizer makes of them later: rows that differ are groups by all columns, without an aggregate.
 * So both spellings get one verdict. Free rows stay as they are.
 */
final class SetOperations {

  private SetOperations() {}

  /** The plan, and the plans of its subqueries, with such operators read so. */
  static LogicalPlan read(LogicalPlan analysed) {
    return Scala.rewriteUpWithSubqueries(analysed, SetOperations::node);
  }

  private static LogicalPlan node(LogicalPlan plan) {
    if (plan instanceof Distinct distinct && !CommaJoins.isFree(distinct)) {
      return groups(distinct.child());
    }
    if (plan instanceof Deduplicate deduplicate
        && isByAll(deduplicate)
        && !CommaJoins.isFree(plan)) {
      return groups(deduplicate.child());
    }
    if (plan instanceof Project || plan instanceof Aggregate) {
      return KeysOfDuplicates.read(plan);
    }
    if (plan instanceof Intersect both && !both.isAll()) {
      return groups(matching(both.left(), both.right(), LeftSemi$.MODULE$));
    }
    if (plan instanceof Except without && !without.isAll()) {
      return groups(matching(without.left(), without.right(), LeftAnti$.MODULE$));
    }
    return plan;
  }

  private static boolean isByAll(Deduplicate deduplicate) {
    return ids(Scala.list(deduplicate.keys()))
        .containsAll(ids(Scala.list(deduplicate.child().output())));
  }

  private static Set<ExprId> ids(List<Attribute> columns) {
    Set<ExprId> ids = new HashSet<>();
    columns.forEach(column -> ids.add(column.exprId()));
    return ids;
  }

  private static LogicalPlan groups(LogicalPlan rows) {
    return groups(Scala.list(rows.output()), rows);
  }

  /** What differs in some columns, without the others. */
  static LogicalPlan groups(List<Attribute> columns, LogicalPlan rows) {
    return columns.isEmpty() ? rows : Catalyst.aggregate(List.copyOf(columns), columns, rows);
  }

  private static LogicalPlan matching(LogicalPlan left, LogicalPlan right, JoinType type) {
    List<Attribute> a = Scala.list(left.output());
    List<Attribute> b = Scala.list(right.output());
    List<Expression> equal = new ArrayList<>();
    for (int i = 0; i < a.size(); i++) {
      equal.add(new EqualNullSafe(a.get(i), b.get(i)));
    }
    Optional<Expression> condition = equal.stream().reduce(And::new);
    return new Join(
        left,
        right,
        type,
        condition.<scala.Option<Expression>>map(Scala::some).orElseGet(Scala::none),
        JoinHint.NONE());
  }
}
