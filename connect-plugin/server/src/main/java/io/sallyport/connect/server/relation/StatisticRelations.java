package io.sallyport.connect.server.relation;

import io.sallyport.spark.GovernedQueries;
import io.sallyport.spark.crosstab.CrosstabQuestion;
import io.sallyport.spark.sample.SampleQuestion;
import java.util.OptionalLong;
import org.apache.spark.connect.proto.Relation;
import org.apache.spark.connect.proto.Sample;
import org.apache.spark.connect.proto.StatCrosstab;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.classic.SparkSession;

/**
 * {@code df.sample}, {@code df.randomSplit} and {@code df.crosstab}, which Spark's planner is never
 * asked for: it would analyse, cache or run the input by itself.
 */
final class StatisticRelations {

  private StatisticRelations() {}

  /**
   * The plan of one of them.
   *
   * @throws IllegalStateException for another relation
   */
  static LogicalPlan plan(
      Relation asked, GovernedQueries queries, SparkSession session, PlannerPlans plans) {
    return switch (asked.getRelTypeCase()) {
      case SAMPLE -> {
        Sample sample = asked.getSample();
        yield queries.sample(session, () -> plans.plan(sample.getInput()), question(sample));
      }
      case CROSSTAB -> {
        StatCrosstab crosstab = asked.getCrosstab();
        yield queries.crosstab(
            session,
            () -> plans.plan(crosstab.getInput()),
            new CrosstabQuestion(crosstab.getCol1(), crosstab.getCol2()));
      }
      default -> throw new IllegalStateException("A relation that the gate did not write");
    };
  }

  private static SampleQuestion question(Sample sample) {
    return new SampleQuestion(
        sample.getLowerBound(),
        sample.getUpperBound(),
        sample.getWithReplacement(),
        sample.hasSeed() ? OptionalLong.of(sample.getSeed()) : OptionalLong.empty(),
        sample.getDeterministicOrder());
  }
}
