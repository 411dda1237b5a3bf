package io.sallyport.spark.release;

import io.sallyport.dp.sensitivity.ContributionBounds;
import io.sallyport.spark.noise.BoundedQuery;
import java.util.List;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;

/**
 * The exact queries behind one noisy release, each with bounded contributions.
 *
 * @param sums what can be added up
 * @param values what is counted by value, in the order of the point's values
 */
record ExactQueries(LogicalPlan sums, List<LogicalPlan> values) {

  ExactQueries {
    values = List.copyOf(values);
  }

  /**
   * The queries of a release.
   *
   * @param secret the release's own
   */
  static ExactQueries of(NoisePlan.Part part, CarriedPlan input, long secret) {
    ContributionBounds bounds = part.calibration().bounds();
    return new ExactQueries(
        new BoundedQuery(part.point(), bounds, secret).plan(input.plan(), input.units()),
        part.point().valueQueries(bounds, secret).stream()
            .map(query -> query.plan(input.plan(), input.units()))
            .toList());
  }
}
