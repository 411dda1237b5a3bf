package io.sallyport.spark.admission;

import io.sallyport.policy.decision.RefusalCode;
import io.sallyport.spark.RefusedException;
import io.sallyport.spark.scala.Scala;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.catalyst.expressions.Alias;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.expressions.ExprId;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.SubqueryExpression;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.catalyst.plans.logical.Union;

/**
 * How large the expressions of an analysed plan are once each column stands for what it was
 * computed of: Spark's optimizer writes them so, and looks at no interrupt while it does. Forty
 * times {@code SELECT c + c AS c} over each other are a million million additions. The optimizer,
 * the labels and whatever else reads expressions through projections start only on what is bounded.
 */
final class CollapsedSize {

  /** Parts of one expression. */
  private static final long MOST = 10_000;

  private final Map<ExprId, Long> columns = new HashMap<>();

  private CollapsedSize() {}

  /**
   * Requires a bounded size.
   *
   * @throws RefusedException LIMIT_EXCEEDED beyond 10 000 parts
   */
  static void require(LogicalPlan analysed) {
    new CollapsedSize().walk(analysed);
  }

  private void walk(LogicalPlan plan) {
    Scala.children(plan).forEach(this::walk);
    for (Expression expression : Scala.<Expression>list(plan.expressions())) {
      if (of(expression) > MOST) {
        throw RefusedException.of(
            RefusalCode.LIMIT_EXCEEDED,
            "an expression has too many parts once its columns are written out as what they are"
                + " computed of (expression-parts)",
            "at most " + MOST + " parts");
      }
    }
    if (plan instanceof Union union) {
      widest(union);
    }
  }

  private void widest(Union union) {
    List<Attribute> given = Scala.list(union.output());
    for (int i = 0; i < given.size(); i++) {
      long widest = 1;
      for (LogicalPlan branch : Scala.children(union)) {
        widest = Math.max(widest, of(Scala.<Attribute>list(branch.output()).get(i)));
      }
      columns.put(given.get(i).exprId(), widest);
    }
  }

  private long of(Expression expression) {
    if (expression instanceof Attribute column) {
      return columns.getOrDefault(column.exprId(), 1L);
    }
    if (expression instanceof SubqueryExpression subquery) {
      walk(subquery.plan());
    }
    long size = 1;
    for (Expression child : Scala.children(expression)) {
      size = Math.min(MOST + 1, size + of(child));
    }
    if (expression instanceof Alias alias) {
      columns.merge(alias.exprId(), size - 1, Math::max);
    }
    return size;
  }
}
