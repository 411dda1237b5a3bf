package io.sallyport.dp.bench;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.function.LongSupplier;

/**
 * The same work measured in CPU time of the measuring thread, for machines that are shared: time
 * that the thread waits for a core does not count, contention for caches does.
 */
public final class CpuTime {
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
  private static final int SAMPLES = 10_000_000;

  private CpuTime() {}

  /** Prints a line per benchmark: the best of five. */
  public static void main(String[] arguments) {
    for (int log2 : new int[] {0, 10, 15, 20, 40}) {
      SamplerBenchmark sampler = new SamplerBenchmark();
      sampler.log2 = log2;
      sampler.open();
      samples("discrete Laplace  2^" + log2, sampler::discreteLaplace);
      samples("discrete Gaussian 2^" + log2, sampler::discreteGaussian);
    }
    for (String noise : new String[] {"laplace", "gaussian"}) {
      ReleaseBenchmark release = new ReleaseBenchmark();
      release.noise = noise;
      release.open();
      once("1 M groups x 3, " + noise, release::millionGroups);
      once("1 M keyed groups x 3, " + noise, release::millionKeyedGroups);
    }
    ReleaseBenchmark release = new ReleaseBenchmark();
    once("compose 1000, 12 shapes", () -> (long) release.composeThousandOfTwelveShapes());
    once("compose 1000, all different", () -> (long) release.composeThousandDifferent());
  }

  private static void samples(String name, LongSupplier work) {
    double best = best(() -> repeat(work));
    System.out.printf("%-32s %8.1f M/s%n", name, SAMPLES / best / 1e6);
  }

  private static void once(String name, LongSupplier work) {
    System.out.printf("%-32s %8.0f ms%n", name, best(work) * 1e3);
  }

  private static long repeat(LongSupplier work) {
    long sum = 0;
    for (int i = 0; i < SAMPLES; i++) {
      sum += work.getAsLong();
    }
    return sum;
  }

  private static double best(LongSupplier work) {
    double best = Double.POSITIVE_INFINITY;
    long used = 0;
    for (int i = 0; i < 5; i++) {
      long start = THREADS.getCurrentThreadCpuTime();
      used += work.getAsLong();
      best = Math.min(best, (THREADS.getCurrentThreadCpuTime() - start) / 1e9);
    }
    if (used == 42) {
      System.out.println("unlikely");
    }
    return best;
  }
}
