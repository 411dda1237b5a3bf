package io.sallyport.spark.subquery;

import io.sallyport.spark.scala.Scala;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.ScalarSubquery;
import org.apache.spark.sql.catalyst.plans.logical.Aggregate;
import org.apache.spark.sql.catalyst.plans.logical.Filter;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.catalyst.plans.logical.Project;
import org.apache.spark.sql.catalyst.plans.logical.Sort;

/**
 * Takes scalar subqueries out of a plan's expressions: each becomes a plan of one row, joined below
 * the operator that uses its value.
 *
 * <p>The plan means the same. A subquery over governed data ends in an aggregate, which is then a
 * release point like any other below a join: it is judged, charged, explained, drawn once and
 * recorded, and what stands above it meets its released row.
 */
public final class ScalarSubqueries {

  /** Operators whose expressions are over their only input, row by row. */
  private static final Set<Class<?>> ROW_BY_ROW = Set.of(Project.class, Filter.class, Sort.class);

  private ScalarSubqueries() {}

  /**
   * The plan with all its subqueries joined, those within subqueries too.
   *
   * @param analysed its common table expressions are inlined
   * @throws io.sallyport.spark.RefusedException RELATION_NOT_ALLOWED for a subquery that depends on
   *     the outer row, may have several rows, or stands where none is available
   */
  public static LogicalPlan joined(LogicalPlan analysed) {
    return scalarsJoined(CorrelatedSubqueries.joined(analysed));
  }

  private static LogicalPlan scalarsJoined(LogicalPlan analysed) {
    List<LogicalPlan> before = Scala.children(analysed);
    List<LogicalPlan> after = new ArrayList<>();
    before.forEach(child -> after.add(scalarsJoined(child)));
    LogicalPlan plan = before.equals(after) ? analysed : Scala.withChildren(analysed, after);
    if (Scala.<Expression>list(plan.expressions()).stream().noneMatch(ScalarSubqueries::isIn)) {
      return plan;
    }
    if (plan instanceof Aggregate aggregate) {
      return AggregateParts.joined(aggregate);
    }
    if (!ROW_BY_ROW.contains(plan.getClass())) {
      throw SubqueryRefusals.place(plan);
    }
    JoinedValues values = new JoinedValues();
    LogicalPlan replaced = Scala.rewriteExpressions(plan, values::replace);
    LogicalPlan over =
        Scala.withChildren(replaced, List.of(values.beside(Scala.children(plan).get(0))));
    return plan instanceof Project ? over : new Project(Scala.seq(Scala.list(plan.output())), over);
  }

  /** Whether a scalar subquery is somewhere in an expression. */
  static boolean isIn(Expression expression) {
    return expression instanceof ScalarSubquery
        || Scala.children(expression).stream().anyMatch(ScalarSubqueries::isIn);
  }
}
