package io.sallyport.dp.sampling;

import java.util.function.LongToDoubleFunction;

/** Exact probability masses, for comparison with samples. */
final class Pmf {
  private Pmf() {}

  static LongToDoubleFunction laplace(double scale) {
    double norm = Math.tanh(0.5 / scale);
    return x -> norm * Math.exp(-Math.abs((double) x) / scale);
  }

  static LongToDoubleFunction gaussian(double sigma) {
    long reach = (long) Math.ceil(40 * sigma) + 2;
    double sum = 0;
    for (long x = -reach; x <= reach; x++) {
      sum += Math.exp(-x / sigma * (x / sigma) / 2);
    }
    double norm = sum;
    return x -> Math.exp(-x / sigma * (x / sigma) / 2) / norm;
  }

  /** The mass of [from, to], summed. */
  static double mass(LongToDoubleFunction pmf, long from, long to) {
    double sum = 0;
    for (long x = from; x <= to; x++) {
      sum += pmf.applyAsDouble(x);
    }
    return sum;
  }
}
