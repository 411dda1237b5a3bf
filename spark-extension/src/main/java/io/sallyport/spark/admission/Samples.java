package io.sallyport.spark.admission;

import io.sallyport.policy.decision.RefusalCode;
import io.sallyport.spark.RefusedException;
import io.sallyport.spark.scala.Scala;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.catalyst.plans.logical.Sample;
import org.apache.spark.sql.catalyst.plans.logical.SampleMethod;

/**
 * Samples, as far as the plan tells: which part of the rows they take, and by which seed. Of which
 * rows they may be taken is for the judgement of the plan.
 */
final class Samples {

  /** As Spark's samplers allow: parts of a split do not add up to one exactly. */
  private static final double ROUNDING = 1e-6;

  /** Of a sample that is asked for without one: the same plan takes the same rows. */
  private static final long NO_SEED = 0;

  /** How often a row may be in a sample with replacement, on average. */
  private static final double MOST_TIMES = 10_000;

  private Samples() {}

  /** The plan, and the plans of its subqueries, where each sample has a seed. */
  static LogicalPlan seeded(LogicalPlan analysed) {
    return Scala.rewriteUpWithSubqueries(
        analysed,
        plan ->
            plan instanceof Sample sample && sample.seed().isEmpty()
                ? new Sample(
                    sample.lowerBound(),
                    sample.upperBound(),
                    sample.withReplacement(),
                    Scala.some(NO_SEED),
                    sample.child(),
                    sample.sampleMethod())
                : plan);
  }

  /**
   * Requires that a sample cannot fail while it runs.
   *
   * @throws RefusedException PARAM_INVALID for a part of the rows that there is not;
   *     RELATION_NOT_ALLOWED for blocks of a table
   */
  static void require(Sample sample) {
    if (sample.sampleMethod().getClass() != SampleMethod.Bernoulli$.class) {
      throw RefusedException.of(
          RefusalCode.RELATION_NOT_ALLOWED,
          "TABLESAMPLE SYSTEM takes whole blocks of a table, and how its rows lie is not told",
          "TABLESAMPLE (n PERCENT)");
    }
    double lower = sample.lowerBound();
    double upper = sample.upperBound();
    boolean within =
        lower >= -ROUNDING
            && lower <= upper + ROUNDING
            && upper <= (sample.withReplacement() ? MOST_TIMES : 1 + ROUNDING);
    if (!within) {
      throw RefusedException.of(
          RefusalCode.PARAM_INVALID,
          "a sample takes a part of the rows that there is not",
          "df.sample(fraction) with a fraction from 0 to 1, or TABLESAMPLE (0 to 100 PERCENT)");
    }
  }
}
