package io.sallyport.spark.admission;

import io.sallyport.spark.rows.LinearLike;
import io.sallyport.spark.scala.Scala;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.analysis.UpdateAttributeNullability;
import org.apache.spark.sql.catalyst.expressions.AttributeReference;
import org.apache.spark.sql.catalyst.expressions.CommonExpressionRef;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.RuntimeReplaceable;
import org.apache.spark.sql.catalyst.expressions.TryEval;
import org.apache.spark.sql.catalyst.plans.logical.Expand;
import org.apache.spark.sql.catalyst.plans.logical.Generate;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;

/**
 * An admitted plan in which no expression can fail on a row: where Spark would raise an error, the
 * value is NULL. Every expression runs in its TRY form, unless {@link TotalExpressions} says that
 * it is total for the types that it has here.
 *
 * <p>Whether a question fails would otherwise tell, exactly and free, whether there is a row that
 * meets a condition. ANSI mode off is not enough: a date beyond the range of timestamps fails in a
 * cast, for example.
 */
public final class TotalPlan {

  private TotalPlan() {}

  /**
   * The same plan for all rows on which it does not fail. Operators stand where they stood, and
   * columns have the identities that they had.
   */
  public static LogicalPlan of(LogicalPlan admitted) {
    LogicalPlan total = Scala.rewriteUp(admitted, TotalPlan::node);
    return total == admitted ? admitted : UpdateAttributeNullability.apply(total);
  }

  private static LogicalPlan node(LogicalPlan plan) {
    LogicalPlan total = Scala.rewriteExpressions(plan, TotalPlan::expression);
    boolean namesItsOwnColumns = total instanceof Expand || total instanceof Generate;
    return total != plan && namesItsOwnColumns
        ? Scala.rewriteExpressions(total, TotalPlan::nullable)
        : total;
  }

  private static Expression expression(Expression expression) {
    if (expression instanceof TryEval twice && twice.child() instanceof TryEval once) {
      return once;
    }
    if (expression instanceof CommonExpressionRef named && !named.nullable()) {
      return new CommonExpressionRef(named.id(), named.dataType(), true);
    }
    if (!TotalExpressions.mayFail(expression)) {
      return expression;
    }
    return expression.foldable() ? constant(expression) : new TryEval(expression);
  }

  /** A constant that has a value stays as it is written; of others nobody knows which row asks. */
  private static Expression constant(Expression expression) {
    try {
      Scala.rewriteUp(expression, TotalPlan::evaluable).eval(InternalRow.empty());
      return expression;
    } catch (Exception e) { // some of Spark's are checked, and Scala does not declare them
      return new TryEval(expression);
    }
  }

  /** What an expression stands for that Spark replaces before it runs. */
  private static Expression evaluable(Expression expression) {
    Expression linear = LinearLike.of(expression);
    return linear instanceof RuntimeReplaceable replaceable
        ? LinearLike.of(replaceable.replacement())
        : linear;
  }

  private static Expression nullable(Expression expression) {
    return expression instanceof AttributeReference column
        ? column.withNullability(true)
        : expression;
  }
}
