package io.sallyport.dp.audit;

/** Exact confidence limits for a probability from successes in n trials [ClopperPearson34]. */
final class ClopperPearson {
  private ClopperPearson() {}

  /** Below the true probability but for {@code alpha}. */
  static double lower(int successes, int n, double alpha) {
    return successes == 0 ? 0 : betaQuantile(alpha, successes, n - successes + 1.0);
  }

  /** Above the true probability but for {@code alpha}. */
  static double upper(int successes, int n, double alpha) {
    return successes == n ? 1 : 1 - betaQuantile(alpha, n - successes, successes + 1.0);
  }

  private static double betaQuantile(double p, double a, double b) {
    double low = 0;
    double high = 1;
    for (int i = 0; i < 80; i++) {
      double middle = (low + high) / 2;
      if (beta(middle, a, b) < p) {
        low = middle;
      } else {
        high = middle;
      }
    }
    return low;
  }

  /** The regularised incomplete beta function [Numerical Recipes, 6.4]. */
  static double beta(double x, double a, double b) {
    if (x <= 0 || x >= 1) {
      return x <= 0 ? 0 : 1;
    }
    double front =
        Math.exp(
            logGamma(a + b) - logGamma(a) - logGamma(b) + a * Math.log(x) + b * Math.log1p(-x));
    return x < (a + 1) / (a + b + 2)
        ? front * fraction(x, a, b) / a
        : 1 - front * fraction(1 - x, b, a) / b;
  }

  private static double fraction(double x, double a, double b) {
    double c = 1;
    double d = 1 / (1 - (a + b) * x / (a + 1));
    double h = d;
    for (int m = 1; m < 10_000; m++) {
      double even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m));
      d = 1 / (1 + even * d);
      c = 1 + even / c;
      h *= d * c;
      double odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1));
      d = 1 / (1 + odd * d);
      c = 1 + odd / c;
      h *= d * c;
      if (Math.abs(d * c - 1) < 1e-14) {
        break;
      }
    }
    return h;
  }

  /** Stirling's series after shifting the argument above 10. */
  private static double logGamma(double x) {
    double shift = 0;
    double y = x;
    while (y < 10) {
      shift -= Math.log(y);
      y++;
    }
    double i = 1 / (y * y);
    double series = (1.0 / 12 - i * (1.0 / 360 - i * (1.0 / 1260 - i / 1680))) / y;
    return shift + (y - 0.5) * Math.log(y) - y + Math.log(2 * Math.PI) / 2 + series;
  }
}
