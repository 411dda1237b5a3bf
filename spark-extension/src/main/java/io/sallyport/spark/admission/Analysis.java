package io.sallyport.spark.admission;

import io.sallyport.policy.decision.RefusalCode;
import io.sallyport.spark.RefusedException;
import io.sallyport.spark.rows.MadeRows;
import io.sallyport.spark.scala.Scala;
import io.sallyport.spark.subquery.ScalarSubqueries;
import io.sallyport.spark.view.View;
import java.util.function.Supplier;
import org.apache.spark.sql.catalyst.QueryPlanningTracker;
import org.apache.spark.sql.catalyst.expressions.CaseWhen;
import org.apache.spark.sql.catalyst.expressions.Cast;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.Literal;
import org.apache.spark.sql.catalyst.expressions.TypedNullLiteral;
import org.apache.spark.sql.catalyst.optimizer.InlineCTE;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.classic.SparkSession;

/** Spark's analysis of an analyst's plan. It runs no command and, over sealed leaves, no job. */
public final class Analysis {

  private static final int LONGEST = 600;

  private Analysis() {}

  /**
   * Builds the unresolved plan.
   *
   * @throws RefusedException PARAM_INVALID in Spark's own words about a plan that cannot be built
   */
  public static LogicalPlan build(Supplier<LogicalPlan> plan) {
    return refusing(() -> BoundedAnalysis.building(plan));
  }

  /**
   * Resolves and checks a plan, inlines its common table expressions and joins its scalar
   * subqueries.
   *
   * @throws RefusedException PARAM_INVALID with Spark's own words about a plan that does not
   *     resolve: over sealed leaves they speak of names and types only; LIMIT_EXCEEDED for one that
   *     would be too large, or make too many rows, whatever the data are
   */
  public static LogicalPlan analyse(SparkSession session, LogicalPlan plan) {
    return refusing(
        () -> {
          BoundedAnalysis.require(plan);
          LogicalPlan analysed =
              session
                  .sessionState()
                  .analyzer()
                  .executeAndCheck(plan, new QueryPlanningTracker(Scala.none()));
          LogicalPlan inlined = Samples.seeded(new InlineCTE(true, false).apply(analysed));
          CollapsedSize.require(inlined);
          MadeRows.require(inlined);
          return ScalarSubqueries.joined(
              CommaJoins.read(SetOperations.read(withPlainNulls(inlined))));
        });
  }

  /** How large a built plan is, as analysis will write it out. */
  public static View.Size size(LogicalPlan built) {
    return ExpandedSize.ofView(built);
  }

  /**
   * The NULL of {@code nullif}, which waits for a type that is known now, as a constant; and {@code
   * ELSE NULL} as no ELSE.
   */
  static LogicalPlan withPlainNulls(LogicalPlan analysed) {
    return Scala.rewriteUpWithSubqueries(
        analysed, node -> Scala.rewriteExpressions(node, Analysis::plain));
  }

  private static Expression plain(Expression part) {
    if (part instanceof TypedNullLiteral of) {
      return of.replacement();
    }
    boolean elseNull =
        part instanceof CaseWhen choice
            && Scala.optional(choice.elseValue()).filter(Analysis::isNull).isPresent();
    return elseNull ? new CaseWhen(((CaseWhen) part).branches(), Scala.none()) : part;
  }

  private static boolean isNull(Expression expression) {
    return expression instanceof Cast cast
        ? isNull(cast.child())
        : expression instanceof Literal literal && literal.value() == null;
  }

  private static LogicalPlan refusing(Supplier<LogicalPlan> work) {
    try {
      return work.get();
    } catch (RefusedException e) {
      throw e;
    } catch (StackOverflowError e) {
      throw RefusedException.of(
          RefusalCode.LIMIT_EXCEEDED, "the plan is nested too deeply", "a shallower plan");
    } catch (Exception e) { // AnalysisException is checked, and Scala does not declare it
      throw unresolved(e);
    }
  }

  private static RefusedException unresolved(Exception e) {
    String message = String.valueOf(e.getMessage()).lines().findFirst().orElse("");
    String shown = message.length() > LONGEST ? message.substring(0, LONGEST) : message;
    return RefusedException.of(
        RefusalCode.PARAM_INVALID,
        "the plan does not resolve: " + shown,
        "a plan whose names and types resolve");
  }
}
