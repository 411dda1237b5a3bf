package io.sallyport.spark.noise;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.catalyst.expressions.aggregate.AggregateExpression;

/**
 * How one aggregate function is computed from noisy numbers.
 *
 * @param function as it stands in the plan
 * @param statistics what it needs of sums
 * @param values what it needs of values
 * @param estimates its value; several where the function makes a list
 */
record Estimator(
    AggregateExpression function,
    List<Statistic> statistics,
    List<Values> values,
    List<Estimate> estimates)
    implements Serializable {

  /** A function of noisy values and of nothing else; it may be computed on executors. */
  interface Estimate extends Serializable {
    double from(Noisy noisy);
  }

  Estimator {
    statistics = List.copyOf(statistics);
    values = List.copyOf(values);
    estimates = List.copyOf(estimates);
  }

  /** Of sums alone. */
  Estimator(AggregateExpression function, List<Statistic> statistics, Estimate estimate) {
    this(function, statistics, List.of(), List.of(estimate));
  }

  /** Of values alone. */
  static Estimator of(AggregateExpression function, Values values, Estimate estimate) {
    return new Estimator(function, List.of(), List.of(values), List.of(estimate));
  }

  /** Quantiles of ranked values. */
  static Estimator of(AggregateExpression function, Ranks ranks, Quantiles quantiles) {
    List<Estimate> estimates =
        quantiles.ranks().stream()
            .<Estimate>map(rank -> noisy -> noisy.quantile(ranks, rank))
            .toList();
    return new Estimator(function, List.of(), List.of(ranks), estimates);
  }

  /** The counts of a histogram's bins. */
  static Estimator of(AggregateExpression function, Bins bins) {
    List<Estimate> estimates = new ArrayList<>();
    for (int i = 0; i < bins.number(); i++) {
      int bin = i;
      estimates.add(noisy -> Math.max(0, noisy.inBin(bins, bin)));
    }
    return new Estimator(function, List.of(), List.of(bins), estimates);
  }

  /** The only value that there can be. */
  static Estimator of(AggregateExpression function, Quantiles quantiles, double only) {
    List<Estimate> estimates =
        quantiles.ranks().stream().<Estimate>map(rank -> noisy -> only).toList();
    return new Estimator(function, List.of(), List.of(), estimates);
  }
}
