package io.sallyport.examples.benchmark;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * What an answer with noise costs, as a ratio to plain Spark on the same table in the same JVM.
 * Takes a folder for the table.
 */
public final class NoiseBenchmark {

  /** Of what takes a second: until then it is mostly Java's compiler that is measured. */
  private static final int SHORT_WARM_UPS = 10;

  private static final int SHORT_ROUNDS = 15;
  private static final int LONG_WARM_UPS = 2;
  private static final int LONG_ROUNDS = 5;
  private static final String WHERE = " WHERE spend > -%d";
  private static final String MEASURES = "count(*) AS n, sum(spend) AS sum, avg(spend) AS mean";

  private static final String ROW = "with noise, privacy-unit = row";
  private static final String USER = "with noise, privacy-unit = user_id, groups = 5";
  private static final String BY_KEY = "plain Spark, by key";
  private static final String AGAIN = "plain Spark, by key, asked before";
  private static final String BY_BOTH = "plain Spark, by user and key (1 row out)";
  private static final String DISTINCT = "plain Spark, by key, with count(DISTINCT user_id)";

  private NoiseBenchmark() {}

  /**
   * Prints its figures.
   *
   * @throws Exception when a query fails
   */
  @SuppressWarnings("SystemOut") // a program whose output is a table
  public static void main(String[] arguments) throws Exception {
    Path folder = Path.of(arguments.length == 1 ? arguments[0] : "target/benchmark");
    Path table = folder.resolve("visits").toAbsolutePath();
    VisitsTable.writeTo(table);
    // Of its own for each run: what an earlier one was answered would be answered from the record.
    Path store = Files.createTempDirectory(folder.toAbsolutePath(), "noise-store");
    try (BenchmarkPort port = BenchmarkPort.open(store, VisitsPolicy.over(table), Map.of())) {
      Map<String, Took> medians =
          new LinkedHashMap<>(byRow(port, table).medians(SHORT_WARM_UPS, SHORT_ROUNDS));
      medians.putAll(byUser(port, table).medians(LONG_WARM_UPS, LONG_ROUNDS));
      System.out.printf("%n%-52s %10s %10s%n", "query, median", "s", "CPU s");
      medians.forEach(
          (name, took) ->
              System.out.printf("%-52s %10.2f %10.2f%n", name, took.seconds(), took.cpuSeconds()));
      ratio(medians, ROW, BY_KEY);
      ratio(medians, ROW, AGAIN);
      ratio(medians, USER, BY_BOTH);
      ratio(medians, USER, DISTINCT);
    }
  }

  @SuppressWarnings("SystemOut") // as above
  private static void ratio(Map<String, Took> medians, String of, String to) {
    Took dividend = medians.get(of);
    Took divisor = medians.get(to);
    System.out.printf(
        "%n%s: %.2f x %s by the clock, %.2f x in CPU time",
        of,
        dividend.seconds() / divisor.seconds(),
        to,
        dividend.cpuSeconds() / divisor.cpuSeconds());
  }

  // A question that was answered before is answered from the record, so each round asks another.
  // For another question Spark generates other code, so what is compared to asks another too.

  private static Times byRow(BenchmarkPort port, Path table) {
    AtomicInteger noisy = new AtomicInteger(1);
    AtomicInteger plain = new AtomicInteger(1);
    String sql = "SELECT key, " + MEASURES + " FROM %s" + WHERE + " GROUP BY key";
    Map<String, Path> visits = Map.of("visits", table);
    return new Times()
        .candidate(AGAIN, () -> port.plain(visits, sql.formatted("visits", 1)))
        .candidate(
            BY_KEY, () -> port.plain(visits, sql.formatted("visits", plain.incrementAndGet())))
        .candidate(
            ROW, () -> port.governed(sql.formatted("noisy_by_row", noisy.incrementAndGet())));
  }

  private static Times byUser(BenchmarkPort port, Path table) {
    AtomicInteger noisy = new AtomicInteger(1);
    AtomicInteger plain = new AtomicInteger(1);
    String sql =
        "SELECT key, "
            + MEASURES
            + ", count(DISTINCT user_id) AS users FROM %s"
            + WHERE
            + " GROUP BY key";
    String byBoth =
        "SELECT count(n), sum(sum), sum(mean) FROM (SELECT key, user_id, "
            + MEASURES
            + " FROM visits"
            + WHERE
            + " GROUP BY key, user_id)";
    Map<String, Path> visits = Map.of("visits", table);
    return new Times()
        .candidate(BY_BOTH, () -> port.plain(visits, byBoth.formatted(plain.incrementAndGet())))
        .candidate(DISTINCT, () -> port.plain(visits, sql.formatted("visits", plain.get())))
        .candidate(
            USER, () -> port.governed(sql.formatted("noisy_by_user", noisy.incrementAndGet())));
  }
}
