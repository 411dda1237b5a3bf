package io.sallyport.dp.sampling;

import io.sallyport.dp.Require;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;

/**
 * The discrete Laplace distribution P(x) = c exp(-|x| 2^shift / numerator) on the integers.
 *
 * <p>Guarantee: adding it to an integer query of L1 sensitivity D gives pure (D /
 * scale)-differential privacy under add/remove of one privacy unit. Samples are exact: Algorithm 2
 * of [CKS20] in 64-bit integers, with the scale kept as an integer over a power of two so that no
 * step divides. Values beyond 64 bits (probability below e^-24 2^-23 even at the largest scale)
 * continue in big integers. Immutable and thread-safe.
 *
 * <p>Source: [CKS20] Canonne, Kamath, Steinke, arXiv:2004.00010, section 5.2.
 */
public final class DiscreteLaplace implements NoiseDistribution {
  private static final long serialVersionUID = 1L;

  /** Beyond this scale {@link WideDiscreteLaplace} takes over. */
  static final BigDecimal LARGEST_SCALE = new BigDecimal(BigInteger.ONE.shiftLeft(56));

  /** Bits of the numerator: the scale is rounded up by at most a factor 1 + 2^-40. */
  private static final int NUMERATOR_BITS = 40;

  private static final int MOST_SHIFT = 60;

  /** Whole multiples of the scale below which a magnitude fits in 63 bits: 2^57 * 32 < 2^63. */
  private static final long FITTING = 32;

  private static final long OVERFLOW = -1;

  private final long numerator;
  private final int shift;

  private DiscreteLaplace(long numerator, int shift) {
    this.numerator = numerator;
    this.shift = shift;
  }

  /** The distribution with the smallest representable scale that is not below {@code scale}. */
  static DiscreteLaplace atLeast(BigDecimal scale) {
    int bits = scale.setScale(0, RoundingMode.FLOOR).toBigIntegerExact().bitLength();
    int shift = Math.max(0, NUMERATOR_BITS + 1 - bits);
    if (bits == 0) {
      shift = Math.min(MOST_SHIFT, NUMERATOR_BITS + leadingZeros(scale));
    }
    BigDecimal shifted = scale.multiply(new BigDecimal(BigInteger.ONE.shiftLeft(shift)));
    return new DiscreteLaplace(shifted.setScale(0, RoundingMode.CEILING).longValueExact(), shift);
  }

  /** Binary zeros after the point of a value below one, up to the largest shift. */
  private static int leadingZeros(BigDecimal value) {
    BigDecimal doubled = value;
    int zeros = 0;
    while (doubled.compareTo(BigDecimal.ONE) < 0 && zeros < MOST_SHIFT) {
      doubled = doubled.add(doubled);
      zeros++;
    }
    return zeros;
  }

  /** The distribution of an integer scale: what the Gaussian sampler proposes from. */
  static DiscreteLaplace ofInteger(long scale) {
    Require.between("scale", scale, 1, 1L << 57);
    return new DiscreteLaplace(scale, 0);
  }

  /** One sample, clamped to {@code +-(2^63 - 1)}. */
  public long sample(EntropySource entropy) {
    while (true) {
      long magnitude = magnitude(entropy);
      boolean negative = entropy.nextLong() < 0;
      if (magnitude == OVERFLOW) {
        return negative ? -Long.MAX_VALUE : Long.MAX_VALUE;
      }
      // Zero would otherwise be drawn with both signs.
      if (magnitude != 0 || !negative) {
        return negative ? -magnitude : magnitude;
      }
    }
  }

  @Override
  public long perturb(long exact, EntropySource entropy) {
    while (true) {
      long magnitude = magnitude(entropy);
      boolean negative = entropy.nextLong() < 0;
      if (magnitude == OVERFLOW) {
        return clamped(BigInteger.valueOf(exact).add(signed(overflowing(entropy), negative)));
      }
      if (magnitude != 0 || !negative) {
        return saturatingSum(exact, negative ? -magnitude : magnitude);
      }
    }
  }

  @Override
  public BigInteger perturb(BigInteger exact, EntropySource entropy) {
    while (true) {
      long magnitude = magnitude(entropy);
      boolean negative = entropy.nextLong() < 0;
      if (magnitude == OVERFLOW) {
        return exact.add(signed(overflowing(entropy), negative));
      }
      if (magnitude != 0 || !negative) {
        return exact.add(BigInteger.valueOf(negative ? -magnitude : magnitude));
      }
    }
  }

  /**
   * floor((U + numerator V) / 2^shift) with U below the numerator, or OVERFLOW if V is too large.
   */
  private long magnitude(EntropySource entropy) {
    long fraction;
    do {
      fraction = entropy.nextBelow(numerator);
    } while (!acceptsFraction(fraction, entropy));
    long whole = ExpGeometric.sample(entropy);
    return whole >= FITTING ? OVERFLOW : (fraction + numerator * whole) >> shift;
  }

  /**
   * True with probability exp(-fraction / numerator): a run of coins with bias g/1, g/2, g/3, ...
   */
  private boolean acceptsFraction(long fraction, EntropySource entropy) {
    if (entropy.nextBelow(numerator) >= fraction) {
      return true;
    }
    boolean even = false;
    for (long k = 2; entropy.nextBelow(numerator) < fraction && entropy.nextBelow(k) == 0; k++) {
      even = !even;
    }
    return even;
  }

  /**
   * The magnitude given that it overflows. The whole part has no memory, so given that it is at
   * least FITTING it is FITTING plus a fresh one; the fraction is independent of it.
   */
  private BigInteger overflowing(EntropySource entropy) {
    long fraction;
    do {
      fraction = entropy.nextBelow(numerator);
    } while (!acceptsFraction(fraction, entropy));
    BigInteger whole = BigInteger.valueOf(FITTING + ExpGeometric.sample(entropy));
    return whole
        .multiply(BigInteger.valueOf(numerator))
        .add(BigInteger.valueOf(fraction))
        .shiftRight(shift);
  }

  private static BigInteger signed(BigInteger magnitude, boolean negative) {
    return negative ? magnitude.negate() : magnitude;
  }

  static long saturatingSum(long a, long b) {
    long sum = a + b;
    boolean overflow = ((a ^ sum) & (b ^ sum)) < 0;
    return overflow ? (a < 0 ? Long.MIN_VALUE : Long.MAX_VALUE) : sum;
  }

  static long clamped(BigInteger value) {
    if (value.bitLength() < Long.SIZE) {
      return value.longValue();
    }
    return value.signum() < 0 ? Long.MIN_VALUE : Long.MAX_VALUE;
  }

  @Override
  public double parameter() {
    return Math.scalb((double) numerator, -shift);
  }

  @Override
  public double standardDeviation() {
    double half = 1 / (2 * parameter());
    return 1 / (Math.sqrt(2) * Math.sinh(half));
  }

  @Override
  public double upperTail(double steps) {
    double inverse = 1 / parameter();
    return Math.exp(-Math.ceil(steps) * inverse) / (1 + Math.exp(-inverse)) * (1 + 0x1p-40);
  }

  @Override
  public String toString() {
    return "DiscreteLaplace[scale=" + parameter() + "]";
  }
}
