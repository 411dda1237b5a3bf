package io.sallyport.dp;

/**
 * Checks of public parameters, with one shape of message: what must hold, then the value given.
 *
 * <p>Only parameters (budgets, bounds, sizes) may be passed here, never data, because the value is
 * part of the message. Stateless and thread-safe.
 */
public final class Require {

  private Require() {}

  /** Returns {@code value} if it is finite and greater than zero. */
  public static double positive(String name, double value) {
    if (!(value > 0) || Double.isInfinite(value)) {
      throw refused(name + " must be > 0 and finite", value);
    }
    return value;
  }

  /** Returns {@code value} if it is neither infinite nor NaN. */
  public static double finite(String name, double value) {
    if (!Double.isFinite(value)) {
      throw refused(name + " must be finite", value);
    }
    return value;
  }

  /** Returns {@code value} if {@code least <= value <= most}. */
  public static long between(String name, long value, long least, long most) {
    if (value < least || value > most) {
      throw refused(name + " must be between " + least + " and " + most, value);
    }
    return value;
  }

  /** Returns {@code value} if it lies strictly between zero and one. */
  public static double openUnit(String name, double value) {
    if (!(value > 0 && value < 1)) {
      throw refused(name + " must be > 0 and < 1", value);
    }
    return value;
  }

  /** Throws unless {@code holds}. */
  public static void that(boolean holds, String rule, Object value) {
    if (!holds) {
      throw refused(rule, value);
    }
  }

  private static IllegalArgumentException refused(String rule, Object value) {
    return new IllegalArgumentException(rule + ". Provided value: " + value);
  }
}
