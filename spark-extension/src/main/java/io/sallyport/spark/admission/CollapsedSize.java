package io.sallyport.spark.admission;

import io.sallyport.policy.decision.RefusalCode;
import io.sallyport.spark.RefusedException;
import io.sallyport.spark.scala.Scala;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.catalyst.expressions.Alias;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.expressions.CommonExpressionDef;
import org.apache.spark.sql.catalyst.expressions.CommonExpressionId;
import org.apache.spark.sql.catalyst.expressions.CommonExpressionRef;
import org.apache.spark.sql.catalyst.expressions.ExprId;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.RuntimeReplaceable;
import org.apache.spark.sql.catalyst.expressions.SubqueryExpression;
import org.apache.spark.sql.catalyst.expressions.With;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.catalyst.plans.logical.Union;

/**
 * How large the expressions of an analysed plan are once each column stands for what it was
 * computed of: Spark's optimizer writes them so, and looks at no interrupt while it does. Forty
 * times {@code SELECT c + c AS c} over each other are a million million additions, and so are forty
 * {@code right(.., 9)} in each other, which is a shorthand that holds its operand twice. What an
 * operand with a name ({@code BETWEEN}) is, counts wherever it is named, for in a condition it is
 * written out there. Each part is counted once, and counting ends at the bound. The optimizer, the
 * labels and whatever else reads expressions through projections start only on what is bounded.
 */
final class CollapsedSize {

  /** Parts of one expression. */
  private static final long MOST = 10_000;

  private final Map<ExprId, Long> columns = new HashMap<>();
  private final Map<CommonExpressionId, Expression> named = new HashMap<>();
  private final IdentityHashMap<Expression, Long> counted = new IdentityHashMap<>();

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
      counted.clear(); // the same part may stand over other columns elsewhere
      requireFew(of(expression));
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
    Long known = counted.get(expression);
    if (known != null) {
      return known;
    }
    if (expression instanceof SubqueryExpression subquery) {
      walk(subquery.plan());
    }
    long size = 1;
    for (Expression part : parts(expression)) {
      size += of(part);
      requireFew(size);
    }
    if (expression instanceof Alias alias) {
      columns.merge(alias.exprId(), size - 1, Math::max);
    }
    counted.put(expression, size);
    return size;
  }

  /** What an expression is written out as, where its operands may stand several times. */
  private List<Expression> parts(Expression expression) {
    if (expression instanceof With with) {
      for (CommonExpressionDef part : Scala.<CommonExpressionDef>list(with.defs())) {
        named.put(part.id(), part.child());
      }
      return List.of(with.child());
    }
    if (expression instanceof CommonExpressionRef reference && named.containsKey(reference.id())) {
      return List.of(named.get(reference.id()));
    }
    return expression instanceof RuntimeReplaceable shorthand
        ? List.of(shorthand.replacement())
        : Scala.children(expression);
  }

  private static void requireFew(long size) {
    if (size > MOST) {
      throw RefusedException.of(
          RefusalCode.LIMIT_EXCEEDED,
          "an expression has too many parts once its columns, and functions that repeat an operand,"
              + " are written out as what they are computed of (expression-parts)",
          "at most " + MOST + " parts");
    }
  }
}
