package io.sallyport.examples.tpch;

import io.sallyport.examples.benchmark.BenchmarkPort;
import io.sallyport.spark.RefusedException;
import io.sallyport.spark.answer.Explanation;
import io.sallyport.spark.release.NoiseWish;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Row;

/** TPC-H's tables under their owner's terms, in this JVM, and plain Spark beside it. */
final class TpchPort implements AutoCloseable {

  /**
   * So small a part of epsilon makes another question of the same, of which noise is drawn anew.
   */
  private static final BigDecimal ANOTHER = new BigDecimal("0.000001");

  private final BenchmarkPort port;
  private final TpchTables tables;
  private int questions;

  private TpchPort(BenchmarkPort port, TpchTables tables) {
    this.port = port;
    this.tables = tables;
  }

  /**
   * Starts Spark.
   *
   * @param store the directory of what is recorded
   * @param more settings of Spark's
   */
  static TpchPort open(TpchTables tables, Path store, Map<String, String> more) {
    Map<String, String> settings = new HashMap<>(TpchPolicy.over(tables));
    settings.putAll(more);
    Map<String, Path> open = new HashMap<>();
    TpchTables.PUBLIC.forEach(name -> open.put(name, tables.folder(name)));
    return new TpchPort(BenchmarkPort.open(store.toAbsolutePath(), settings, open), tables);
  }

  /** What becomes of a text: {@code noise}, {@code exact} or the code of its refusal. */
  String outcome(String sql) {
    try {
      List<Explanation> lines = port.explain(sql);
      return lines.stream()
          .filter(line -> !line.verdict().equals("RELEASE"))
          .map(Explanation::code)
          .findFirst()
          .orElse(lines.isEmpty() ? "exact" : "noise");
    } catch (RefusedException e) {
      return e.refusal().code().name();
    }
  }

  /** The rows that an analyst gets, drawn anew each time, at an epsilon of just about 1. */
  List<Row> governed(TpchQuery query) {
    if (query.isGoverned()) {
      questions++;
      BigDecimal epsilon = BigDecimal.ONE.subtract(ANOTHER.multiply(BigDecimal.valueOf(questions)));
      port.wish(NoiseWish.EPSILON, epsilon.toPlainString());
      port.wish(NoiseWish.GROUPS, Integer.toString(query.groups()));
      port.wish(NoiseWish.ROWS, Integer.toString(query.rows()));
    }
    return port.governed(query.asked());
  }

  /** The same of the specification's text; refused where the page says so. */
  List<Row> governedAsItIs(TpchQuery query) {
    return port.governed(query.original());
  }

  /** The rows of a text about the frames that are answered exactly, or a refusal. */
  List<Row> exactly(String sql) {
    String text = sql;
    for (String frame : TpchTables.GOVERNED) {
      text = text.replaceAll("\\b" + frame + "\\b(?!\\.)", TpchPolicy.EXACT + frame);
    }
    return port.governed(text);
  }

  /** What plain Spark answers to a text. */
  List<Row> plain(String sql) {
    return port.plain(tables.folders(), sql);
  }

  @Override
  public void close() {
    port.close();
  }
}
