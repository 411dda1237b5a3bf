package io.sallyport.dp.bench;

import io.sallyport.dp.accounting.DominatingPair;
import io.sallyport.dp.accounting.LossComposer;
import io.sallyport.dp.bounds.Interval;
import io.sallyport.dp.loss.Delta;
import io.sallyport.dp.loss.Epsilon;
import io.sallyport.dp.loss.PrivacyLoss;
import io.sallyport.dp.mechanism.BoundedSum;
import io.sallyport.dp.mechanism.Count;
import io.sallyport.dp.mechanism.NoiseBudget;
import io.sallyport.dp.sampling.EntropySource;
import io.sallyport.dp.sampling.KeyedEntropy;
import io.sallyport.dp.sampling.ReleaseSecret;
import io.sallyport.dp.selection.PartitionSelection;
import io.sallyport.dp.selection.TruncatedGeometricSelection;
import io.sallyport.dp.sensitivity.ContributionBounds;
import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Milliseconds for a whole release, and for composing a thousand of them. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 3, time = 2)
@Fork(1)
public class ReleaseBenchmark {
  private static final int GROUPS = 1_000_000;

  /** The kind of noise. */
  @Param({"laplace", "gaussian"})
  public String noise;

  private Count count;
  private BoundedSum sum;
  private PartitionSelection selection;
  private EntropySource stream;
  private KeyedEntropy keyed;
  private final byte[] key = new byte[24];

  /** Builds the mechanisms. */
  @Setup
  public void open() {
    ContributionBounds bounds = new ContributionBounds(3, 1);
    Epsilon epsilon = Epsilon.of("0.25");
    PrivacyLoss granted = new PrivacyLoss.Approximate(epsilon, Delta.of("1e-7"));
    NoiseBudget budget =
        noise.equals("laplace")
            ? NoiseBudget.laplace(granted)
            : NoiseBudget.gaussian(granted).orElseThrow();
    count = Count.of(bounds, budget);
    sum = BoundedSum.ofRows(new Interval(0, 1000), bounds, budget);
    selection = TruncatedGeometricSelection.of(3, epsilon, Delta.of("1e-7"));
    stream = EntropySource.fresh();
    keyed = ReleaseSecret.draw().entropy();
  }

  /** One million groups, three aggregates and a selection each, from one stream. */
  @Benchmark
  public long millionGroups() {
    long total = 0;
    for (int group = 0; group < GROUPS; group++) {
      total += release(group, stream);
    }
    return total;
  }

  /** The same with the noise of each group derived from its key. */
  @Benchmark
  public long millionKeyedGroups() {
    long total = 0;
    for (int group = 0; group < GROUPS; group++) {
      ByteBuffer.wrap(key).putInt(group);
      keyed.seek(key);
      total += release(group, keyed);
    }
    return total;
  }

  private long release(int group, EntropySource entropy) {
    boolean kept = selection.keeps(group % 400, entropy);
    long n = count.release(group % 400, entropy);
    long a = sum.releaseSteps(group * 1000L, entropy);
    long b = sum.releaseSteps(group * 77L, entropy);
    return kept ? n + a + b : 0;
  }

  /** A thousand releases of a dozen shapes. */
  @Benchmark
  public double composeThousandOfTwelveShapes() {
    return compose(6);
  }

  /** A thousand releases, no two alike. */
  @Benchmark
  public double composeThousandDifferent() {
    return compose(500);
  }

  private static double compose(int shapes) {
    Map<DominatingPair, Long> releases = new LinkedHashMap<>();
    for (int i = 0; i < 500; i++) {
      double scale = 60 + 40.0 * (i % shapes) / shapes;
      releases.merge(new DominatingPair.DiscreteLaplace(scale, 1), 1L, Long::sum);
      releases.merge(new DominatingPair.DiscreteGaussian(scale * 1048576, 1048576), 1L, Long::sum);
    }
    return LossComposer.compose(releases).epsilon(Delta.of("1e-6")).orElseThrow().upper();
  }
}
