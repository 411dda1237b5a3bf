package io.sallyport.spark.seal;

import io.sallyport.policy.decision.RefusalCode;
import io.sallyport.spark.RefusedException;
import io.sallyport.spark.rows.KeptRows;
import io.sallyport.spark.scala.Scala;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.SubqueryExpression;
import org.apache.spark.sql.catalyst.plans.logical.Command;
import org.apache.spark.sql.catalyst.plans.logical.LocalRelation;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.catalyst.plans.logical.OneRowRelation;
import org.apache.spark.sql.catalyst.plans.logical.Range;
import org.apache.spark.sql.catalyst.rules.Rule;
import org.apache.spark.sql.execution.SparkPlan;
import org.apache.spark.sql.execution.SparkStrategy;
import org.apache.spark.sql.execution.adaptive.LogicalQueryStage;
import scala.collection.immutable.Seq;

/**
 * The last look before a plan can run in a session that is not ours: every leaf is data that
 * already left the chamber or was never governed. It only verifies; it never rewrites.
 *
 * <p>It sits twice, in places that no session conf can switch off: as a plan normalization rule,
 * which runs once per executing root, and as a planner strategy, which sees every logical node that
 * is to become physical, those of subqueries and of adaptive re-planning too. {@link SealCheck} is
 * the same look at analysis, for an early and better answer.
 */
final class SealGuard {

  /** Leaves that hold no governed rows; exact classes, because a subclass is a new operator. */
  private static final Set<Class<?>> HARMLESS_LEAVES =
      Set.of(
          LocalRelation.class, // what a release left behind, or rows the analyst sent
          OneRowRelation.class, // SELECT without FROM
          Range.class, // numbers
          LogicalQueryStage.class); // adaptive execution's stand-in for a stage it already checked

  private SealGuard() {}

  /** The check as a rule that leaves every plan as it is. */
  static Rule<LogicalPlan> normalizationRule(SparkSession session, Predicate<SparkSession> ours) {
    return new Rule<>() {
      @Override
      public LogicalPlan apply(LogicalPlan plan) {
        if (!ours.test(session)) {
          requireHarmless(plan, SealGuard::lock);
        }
        return plan;
      }
    };
  }

  /** The check as a strategy that plans nothing. */
  static SparkStrategy strategy(SparkSession session, Predicate<SparkSession> ours) {
    return new SparkStrategy() {
      @Override
      public Seq<SparkPlan> apply(LogicalPlan plan) {
        if (!ours.test(session)) {
          requireHarmless(plan, SealGuard::lock);
        }
        return Scala.noElements();
      }
    };
  }

  /**
   * Looks at all of a plan, subqueries too.
   *
   * @param leaf refuses a leaf that may not be there
   */
  static void requireHarmless(LogicalPlan plan, Consumer<LogicalPlan> leaf) {
    List<LogicalPlan> children = Scala.children(plan);
    if (plan instanceof Command) {
      throw RefusedException.of(
          RefusalCode.COMMAND_NOT_ALLOWED,
          "commands do not run in an analyst's session",
          "a query");
    }
    if (children.isEmpty()) {
      leaf.accept(plan);
    }
    children.forEach(child -> requireHarmless(child, leaf));
    for (Expression expression : Scala.<Expression>list(plan.expressions())) {
      requireHarmless(expression, leaf);
    }
  }

  private static void requireHarmless(Expression expression, Consumer<LogicalPlan> leaf) {
    if (expression instanceof SubqueryExpression subquery) {
      requireHarmless(subquery.plan(), leaf);
    }
    Scala.children(expression).forEach(child -> requireHarmless(child, leaf));
  }

  private static void lock(LogicalPlan leaf) {
    if (!isHarmless(leaf)) {
      throw sealed(leaf);
    }
  }

  /** Whether a leaf holds no governed rows. */
  static boolean isHarmless(LogicalPlan leaf) {
    return HARMLESS_LEAVES.contains(leaf.getClass())
        || KeptRows.isMany(leaf); // what a large release left behind
  }

  private static RefusedException sealed(LogicalPlan leaf) {
    String what =
        leaf instanceof SealedFrame frame
            ? "rows of " + frame.table().name().value() + " cannot be read in an analyst's session"
            : "a relation that no policy covers cannot be read in an analyst's session";
    return RefusedException.of(
        RefusalCode.RAW_OUTPUT, what, "an aggregate that the frame's policy releases");
  }
}
