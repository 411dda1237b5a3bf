package io.sallyport.dp.bounds;

import java.util.Optional;

/**
 * Bounds of expressions from bounds of columns.
 *
 * <p>Guarantee: if each argument lies in its interval, the real and the double result of the
 * operator lie in the returned interval. Each end moves outwards by one unit in the last place
 * where the operation rounds. Empty means that there is no finite bound (division by an interval
 * around zero, overflow), and the analyst must state one. The aggregate still clamps its argument:
 * these bounds choose the clamp, they do not replace it. Stateless and thread-safe. Source:
 * [Moore66], outward rounding.
 */
public final class IntervalArithmetic {

  private IntervalArithmetic() {}

  /** Bounds of {@code a + b}. */
  public static Optional<Interval> plus(Interval a, Interval b) {
    return outward(a.lower() + b.lower(), a.upper() + b.upper());
  }

  /** Bounds of {@code a - b}. */
  public static Optional<Interval> minus(Interval a, Interval b) {
    return outward(a.lower() - b.upper(), a.upper() - b.lower());
  }

  /** Bounds of {@code a * b}. */
  public static Optional<Interval> times(Interval a, Interval b) {
    return hull(
        a.lower() * b.lower(), a.lower() * b.upper(), a.upper() * b.lower(), a.upper() * b.upper());
  }

  /** Bounds of {@code a / b}; empty if b may be zero. */
  public static Optional<Interval> dividedBy(Interval a, Interval b) {
    if (b.contains(0)) {
      return Optional.empty();
    }
    return hull(
        a.lower() / b.lower(), a.lower() / b.upper(), a.upper() / b.lower(), a.upper() / b.upper());
  }

  /** Bounds of {@code -a}, exact. */
  public static Interval negated(Interval a) {
    return new Interval(-a.upper(), -a.lower());
  }

  /** Bounds of {@code |a|}, exact. */
  public static Interval absolute(Interval a) {
    double least = a.contains(0) ? 0 : Math.min(Math.abs(a.lower()), Math.abs(a.upper()));
    return new Interval(least, a.magnitude());
  }

  /** Bounds of {@code a * a}: never negative, unlike the product of two independent intervals. */
  public static Optional<Interval> square(Interval a) {
    Interval size = absolute(a);
    return outward(size.lower() * size.lower(), size.upper() * size.upper())
        .map(wide -> new Interval(Math.max(0, wide.lower()), wide.upper()));
  }

  /** Bounds of {@code sqrt(a)} for the part of {@code a} that is not negative. */
  public static Optional<Interval> squareRoot(Interval a) {
    if (a.upper() < 0) {
      return Optional.empty();
    }
    return outward(Math.sqrt(Math.max(0, a.lower())), Math.sqrt(a.upper()))
        .map(wide -> new Interval(Math.max(0, wide.lower()), wide.upper()));
  }

  /** Bounds of the smaller of two values, exact. */
  public static Interval least(Interval a, Interval b) {
    return new Interval(Math.min(a.lower(), b.lower()), Math.min(a.upper(), b.upper()));
  }

  /** Bounds of the larger of two values, exact. */
  public static Interval greatest(Interval a, Interval b) {
    return new Interval(Math.max(a.lower(), b.lower()), Math.max(a.upper(), b.upper()));
  }

  /** Bounds of a value that may come from either (CASE, COALESCE), exact. */
  public static Interval either(Interval a, Interval b) {
    return new Interval(Math.min(a.lower(), b.lower()), Math.max(a.upper(), b.upper()));
  }

  private static Optional<Interval> hull(double p, double q, double r, double s) {
    return outward(
        Math.min(Math.min(p, q), Math.min(r, s)), Math.max(Math.max(p, q), Math.max(r, s)));
  }

  private static Optional<Interval> outward(double lower, double upper) {
    double low = Math.nextDown(lower);
    double high = Math.nextUp(upper);
    if (!Double.isFinite(low) || !Double.isFinite(high) || !Double.isFinite(high - low)) {
      return Optional.empty();
    }
    return Optional.of(new Interval(low, high));
  }
}
