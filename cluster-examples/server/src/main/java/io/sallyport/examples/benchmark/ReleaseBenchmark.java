package io.sallyport.examples.benchmark;

import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * What a release costs, as a ratio to plain Spark on the same table in the same JVM; then what
 * judging a large plan costs. Takes a folder for the table.
 */
public final class ReleaseBenchmark {

  private static final int WARM_UPS = 2;
  private static final int ROUNDS = 7;
  private static final String MEASURES = "count(*) AS n, sum(spend) AS sum, avg(spend) AS mean";

  private static final String ROW = "governed, privacy-unit = row";
  private static final String USER = "governed, privacy-unit = user_id";
  private static final String PLAIN = "plain Spark";
  private static final String DISTINCT = "plain Spark with count(DISTINCT user_id)";
  private static final String TWO_LEVELS = "plain Spark, by user and key, then by key";
  private static final String ONE = ", one condition";
  private static final String TWENTY = ", twenty conditions";

  private ReleaseBenchmark() {}

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
    Path store = folder.resolve("store").toAbsolutePath();
    try (BenchmarkPort port = BenchmarkPort.open(store, VisitsPolicy.over(table), Map.of())) {
      Map<String, Took> medians = times(port, table).medians(WARM_UPS, ROUNDS);
      System.out.printf("%n%-45s %10s%n", "query", "median s");
      medians.forEach((name, took) -> System.out.printf("%-45s %10.2f%n", name, took.seconds()));
      double cheapest =
          Math.min(medians.get(DISTINCT).seconds(), medians.get(TWO_LEVELS).seconds());
      System.out.printf(
          "%nprivacy-unit = row:     %.2f x plain Spark%n",
          medians.get(ROW).seconds() / medians.get(PLAIN).seconds());
      System.out.printf(
          "privacy-unit = user_id: %.2f x the cheapest plain query that counts users by key%n",
          medians.get(USER).seconds() / cheapest);
      for (String unit : new String[] {ROW, USER}) {
        System.out.printf(
            "%s, twenty conditions: %.2f x one condition%n",
            unit, medians.get(unit + TWENTY).seconds() / medians.get(unit + ONE).seconds());
      }
      PlanningBenchmark.run(port, System.out);
    }
  }

  private static Times times(BenchmarkPort port, Path table) {
    String byKey = "SELECT key, " + MEASURES + " FROM %s GROUP BY key";
    String distinct =
        "SELECT key, " + MEASURES + ", count(DISTINCT user_id) AS users FROM visits GROUP BY key";
    String twoLevels =
        "SELECT key, sum(n) AS n, sum(s) AS sum, sum(s) / sum(n) AS mean, count(user_id) AS users"
            + " FROM (SELECT key, user_id, count(*) AS n, sum(spend) AS s FROM visits"
            + " GROUP BY key, user_id) GROUP BY key";
    return new Times()
        .candidate(PLAIN, () -> port.plain(Map.of("visits", table), byKey.formatted("visits")))
        .candidate(ROW, () -> port.governed(byKey.formatted("visits_by_row")))
        .candidate(DISTINCT, () -> port.plain(Map.of("visits", table), distinct))
        .candidate(TWO_LEVELS, () -> port.plain(Map.of("visits", table), twoLevels))
        .candidate(USER, () -> port.governed(byKey.formatted("visits_by_user")))
        .candidate(ROW + ONE, () -> port.governed(conditions(1, "visits_by_row")))
        .candidate(ROW + TWENTY, () -> port.governed(conditions(20, "visits_by_row")))
        .candidate(USER + ONE, () -> port.governed(conditions(1, "visits_by_user")))
        .candidate(USER + TWENTY, () -> port.governed(conditions(20, "visits_by_user")));
  }

  /** How many visits of each key cost more than so many amounts, which lie evenly below 100. */
  private static String conditions(int many, String frame) {
    String counts =
        IntStream.rangeClosed(1, many)
            .mapToObj(i -> "count_if(spend > %d) AS n%d".formatted(100 * i / (many + 1), i))
            .collect(Collectors.joining(", "));
    return "SELECT key, %s FROM %s GROUP BY key".formatted(counts, frame);
  }
}
