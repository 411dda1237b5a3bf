package io.sallyport.dp.bench;

import io.sallyport.dp.sampling.EntropySource;
import io.sallyport.dp.sampling.NoiseDistribution;
import java.math.BigDecimal;
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

/** Samples per second and core. */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 2, time = 1)
@Measurement(iterations = 3, time = 1)
@Fork(1)
public class SamplerBenchmark {

  /** A scale or sigma, as a power of two. */
  @Param({"0", "10", "15", "20", "40"})
  public int log2;

  private EntropySource entropy;
  private NoiseDistribution laplace;
  private NoiseDistribution gaussian;

  /** Builds the distributions. */
  @Setup
  public void open() {
    entropy = EntropySource.fresh();
    BigDecimal scale = BigDecimal.valueOf(2).pow(log2);
    laplace = NoiseDistribution.laplace(scale);
    gaussian = NoiseDistribution.gaussian(scale.multiply(scale));
  }

  /** Exact discrete Laplace. */
  @Benchmark
  public long discreteLaplace() {
    return laplace.perturb(0L, entropy);
  }

  /** Exact discrete Gaussian. */
  @Benchmark
  public long discreteGaussian() {
    return gaussian.perturb(0L, entropy);
  }
}
