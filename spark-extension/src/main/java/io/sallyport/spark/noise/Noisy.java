package io.sallyport.spark.noise;

/** One group's statistics with their noise, in their own units. From here on is post-processing. */
interface Noisy {

  /** The statistic's noisy value. */
  double of(Statistic statistic);
}
