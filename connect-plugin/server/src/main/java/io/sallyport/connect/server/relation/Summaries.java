package io.sallyport.connect.server.relation;

import io.sallyport.spark.GovernedQueries;
import io.sallyport.spark.summary.SummaryQuestion;
import org.apache.spark.connect.proto.Relation;
import org.apache.spark.connect.proto.StatDescribe;
import org.apache.spark.connect.proto.StatSummary;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.classic.SparkSession;

/** {@code describe} and {@code summary}, which Spark's planner is never asked for. */
final class Summaries {

  private Summaries() {}

  /**
   * The plan of one of them.
   *
   * @throws IllegalStateException for another relation
   */
  static LogicalPlan plan(
      Relation asked, GovernedQueries queries, SparkSession session, PlannerPlans plans) {
    return switch (asked.getRelTypeCase()) {
      case DESCRIBE -> {
        StatDescribe describe = asked.getDescribe();
        yield queries.summary(
            session,
            () -> plans.plan(describe.getInput()),
            SummaryQuestion.describe(describe.getColsList()));
      }
      case SUMMARY -> {
        StatSummary summary = asked.getSummary();
        yield queries.summary(
            session,
            () -> plans.plan(summary.getInput()),
            SummaryQuestion.summary(summary.getStatisticsList()));
      }
      default -> throw new IllegalStateException("A summary that the gate did not write");
    };
  }
}
