package io.sallyport.examples.benchmark;

import io.sallyport.policy.principal.Principal;
import io.sallyport.policy.principal.Role;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.spark.TaskKilled;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerTaskEnd;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.classic.Dataset;

/**
 * What one hostile neighbour costs: how long somebody's small questions take alone, and while
 * another principal keeps four questions under way, each of more tasks than there are cores and
 * each of minutes. Takes a folder for the table, and how many questions.
 */
public final class NeighbourBenchmark {

  private static final int WARM_UPS = 40;
  private static final int QUESTIONS = 100;
  private static final int OPERATIONS = 4;
  private static final int ROWS = 400_000;

  private static final Principal EVE = new Principal("eve", Role.ANALYST);

  /** Of one task in each stage: half of two cores. */
  private static final String SMALL =
      "SELECT key, count(*) AS n, avg(spend) AS mean FROM some_visits GROUP BY key";

  private NeighbourBenchmark() {}

  /**
   * Prints its figures.
   *
   * @throws Exception when a query fails
   */
  @SuppressWarnings("SystemOut") // a program whose output is a table
  public static void main(String[] arguments) throws Exception {
    Path folder = Path.of(arguments.length > 0 ? arguments[0] : "target/benchmark");
    int questions = arguments.length > 1 ? Integer.parseInt(arguments[1]) : QUESTIONS;
    Path some = folder.resolve("some-visits").toAbsolutePath();
    Path few = folder.resolve("few").toAbsolutePath();
    VisitsTable.writeSome(some, ROWS);
    VisitsTable.writeNumbers(few, 1_000);
    Map<String, String> settings = VisitsPolicy.some(some);
    settings.put("spark.sallyport.public", "few");
    Path store = folder.resolve("store").toAbsolutePath();
    try (BenchmarkPort port = BenchmarkPort.open(store, settings, Map.of("few", few))) {
      times(port, WARM_UPS);
      double[] alone = times(port, questions);
      Hog hog = new Hog(port);
      hog.start();
      double[] beside = times(port, questions);
      hog.stop();
      System.out.printf("%n%-30s %10s %10s%n", questions + " questions", "median s", "p95 s");
      print("alone", alone);
      print("beside the hostile neighbour", beside);
      System.out.printf(
          "%nratio of the 95th percentiles: %.2f; tasks that gave their core back: %d%n",
          percentile(beside, 0.95) / percentile(alone, 0.95), hog.gaveBack.get());
    }
  }

  private static double[] times(BenchmarkPort port, int questions) {
    double[] seconds = new double[questions];
    for (int i = 0; i < questions; i++) {
      Took start = Took.now();
      port.governed(SMALL);
      seconds[i] = Took.now().since(start).seconds();
    }
    Arrays.sort(seconds);
    return seconds;
  }

  @SuppressWarnings("SystemOut") // a program whose output is a table
  private static void print(String name, double[] sorted) {
    System.out.printf(
        "%-30s %10.3f %10.3f%n", name, percentile(sorted, 0.5), percentile(sorted, 0.95));
  }

  private static double percentile(double[] sorted, double part) {
    return sorted[(int) Math.ceil(part * sorted.length) - 1];
  }

  /** The neighbour: asks again whenever something ended. */
  private static final class Hog extends SparkListener {
    private final AtomicInteger gaveBack = new AtomicInteger();
    private final AtomicBoolean ends = new AtomicBoolean();
    private final BenchmarkPort port;

    Hog(BenchmarkPort port) {
      this.port = port;
    }

    void start() throws InterruptedException {
      port.analyst().sparkContext().addSparkListener(this);
      for (int i = 0; i < OPERATIONS; i++) {
        Thread thread = new Thread(this::ask, "hog");
        thread.setDaemon(true);
        thread.start();
      }
      Thread.sleep(3_000);
    }

    /** Pairs of 90 million numbers and a thousand, in sixteen tasks. */
    private Dataset<Row> large() {
      Dataset<Row> few = port.frame("few");
      return port.analyst().range(0, 90_000_000, 1, 16).crossJoin(few).groupBy().count();
    }

    private void ask() {
      while (!ends.get()) {
        try {
          port.governed(EVE, large());
        } catch (RuntimeException e) {
          if (!ends.get()) {
            throw e;
          }
        }
      }
    }

    void stop() {
      ends.set(true);
      port.analyst().sparkContext().cancelAllJobs();
    }

    @Override
    public void onTaskEnd(SparkListenerTaskEnd task) {
      if (!ends.get() && task.reason() instanceof TaskKilled) {
        gaveBack.incrementAndGet();
      }
    }
  }
}
