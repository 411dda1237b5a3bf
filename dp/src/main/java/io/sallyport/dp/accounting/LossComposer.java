package io.sallyport.dp.accounting;

import io.sallyport.dp.Require;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Composes dominating pairs into one {@link LossDistribution}.
 *
 * <p>Equal pairs are transformed once and raised to a power; short distributions are convolved in
 * pairs first; the rest is one product of spectra on a grid whose step is chosen so that
 * discretisation adds at most a fixed part of the variance. Stateless and thread-safe.
 */
public final class LossComposer {
  /** Fewest and most grid points of the composed distribution. */
  private static final int FEWEST = 1 << 13;

  private static final int MOST = 1 << 21;

  /** Mass that may lie outside the grid on either side; it is added to the mass at infinity. */
  private static final double OUTSIDE = 1e-16;

  /** Discretisation may add this part of the sum of variances. */
  private static final double COARSENESS = 0.002;

  /** Rounding of the transform, per release and per level, relative to a total mass of one. */
  private static final double ROUNDING = 0x1p-51;

  private LossComposer() {}

  /**
   * The loss of all {@code releases} together: each pair as many times as its count.
   *
   * @param releases at least one; counts between 1 and 10^9
   */
  public static LossDistribution compose(Map<DominatingPair, Long> releases) {
    Require.that(!releases.isEmpty(), "there must be at least one release", 0);
    double step = step(releases);
    List<GridLoss> single = new ArrayList<>();
    List<Repeated> repeated = new ArrayList<>();
    long total = 0;
    for (Map.Entry<DominatingPair, Long> release : releases.entrySet()) {
      long count = Require.between("number of releases", release.getValue(), 1, 1_000_000_000);
      GridLoss loss = Discretisation.of(release.getKey(), step);
      total += count;
      if (count == 1) {
        single.add(loss);
      } else {
        repeated.add(new Repeated(loss, count));
      }
    }
    List<GridLoss> merged = paired(paired(single));
    Window window = Window.of(releases, step, merged, repeated);
    return multiply(window, merged, repeated, total);
  }

  private static LossDistribution multiply(
      Window window, List<GridLoss> merged, List<Repeated> repeated, long total) {
    Spectrum spectrum = new Spectrum(window.size());
    double finite = 1;
    for (int i = 0; i + 1 < merged.size(); i += 2) {
      spectrum.multiply(merged.get(i), merged.get(i + 1));
    }
    if (merged.size() % 2 == 1) {
      spectrum.multiply(merged.get(merged.size() - 1), 1);
    }
    for (GridLoss loss : merged) {
      finite *= 1 - Math.min(1, loss.infinite());
    }
    for (Repeated part : repeated) {
      spectrum.multiply(part.loss(), part.count());
      finite *= Math.pow(1 - Math.min(1, part.loss().infinite()), (double) part.count());
    }
    double levels = Integer.numberOfTrailingZeros(window.size());
    double certain = 1 - finite + 2 * OUTSIDE + ROUNDING * (total + levels);
    double[] mass = spectrum.inverse(window.first());
    return new LossDistribution(window.step(), window.first(), mass, Math.min(1, certain));
  }

  /** Convolves neighbours, which halves the number of transforms. */
  private static List<GridLoss> paired(List<GridLoss> losses) {
    List<GridLoss> pairs = new ArrayList<>();
    for (int i = 0; i < losses.size(); i += 2) {
      boolean last = i + 1 == losses.size();
      pairs.add(last ? losses.get(i) : losses.get(i).plus(losses.get(i + 1)));
    }
    boolean worthwhile = losses.size() > 8 && losses.get(0).mass().length < 1024;
    return worthwhile ? pairs : losses;
  }

  /** The finest step that keeps the grid small, or a finer one if that adds too much variance. */
  private static double step(Map<DominatingPair, Long> releases) {
    double variance = 0;
    double range = 0;
    for (Map.Entry<DominatingPair, Long> release : releases.entrySet()) {
      double deviation = release.getKey().deviation();
      variance += release.getValue() * deviation * deviation;
      range += release.getValue() * release.getKey().range();
    }
    if (variance == 0) {
      return 1e-4;
    }
    double width = 2 * Math.min(range, Window.reach(variance));
    double step = width / (0.9 * FEWEST);
    while (added(releases, step) > COARSENESS * variance && width / step < MOST / 4.0) {
      step /= 2;
    }
    return step;
  }

  /** A bound on the variance that splitting between grid points adds. */
  private static double added(Map<DominatingPair, Long> releases, double step) {
    double sum = 0;
    for (Map.Entry<DominatingPair, Long> release : releases.entrySet()) {
      double deviation = release.getKey().deviation();
      sum += release.getValue() * Math.min(step * step / 4, step * deviation);
    }
    return sum;
  }

  /** One loss, {@code count} times. */
  record Repeated(GridLoss loss, long count) {}

  /** The grid points that carry the composed loss, but for {@link #OUTSIDE} on either side. */
  record Window(double step, long first, int size) {

    /** How far a sub-Gaussian sum strays from its mean but for {@link #OUTSIDE}. */
    static double reach(double variance) {
      return Math.sqrt(-2 * variance * Math.log(OUTSIDE));
    }

    static Window of(
        Map<DominatingPair, Long> releases,
        double step,
        List<GridLoss> merged,
        List<Repeated> repeated) {
      double mean = 0;
      for (GridLoss loss : merged) {
        mean += loss.mean();
      }
      for (Repeated part : repeated) {
        mean += part.count() * part.loss().mean();
      }
      double variance = 0;
      double range = 0;
      for (Map.Entry<DominatingPair, Long> release : releases.entrySet()) {
        // Splitting moves a loss by at most one step, which adds one step to the deviation.
        double deviation = release.getKey().deviation() + step;
        variance += release.getValue() * deviation * deviation;
        range += release.getValue() * (release.getKey().range() + step);
      }
      double low = Math.max(-range, mean - reach(variance));
      double high = Math.min(range, mean + reach(variance));
      long first = (long) Math.floor(low / step) - 1;
      double points = Math.ceil(high / step) - first + 2;
      Require.that(points <= 4.0 * MOST, "the releases must fit on a grid of 2^23 points", points);
      int size = Integer.highestOneBit(Math.max(2, (int) points - 1)) * 2;
      return new Window(step, first, size);
    }
  }
}
