package io.sallyport.dp.audit;

import java.util.Arrays;
import java.util.function.DoubleSupplier;

/**
 * A lower bound on epsilon from samples on two neighbours, as StatDP and DP-Sniper do.
 *
 * <p>A quarter of the samples chooses an event {output <= c} or {output > c} from their histogram;
 * fresh samples then give Clopper-Pearson limits of its probability on both sides. The bound
 * exceeds the true epsilon with probability at most 4 ALPHA = 4e-12 per call; with fewer than 200
 * calls the audits of one run raise a false alarm with probability below 1e-9.
 */
public final class Audit {
  private static final double ALPHA = 1e-12;
  private static final int CUTS = 64;

  private Audit() {}

  /**
   * The larger bound of both directions for a mechanism that may spend {@code delta}.
   *
   * @param n how many fresh samples decide; of each neighbour two and a half times as many are
   *     drawn
   */
  public static double epsilon(DoubleSupplier with, DoubleSupplier without, double delta, int n) {
    return Math.max(oneWay(with, without, delta, n), oneWay(without, with, delta, n));
  }

  private static double oneWay(DoubleSupplier p, DoubleSupplier q, double delta, int n) {
    double[] trainP = draw(p, n / 4);
    double[] trainQ = draw(q, n / 4);
    Event event = Event.best(trainP, trainQ, delta);
    double low = ClopperPearson.lower(event.count(draw(p, n)), n, ALPHA);
    double high = ClopperPearson.upper(event.count(draw(q, n)), n, ALPHA);
    return low <= delta ? 0 : Math.log((low - delta) / high);
  }

  private static double[] draw(DoubleSupplier source, int n) {
    double[] samples = new double[n];
    for (int i = 0; i < n; i++) {
      samples[i] = source.getAsDouble();
    }
    return samples;
  }

  /** All outputs on one side of a cut. */
  private record Event(double cut, boolean below) {

    static Event best(double[] p, double[] q, double delta) {
      double[] pooled = Arrays.copyOf(p, p.length + q.length);
      System.arraycopy(q, 0, pooled, p.length, q.length);
      Arrays.sort(pooled);
      Event best = new Event(pooled[0], true);
      double score = Double.NEGATIVE_INFINITY;
      for (int i = 1; i < CUTS; i++) {
        double cut = pooled[(int) ((long) pooled.length * i / CUTS)];
        for (boolean below : new boolean[] {true, false}) {
          Event event = new Event(cut, below);
          double found = event.score(p, q, delta);
          if (found > score) {
            score = found;
            best = event;
          }
        }
      }
      return best;
    }

    /** The estimated loss less three standard errors, so that rare events do not win by luck. */
    private double score(double[] p, double[] q, double delta) {
      double a = count(p) - delta * p.length;
      double b = count(q) + 1.0;
      return a <= 1 ? Double.NEGATIVE_INFINITY : Math.log(a / b) - 3 * Math.sqrt(1 / a + 1 / b);
    }

    int count(double[] samples) {
      int hits = 0;
      for (double x : samples) {
        if (x <= cut == below) {
          hits++;
        }
      }
      return hits;
    }
  }
}
