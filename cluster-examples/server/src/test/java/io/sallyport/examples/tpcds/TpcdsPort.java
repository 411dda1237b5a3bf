package io.sallyport.examples.tpcds;

import io.sallyport.examples.benchmark.BenchmarkPort;
import io.sallyport.spark.RefusedException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.spark.sql.Row;

/** TPC-DS's tables under one rule for all that is governed, and plain Spark beside it. */
final class TpcdsPort implements AutoCloseable {

  private static final Pattern LIMIT =
      Pattern.compile("\\s+LIMIT \\d+\\s*$", Pattern.CASE_INSENSITIVE);

  private final BenchmarkPort port;
  private Map<String, Path> toOpen;

  private TpcdsPort(BenchmarkPort port, Map<String, Path> folders) {
    this.port = port;
    this.toOpen = folders;
  }

  /**
   * Starts Spark.
   *
   * @param folders of the tables
   * @param store the directory of what is recorded
   * @param rule under which answers leave
   * @param more settings of Spark's
   */
  static TpcdsPort open(
      Map<String, Path> folders, Path store, String rule, Map<String, String> more) {
    Map<String, String> settings = new HashMap<>(more);
    TpcdsTables.UNITS.forEach(
        (table, unit) -> {
          String frame = "spark.sallyport.frame." + table + ".";
          settings.put(frame + "path", folders.get(table).toString());
          settings.put(frame + "format", "parquet");
          settings.put(frame + "privacy-unit", unit);
          settings.put(frame + "unit-space", "customer");
          settings.put(frame + "automatic", rule);
          settings.put(frame + "approval", "false");
          settings.put(frame + "on-small-group", "suppress");
        });
    settings.put("spark.sallyport.frame.customer.unique-unit", "true");
    TpcdsTables.KEYS.forEach(
        (table, key) -> settings.put("spark.sallyport.frame." + table + ".unique", key));
    Map<String, Path> open = new TreeMap<>(folders);
    open.keySet().removeAll(TpcdsTables.UNITS.keySet());
    settings.put("spark.sallyport.public", String.join(",", open.keySet()));
    settings.put("spark.sallyport.limit.seconds-per-query", "200");
    settings.put("spark.sallyport.limit.seconds-per-hour", "86400");
    return new TpcdsPort(BenchmarkPort.open(store.toAbsolutePath(), settings, open), folders);
  }

  /**
   * What becomes of a text without its last LIMIT, which cuts ties in any way, and below which what
   * is left out leaves room for others.
   */
  String verdict(String text) {
    String all = LIMIT.matcher(text).replaceFirst("");
    List<String> governed;
    try {
      governed = rows(port.governed(all));
    } catch (RefusedException e) {
      return "`" + e.refusal().code().name() + "`";
    }
    List<String> plain = rows(plain(all));
    if (governed.equals(plain)) {
      return "equal (%d)".formatted(plain.size());
    }
    Map<String, Integer> left = new HashMap<>();
    plain.forEach(row -> left.merge(row, 1, Integer::sum));
    long different = governed.stream().filter(row -> left.merge(row, -1, Integer::sum) < 0).count();
    String shown = "%d of %d".formatted(governed.size(), plain.size());
    return different == 0 ? shown : shown + ", %d different".formatted(different);
  }

  private List<Row> plain(String text) {
    List<Row> rows = port.plain(toOpen, text);
    toOpen = Map.of();
    return rows;
  }

  private static List<String> rows(List<Row> rows) {
    return rows.stream().map(TpcdsPort::rounded).sorted().toList();
  }

  /** Sums of doubles depend on the order in which they are added. */
  private static String rounded(Row row) {
    return Stream.iterate(0, i -> i < row.size(), i -> i + 1)
        .map(row::get)
        .map(value -> value instanceof Double number ? "%.9e".formatted(number) : value + "")
        .reduce("", (left, value) -> left + value + "|");
  }

  @Override
  public void close() {
    port.close();
  }
}
