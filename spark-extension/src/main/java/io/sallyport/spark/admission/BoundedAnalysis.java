package io.sallyport.spark.admission;

import java.util.function.Supplier;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.catalyst.rules.Rule;

/**
 * While an analyst's plan is built, Spark's planner analyses parts of it: the input of an
 * aggregation, of a drop, of new columns. Each of these is held to its bounds before names are
 * looked up and anything is written out, as the whole plan is afterwards.
 *
 * <p>Other analyses, of the operator's own code, are not looked at.
 */
public final class BoundedAnalysis extends Rule<LogicalPlan> {

  private static final ThreadLocal<Boolean> BUILDING = ThreadLocal.withInitial(() -> false);

  private BoundedAnalysis() {}

  /** The rule of a session; it changes nothing. */
  public static Rule<LogicalPlan> rule(SparkSession session) {
    return new BoundedAnalysis();
  }

  /** Builds a plan, every part of it that is analysed bounded. */
  static LogicalPlan building(Supplier<LogicalPlan> plan) {
    boolean before = BUILDING.get();
    BUILDING.set(true);
    try {
      return WrittenOut.building(plan);
    } finally {
      BUILDING.set(before);
    }
  }

  /**
   * Requires that a plan may be analysed.
   *
   * @throws io.sallyport.spark.RefusedException LIMIT_EXCEEDED when it would become too large;
   *     PARAM_INVALID for a constant that analysis would have to compute
   */
  static void require(LogicalPlan plan) {
    BuiltSize.require(plan);
    WrittenConstants.require(plan);
    ExpandedSize.require(plan);
  }

  @Override
  public LogicalPlan apply(LogicalPlan plan) {
    if (BUILDING.get()) {
      require(plan);
    }
    return plan;
  }
}
