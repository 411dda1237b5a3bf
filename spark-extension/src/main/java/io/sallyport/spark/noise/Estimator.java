package io.sallyport.spark.noise;

import java.util.List;
import org.apache.spark.sql.catalyst.expressions.aggregate.AggregateExpression;

/**
 * How one aggregate function is computed from noisy statistics.
 *
 * @param function as it stands in the plan
 * @param statistics what it needs
 * @param estimate its value
 */
record Estimator(AggregateExpression function, List<Statistic> statistics, Estimate estimate) {

  /** A function of noisy values and of nothing else. */
  interface Estimate {
    double from(Noisy noisy);
  }

  Estimator {
    statistics = List.copyOf(statistics);
  }
}
