package io.sallyport.spark.noise;

import java.util.List;
import java.util.function.DoubleUnaryOperator;

/**
 * One group's noisy numbers.
 *
 * @param sums of each statistic, in its own unit
 * @param values of what is counted by value, read at a rank
 */
record NoisyNumbers(Layout layout, List<Double> sums, List<DoubleUnaryOperator> values)
    implements Noisy {

  @Override
  public double of(Statistic statistic) {
    return sums.get(layout.ordinal(statistic));
  }

  @Override
  public double of(DistinctValues wanted) {
    return values.get(ordinal(wanted)).applyAsDouble(0);
  }

  @Override
  public double quantile(Ranks ranks, double rank) {
    return values.get(ordinal(ranks)).applyAsDouble(rank);
  }

  @Override
  public double inBin(Bins bins, int bin) {
    return values.get(ordinal(bins)).applyAsDouble(bin);
  }

  private int ordinal(Values wanted) {
    return layout.ordinal(wanted) - layout.statistics().size();
  }
}
