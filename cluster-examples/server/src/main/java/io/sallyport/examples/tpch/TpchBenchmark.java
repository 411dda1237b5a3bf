package io.sallyport.examples.tpch;

import io.sallyport.examples.benchmark.Times;
import io.sallyport.examples.benchmark.Took;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Row;

/**
 * What TPC-H's queries cost with noise, as ratios to plain Spark on the same text and tables in the
 * same JVM, and how near the answers come at epsilon 1. Takes a folder for tables and plot, a scale
 * and how many rounds.
 */
public final class TpchBenchmark {

  private static final int WARM_UPS = 1;
  private static final int ROUNDS = 3;

  private TpchBenchmark() {}

  /**
   * Prints a table and writes a plot.
   *
   * @throws Exception when a query fails
   */
  @SuppressWarnings("SystemOut") // a program whose output is a table
  public static void main(String[] arguments) throws Exception {
    Path folder = Path.of(arguments.length > 0 ? arguments[0] : "target/benchmark");
    double scale = arguments.length > 1 ? Double.parseDouble(arguments[1]) : 1;
    int rounds = arguments.length > 2 ? Integer.parseInt(arguments[2]) : ROUNDS;
    TpchTables tables = new TpchTables(folder.resolve("tpch-" + scale), scale);
    tables.write(Map.of());
    List<Measurement> measured = new ArrayList<>();
    // Of its own for each run: what an earlier one was answered would be answered from the record.
    Path store = Files.createTempDirectory(folder, "tpch-store");
    try (TpchPort port = TpchPort.open(tables, store, Map.of())) {
      System.out.println(Measurement.HEADER);
      for (TpchQuery query : TpchQuery.all()) {
        if (query.isGoverned()) {
          measured.add(measured(port, query, rounds));
          System.out.println(measured.get(measured.size() - 1).row());
        }
      }
    }
    Files.writeString(folder.resolve("tpch-errors.svg"), ErrorPlot.of(measured));
  }

  private static Measurement measured(TpchPort port, TpchQuery query, int rounds) throws Exception {
    Errors errors = new Errors(query.keys(), port.plain(query.asked()));
    Map<String, Took> medians =
        new Times()
            .candidate("plain", () -> port.plain(query.asked()))
            .candidate(
                "noise",
                () -> {
                  List<Row> answer = port.governed(query);
                  errors.add(answer);
                  return answer;
                })
            .medians(Math.min(WARM_UPS, rounds - 1), rounds);
    return new Measurement(query, medians.get("plain"), medians.get("noise"), errors);
  }
}
