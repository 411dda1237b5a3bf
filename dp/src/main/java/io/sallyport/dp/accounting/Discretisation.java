package io.sallyport.dp.accounting;

import io.sallyport.dp.distribution.NormalDistribution;

/**
 * Puts a dominating pair on a grid of losses, pessimistically.
 *
 * <p>Tails beyond {@link #TAIL} standard deviations (mass below 1e-21) go to infinity. Stateless.
 */
final class Discretisation {
  private static final double TAIL = 9.5;

  /** Below this sigma the discrete Gaussian is summed point by point. */
  private static final double SUMMED = 4096;

  /** Above this scale the discrete Laplace distribution is integrated, not summed. */
  private static final double CONTINUOUS = 0x1p40;

  /** Cells narrower than this many deviations are integrated with three nodes. */
  private static final double NARROW = 0.25;

  private static final double NODE = Math.sqrt(0.6);

  private Discretisation() {}

  static GridLoss of(DominatingPair pair, double step) {
    GridLoss loss;
    if (pair instanceof DominatingPair.Laplace l) {
      loss = laplace(l.epsilon(), step, 0);
    } else if (pair instanceof DominatingPair.DiscreteLaplace d) {
      loss = discreteLaplace(d, step);
    } else if (pair instanceof DominatingPair.Gaussian g) {
      loss = gaussian(g.mu(), step, 0);
    } else if (pair instanceof DominatingPair.DiscreteGaussian d) {
      loss = discreteGaussian(d, step);
    } else {
      loss = response((DominatingPair.Response) pair, step);
    }
    return loss.trimmed();
  }

  /**
   * L = e for x below 0, e - 2x between, -e beyond e. Masses under P are multiplied by 1 + slack
   * and those under Q by 1 - slack.
   */
  private static GridLoss laplace(double e, double step, double slack) {
    GridLoss loss = new GridLoss(step, -e, e);
    loss.addAtom(e, 0.5 * (1 + slack));
    loss.addAtom(-e, Math.exp(-e) / 2 * (1 + slack));
    int last = (int) Math.ceil(e / step);
    for (int j = (int) Math.floor(-e / step) + 1; j <= last; j++) {
      double low = Math.max(-e, (j - 1) * step);
      double width = Math.min(e, j * step) - low;
      if (width > 0) {
        // Densities e^(-(e - L)/2) / 4 under P and e^(-(e + L)/2) / 4 under Q.
        double p = Math.exp((low - e) / 2) * Math.expm1(width / 2) / 2;
        double q = -Math.exp((-low - e) / 2) * Math.expm1(-width / 2) / 2;
        loss.addCell(j, p * (1 + slack), q * (1 - slack));
      }
    }
    return loss;
  }

  /** The same on integers x, whose loss is (shift - 2x) / scale between 0 and shift. */
  private static GridLoss discreteLaplace(DominatingPair.DiscreteLaplace pair, double step) {
    double b = pair.scale();
    double e = pair.shift() / b;
    if (b > CONTINUOUS) {
      // Each mass and each sum of masses is within a factor 1 + 2/b of the integral.
      return laplace(e, step, 2 / b);
    }
    GridLoss loss = new GridLoss(step, -e, e);
    double norm = Math.tanh(0.5 / b);
    loss.addAtom(e, norm / -Math.expm1(-1 / b));
    loss.addAtom(-e, norm * Math.exp(-e) / -Math.expm1(-1 / b));
    double from = 1;
    int j = (int) Math.ceil((e - 2 / b) / step);
    while (from < pair.shift()) {
      double inside = Math.floor((pair.shift() - (j - 1) * step * b) / 2);
      double onEdge = (pair.shift() - 2 * inside) / b <= (j - 1) * step ? inside - 1 : inside;
      double to = Math.min(pair.shift() - 1, onEdge);
      if (to >= from) {
        double terms = Math.expm1(-(to - from + 1) / b) / Math.expm1(-1 / b);
        double p = norm * Math.exp(-from / b) * terms;
        double q = norm * Math.exp(-(pair.shift() - to) / b) * terms;
        loss.addCell(j, p, q);
        from = to + 1;
      }
      j--;
    }
    return loss;
  }

  /**
   * L is normal with mean mu^2/2 and deviation mu under P, mean -mu^2/2 under Q. Masses under P are
   * multiplied by 1 + slack and those under Q by 1 - slack.
   */
  private static GridLoss gaussian(double mu, double step, double slack) {
    double lowest = mu * (mu / 2 - TAIL);
    double highest = mu * (mu / 2 + TAIL);
    GridLoss loss = new GridLoss(step, lowest, highest);
    int last = (int) Math.ceil(highest / step);
    for (int j = (int) Math.floor(lowest / step); j <= last; j++) {
      double p = normalMass((j - 1) * step / mu - mu / 2, step / mu);
      double q = normalMass((j - 1) * step / mu + mu / 2, step / mu);
      loss.addCell(j, p * (1 + slack), q * (1 - slack));
    }
    loss.addInfinite(2 * NormalDistribution.survival(TAIL));
    return loss;
  }

  private static double normalMass(double from, double width) {
    if (width > NARROW) {
      return NormalDistribution.mass(from, from + width);
    }
    double middle = from + width / 2;
    double reach = width / 2 * NODE;
    double outer = density(middle - reach) + density(middle + reach);
    return width * (5 * outer + 8 * density(middle)) / 18;
  }

  private static double density(double z) {
    return NormalDistribution.density(z);
  }

  private static GridLoss discreteGaussian(DominatingPair.DiscreteGaussian pair, double step) {
    double sigma = pair.sigma();
    double mu = pair.shift() / sigma;
    if (sigma >= SUMMED) {
      // Each sum over integers is an integral by the midpoint rule, off by a factor of at most
      // 1 + (z^2 + 1) / (16 sigma^2) within z deviations of either mean.
      double z = TAIL + mu;
      return gaussian(mu, step, (z * z + 1) / (16 * sigma * sigma));
    }
    return summed(sigma, pair.shift(), step);
  }

  private static GridLoss summed(double sigma, double shift, double step) {
    double mu = shift / sigma;
    long reach = (long) Math.ceil(TAIL * sigma) + 1;
    double highest = mu * (mu / 2 + (reach + 1) / sigma);
    GridLoss loss = new GridLoss(step, mu * (mu / 2 - (reach + 1) / sigma), highest);
    double norm = 0;
    for (long x = -reach; x <= reach; x++) {
      norm += Math.exp(-x / sigma * (x / sigma) / 2);
    }
    for (long x = -reach; x <= reach; x++) {
      double p = Math.exp(-x / sigma * (x / sigma) / 2) / norm;
      loss.addAtom(mu * (mu / 2 + x / sigma), p);
    }
    loss.addInfinite(4 * NormalDistribution.survival(TAIL));
    return loss;
  }

  private static GridLoss response(DominatingPair.Response pair, double step) {
    double e = pair.epsilon();
    GridLoss loss = new GridLoss(step, -e, e);
    double rest = 1 - pair.delta();
    loss.addAtom(e, rest / (1 + Math.exp(-e)));
    loss.addAtom(-e, rest / (1 + Math.exp(e)));
    loss.addInfinite(pair.delta());
    return loss;
  }
}
