package io.sallyport.connect.server;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.sql.SparkSession;

/**
 * Two databases for audits: {@code with}, in which each of many cells has twelve people with
 * numbers {@code x} from 0 to 90, but one of them 100, and {@code without}, in which that one is
 * missing. Each cell is a pair of neighbours of its own, so one answer draws once for each cell.
 * They are frames under {@code pure_...}, with epsilon 1, and {@code approximate_...}, with delta
 * {@value #DELTA} too; {@code cells} is the public table of all cells.
 */
final class AuditedCells {

  static final int CELLS = 20_000;
  static final double DELTA = 0.001;

  private AuditedCells() {}

  static void write(SparkSession spark, Path directory) {
    spark.range(CELLS).selectExpr("CAST(id AS INT) AS cell").write().saveAsTable("cells");
    for (String which : List.of("with", "without")) {
      spark
          .range(12L * CELLS)
          .selectExpr(
              "id AS person",
              "CAST(id DIV 12 AS INT) AS cell",
              "IF(id % 12 = 0, 100D, CAST(10 * (id % 10) AS DOUBLE)) AS x")
          .where(which.equals("with") ? "true" : "person % 12 <> 0")
          .write()
          .parquet(directory.resolve("cells-" + which).toString());
    }
  }

  static Map<String, String> settings(Path directory) {
    Map<String, String> lines = new TreeMap<>();
    for (String which : List.of("with", "without")) {
      frame(lines, directory, "pure_", which, "dp(epsilon = 1)");
      frame(lines, directory, "approximate_", which, "dp(epsilon = 1, delta = " + DELTA + ")");
    }
    lines.put("spark.sallyport.budget.cells.epsilon", "1000");
    lines.put("spark.sallyport.budget.cells.delta", "0.1");
    return lines;
  }

  private static void frame(
      Map<String, String> lines, Path directory, String kind, String which, String automatic) {
    String prefix = "spark.sallyport.frame." + kind + which + ".";
    Frames.frame(lines, directory, kind + which, "person");
    lines.put(prefix + "path", directory.resolve("cells-" + which).toString());
    lines.put(prefix + "unit-space", "cells");
    lines.put(prefix + "automatic", automatic);
    lines.put(prefix + "column.x.lower", "0");
    lines.put(prefix + "column.x.upper", "100");
  }
}
