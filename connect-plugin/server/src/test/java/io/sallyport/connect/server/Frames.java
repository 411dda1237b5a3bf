package io.sallyport.connect.server;

import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.sql.SparkSession;

/** The data of the tests, the same at every start, and the settings that govern them. */
public final class Frames {

  private Frames() {}

  /** Writes the frames below a directory, and the tables into the session's catalog. */
  public static void write(SparkSession spark, Path directory) {
    spark
        .range(1000)
        .selectExpr(
            "id",
            "concat('person-', id) AS name",
            "CASE WHEN id < 3 THEN 'Smallville' WHEN id % 3 = 0 THEN 'Athens'"
                + " WHEN id % 3 = 1 THEN 'Bergen' ELSE 'Cadiz' END AS city",
            "CAST(20 + id % 60 AS INT) AS age",
            "CAST(1000 + (id * 37) % 5000 AS DOUBLE) AS income")
        .write()
        .parquet(directory.resolve("people").toString());
    spark
        .range(4000)
        .selectExpr(
            "id % 1000 AS person",
            "CAST(id % 7 AS INT) AS day", "CAST(10 + (id * 13) % 90 AS DOUBLE) AS cost")
        .write()
        .parquet(directory.resolve("visits").toString());
    spark
        .sql(
            "SELECT * FROM VALUES ('Athens', 'south'), ('Bergen', 'north'), ('Cadiz', 'south'),"
                + " ('Smallville', 'north') AS t(city, region)")
        .write()
        .saveAsTable("cities");
    spark.range(5).selectExpr("id AS x").write().saveAsTable("hidden");
  }

  /** The lines of the Spark conf that make them frames. */
  public static Map<String, String> settings(Path directory) {
    Map<String, String> lines = new TreeMap<>();
    frame(lines, directory, "people", "id");
    frame(lines, directory, "visits", "person");
    lines.put("spark.sallyport.frame.people.blacklist", "name");
    frame(lines, directory, "asked", "id");
    lines.put("spark.sallyport.frame.asked.path", directory.resolve("people").toString());
    lines.put("spark.sallyport.frame.asked.blacklist", "name");
    lines.put("spark.sallyport.frame.asked.approval", "true");
    lines.put("spark.sallyport.public", "cities");
    return lines;
  }

  private static void frame(Map<String, String> lines, Path directory, String name, String unit) {
    String prefix = "spark.sallyport.frame." + name + ".";
    lines.put(prefix + "path", directory.resolve(name).toString());
    lines.put(prefix + "format", "parquet");
    lines.put(prefix + "owner", "olga");
    lines.put(prefix + "privacy-unit", unit);
    lines.put(prefix + "approval", "false");
  }
}
