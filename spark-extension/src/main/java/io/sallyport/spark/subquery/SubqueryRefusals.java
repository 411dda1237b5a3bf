package io.sallyport.spark.subquery;

import io.sallyport.policy.decision.RefusalCode;
import io.sallyport.spark.RefusedException;
import io.sallyport.spark.SqlWords;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;

/** The subqueries that are not available, each with what would pass. */
public final class SubqueryRefusals {

  private SubqueryRefusals() {}

  /** IN, EXISTS and whatever else asks for rows of a subquery, where no join can take its place. */
  public static RefusedException ofRows() {
    return refused(
        "a subquery in IN or EXISTS stands elsewhere than in a condition of its own",
        "it in WHERE, joined with other conditions by AND only");
  }

  static RefusedException correlated() {
    return refused(
        "a subquery that depends on the row around it is not available",
        "a join with an aggregate: GROUP BY the columns that it depends on");
  }

  /** Spark fails such a query when the data have two rows: what fails must not depend on them. */
  static RefusedException severalRows() {
    return refused(
        "a scalar subquery could have more than one row",
        "a subquery that is an aggregate without GROUP BY");
  }

  static RefusedException place(LogicalPlan plan) {
    return refused(
        "a subquery inside " + SqlWords.of(plan) + " is not available",
        "the subquery as a column of its own, selected before");
  }

  private static RefusedException refused(String subject, String remedy) {
    return RefusedException.of(RefusalCode.RELATION_NOT_ALLOWED, subject, remedy);
  }
}
