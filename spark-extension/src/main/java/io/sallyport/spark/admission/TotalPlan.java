package io.sallyport.spark.admission;

import io.sallyport.spark.scala.Scala;
import org.apache.spark.sql.catalyst.analysis.UpdateAttributeNullability;
import org.apache.spark.sql.catalyst.expressions.AttributeReference;
import org.apache.spark.sql.catalyst.expressions.CommonExpressionRef;
import org.apache.spark.sql.catalyst.expressions.Expression;
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
    Constants constants = new Constants();
    LogicalPlan total = Scala.rewriteUp(admitted, node -> node(node, constants));
    return total == admitted ? admitted : UpdateAttributeNullability.apply(total);
  }

  private static LogicalPlan node(LogicalPlan plan, Constants constants) {
    LogicalPlan total = Scala.rewriteExpressions(plan, part -> expression(part, constants));
    boolean namesItsOwnColumns = total instanceof Expand || total instanceof Generate;
    return total != plan && namesItsOwnColumns
        ? Scala.rewriteExpressions(total, TotalPlan::nullable)
        : total;
  }

  private static Expression expression(Expression expression, Constants constants) {
    if (expression instanceof TryEval twice && twice.child() instanceof TryEval once) {
      return once;
    }
    if (expression instanceof CommonExpressionRef named && !named.nullable()) {
      return new CommonExpressionRef(named.id(), named.dataType(), true);
    }
    if (!TotalExpressions.mayFail(expression)) {
      return expression;
    }
    // A constant that has a value stays as it is written; of others nobody knows which row asks.
    return expression.foldable() && constants.hasValue(expression)
        ? expression
        : new TryEval(expression);
  }

  private static Expression nullable(Expression expression) {
    return expression instanceof AttributeReference column
        ? column.withNullability(true)
        : expression;
  }
}
