package io.sallyport.dp.sensitivity;

import io.sallyport.dp.bounds.Interval;

/**
 * Takes a row's value to integer steps: clamp to public bounds, then round to the grid.
 *
 * <p>Whatever the row holds, the result lies in {@code [lowerSteps, upperSteps]}; infinities clamp.
 * NaN has no place on the grid and counts as absent: ask {@link #isPresent} first. The function of
 * a row depends on that row alone. Immutable and thread-safe.
 *
 * @param bounds the public interval
 * @param grid the public grid
 */
public record Quantizer(Interval bounds, Grid grid) {

  /** A quantizer on a grid chosen from the bounds alone. */
  public static Quantizer over(Interval bounds) {
    double largest = Math.max(bounds.magnitude(), Double.MIN_NORMAL);
    return new Quantizer(bounds, Grid.covering(largest, Grid.DEFAULT_BITS));
  }

  /** False for NaN, which is treated as NULL. */
  public static boolean isPresent(double value) {
    return !Double.isNaN(value);
  }

  /** The steps of a value that is present. */
  public long steps(double value) {
    if (Double.isNaN(value)) {
      throw new IllegalArgumentException("NaN is absent and must be skipped before quantization");
    }
    return grid.steps(bounds.clamp(value));
  }

  /** The steps of the lower bound. */
  public long lowerSteps() {
    return grid.steps(bounds.lower());
  }

  /** The steps of the upper bound. */
  public long upperSteps() {
    return grid.steps(bounds.upper());
  }

  /** The largest absolute number of steps that {@link #steps} returns; at least 1. */
  public long largestSteps() {
    return Math.max(1, Math.max(Math.abs(lowerSteps()), Math.abs(upperSteps())));
  }
}
