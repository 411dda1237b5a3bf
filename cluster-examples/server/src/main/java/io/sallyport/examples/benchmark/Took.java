package io.sallyport.examples.benchmark;

import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * What something took.
 *
 * @param seconds by the clock on the wall
 * @param cpuSeconds of this process, all its threads together: what else the machine does is not in
 *     it
 */
public record Took(double seconds, double cpuSeconds) {

  private static final double NANOS = 1e9;

  /** What has been taken since some beginning; only differences mean something. */
  static Took now() {
    com.sun.management.OperatingSystemMXBean process =
        (com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    return new Took(System.nanoTime() / NANOS, process.getProcessCpuTime() / NANOS);
  }

  Took since(Took start) {
    return new Took(seconds - start.seconds, cpuSeconds - start.cpuSeconds);
  }

  /** The median of each. */
  static Took median(List<Took> several) {
    return new Took(median(several, Took::seconds), median(several, Took::cpuSeconds));
  }

  private static double median(List<Took> several, ToDoubleFunction<Took> of) {
    double[] sorted = several.stream().mapToDouble(of).sorted().toArray();
    int middle = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
  }
}
