package io.sallyport.dp.sensitivity;

import io.sallyport.dp.Require;
import io.sallyport.dp.bounds.Interval;

/**
 * Takes a row's value to {@code t = (x - midpoint) / halfWidth} in units of 2^-bits.
 *
 * <p>Centring makes the sensitivity of a sum half the width of the interval instead of its largest
 * magnitude. Whatever the row holds, {@code |t| <= 2^bits}, by a clamp on the integer. NaN counts
 * as absent, as in {@link Quantizer}. Immutable and thread-safe.
 *
 * @param bounds the public interval, of positive width
 * @param bits between 1 and 30, so that t squared fits in 60 bits
 */
public record CentredQuantizer(Interval bounds, int bits) {
  /** Resolution of moments: one part in a million of the half width. */
  public static final int DEFAULT_BITS = 20;

  /** Checks the ranges; throws {@link IllegalArgumentException} outside them. */
  public CentredQuantizer {
    Require.that(bounds.width() > 0, "bounds must have a positive width", bounds);
    Require.between("bits", bits, 1, 30);
  }

  /** The default resolution over {@code bounds}. */
  public static CentredQuantizer over(Interval bounds) {
    return new CentredQuantizer(bounds, DEFAULT_BITS);
  }

  /** The centred steps of a value that is present. */
  public long steps(double value) {
    if (Double.isNaN(value)) {
      throw new IllegalArgumentException("NaN is absent and must be skipped before quantization");
    }
    double scaled = (bounds.clamp(value) - bounds.midpoint()) / bounds.halfWidth();
    long limit = unit();
    return Math.max(-limit, Math.min(limit, (long) Math.rint(scaled * limit)));
  }

  /** The steps of one half width: 2^bits. */
  public long unit() {
    return 1L << bits;
  }
}
