package io.sallyport.dp.bounds;

import io.sallyport.dp.Require;
import java.io.Serializable;

/**
 * A closed, bounded interval of numbers: the clamp of an aggregate's argument.
 *
 * <p>Immutable and thread-safe.
 *
 * @param lower finite, not above {@code upper}
 * @param upper finite; the width must not overflow
 */
public record Interval(double lower, double upper) implements Serializable {

  /**
   * Checks the range and turns -0.0 into 0.0; throws {@link IllegalArgumentException} otherwise.
   */
  public Interval {
    Require.finite("lower bound", lower);
    Require.finite("upper bound", upper);
    Require.that(lower <= upper, "lower bound must be <= upper bound " + upper, lower);
    Require.finite("width of the bounds", upper - lower);
    lower = lower + 0.0;
    upper = upper + 0.0;
  }

  /** The value if inside, else the nearer end; infinities clamp. NaN must not be passed. */
  public double clamp(double value) {
    return Math.max(lower, Math.min(upper, value)) + 0.0;
  }

  /** True if {@code value} is neither NaN nor outside. */
  public boolean contains(double value) {
    return value >= lower && value <= upper;
  }

  /** True if every value of {@code other} is inside. */
  public boolean contains(Interval other) {
    return lower <= other.lower && other.upper <= upper;
  }

  /** The distance between the ends. */
  public double width() {
    return upper - lower;
  }

  /** The middle, computed so that it cannot overflow. */
  public double midpoint() {
    return lower + width() / 2;
  }

  /** At least the distance from the midpoint to each end. */
  public double halfWidth() {
    return Math.max(upper - midpoint(), midpoint() - lower);
  }

  /** The largest absolute value inside. */
  public double magnitude() {
    return Math.max(Math.abs(lower), Math.abs(upper));
  }
}
