package io.sallyport.dp.accounting;

import java.util.Arrays;

/**
 * The distribution of a privacy loss on the multiples of a step, with the rest of P's mass at
 * infinity.
 *
 * <p>Each piece of the true loss that lies between two grid points is split between them so that
 * the mass under P and the mass under Q are both kept. Given Q, this is a mean-preserving spread of
 * the ratio P/Q, and the hockey-stick divergence is the expectation under Q of a convex function of
 * that ratio: it can only grow, at every epsilon at once [DoroshenkoEtAl22, connect the dots].
 */
final class GridLoss {
  private final double step;
  private final int first;
  private final double[] mass;
  private double infinite;

  GridLoss(double step, double lowest, double highest) {
    this.step = step;
    first = (int) Math.floor(lowest / step) - 1;
    mass = new double[(int) Math.ceil(highest / step) - first + 2];
  }

  private GridLoss(double step, int first, double[] mass, double infinite) {
    this.step = step;
    this.first = first;
    this.mass = mass;
    this.infinite = infinite;
  }

  /** Adds an outcome of mass {@code p} under P and loss {@code loss}. */
  void addAtom(double loss, double p) {
    double q = p == 0 ? 0 : Math.min(1, p * Math.exp(-loss));
    addCell((int) Math.ceil(loss / step), p, q);
  }

  /** Adds mass {@code p} under P and {@code q} under Q, of losses in ((j - 1) step, j step]. */
  void addCell(int j, double p, double q) {
    int right = j - first;
    double ratio = Math.exp((j - 1) * step);
    // A mass under Q that underflows cannot be kept; all at the right end is the larger loss.
    boolean lost = q == 0 || Double.isInfinite(ratio);
    double above = lost ? p : (p - q * ratio) / -Math.expm1(-step);
    double clipped = Math.max(0, Math.min(p, above));
    mass[right] += clipped;
    mass[right - 1] += p - clipped;
  }

  /** Adds mass {@code p} under P that Q does not have. */
  void addInfinite(double p) {
    infinite += p;
  }

  double step() {
    return step;
  }

  double infinite() {
    return infinite;
  }

  /** The grid number of {@code mass()[0]}. */
  int first() {
    return first;
  }

  double[] mass() {
    return mass;
  }

  /** The mean of the finite part. */
  double mean() {
    double sum = 0;
    for (int i = 0; i < mass.length; i++) {
      sum += mass[i] * (first + i);
    }
    return sum * step;
  }

  /** The loss of two independent releases; for short distributions this beats a transform. */
  GridLoss plus(GridLoss other) {
    double[] sum = new double[mass.length + other.mass.length - 1];
    for (int i = 0; i < mass.length; i++) {
      double p = mass[i];
      for (int j = 0; j < other.mass.length; j++) {
        sum[i + j] += p * other.mass[j];
      }
    }
    double both = infinite + other.infinite;
    return new GridLoss(step, first + other.first, sum, both);
  }

  /** The same distribution without leading and trailing zeros. */
  GridLoss trimmed() {
    int from = 0;
    int to = mass.length;
    while (from < to - 1 && mass[from] == 0) {
      from++;
    }
    while (to > from + 1 && mass[to - 1] == 0) {
      to--;
    }
    return new GridLoss(step, first + from, Arrays.copyOfRange(mass, from, to), infinite);
  }
}
