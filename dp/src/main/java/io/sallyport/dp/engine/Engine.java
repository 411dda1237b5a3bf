package io.sallyport.dp.engine;

import io.sallyport.dp.bounds.Interval;
import io.sallyport.dp.loss.Delta;
import io.sallyport.dp.loss.Epsilon;
import io.sallyport.dp.loss.PrivacyLoss;
import io.sallyport.dp.sensitivity.ContributionBounds;

/**
 * A supplier of mechanisms.
 *
 * <p>Contract of each method: what it returns is private by {@code granted} for all groups
 * together, under add/remove of one privacy unit within the bounds. An engine that cannot honour a
 * request throws {@link IllegalArgumentException} when asked, before any data, and never
 * afterwards. An engine belongs to one release and one thread.
 */
public interface Engine extends AutoCloseable {

  /** Laplace or Gaussian noise, or whichever is smaller. */
  enum Noise {
    /** Pure epsilon-DP; a granted delta stays unspent. */
    LAPLACE,
    /** Needs a granted delta or rho. */
    GAUSSIAN,
    /** By standard deviation, from public parameters. */
    LEAST
  }

  /** A function from an exact count to a noisy one. */
  interface NoisyCount {
    /** One group's count plus noise. */
    long release(long exact);
  }

  /** One group's aggregate. Mutable; released once. */
  interface Aggregation {
    /** Adds a row's value, clamped to the bounds. NaN counts as absent. */
    void add(double value);

    /**
     * The noisy result.
     *
     * @throws IllegalStateException on the second call
     */
    double release();
  }

  /** Decides whether a group's key is shown. */
  interface KeySelection {
    /** True if a key with this many units is shown. */
    boolean keeps(long units);
  }

  /** Counts of rows or units. */
  NoisyCount count(ContributionBounds bounds, PrivacyLoss granted, Noise noise);

  /** A sum of rows clamped to {@code row}, for one group. */
  Aggregation sum(Interval row, ContributionBounds bounds, PrivacyLoss granted, Noise noise);

  /** A mean of rows clamped to {@code row}, for one group. */
  Aggregation mean(Interval row, ContributionBounds bounds, PrivacyLoss granted, Noise noise);

  /** A population variance of rows clamped to {@code row}, for one group. */
  Aggregation variance(Interval row, ContributionBounds bounds, PrivacyLoss granted, Noise noise);

  /** The quantile at {@code rank} of rows clamped to {@code row}, for one group. */
  Aggregation quantile(
      double rank, Interval row, ContributionBounds bounds, PrivacyLoss granted, Noise noise);

  /** Selection of keys, at most {@code groupsPerUnit} of which a unit brings. */
  KeySelection selection(long groupsPerUnit, long minimumUnits, Epsilon epsilon, Delta delta);

  @Override
  void close();
}
