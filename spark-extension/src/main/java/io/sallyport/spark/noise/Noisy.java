package io.sallyport.spark.noise;

/** One group's numbers with their noise, in their own units. From here on is post-processing. */
interface Noisy {

  /** The statistic's noisy value. */
  double of(Statistic statistic);

  /** The noisy number of different values. */
  double of(DistinctValues values);

  /** The noisy quantile at a rank between 0 and 1. */
  double quantile(Ranks ranks, double rank);

  /** The noisy number of rows in one of the bins. */
  double inBin(Bins bins, int bin);
}
