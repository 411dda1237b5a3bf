package io.sallyport.spark.weather;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.apache.spark.sql.SparkSession;

/**
 * The data and terms of these tests: 40 patients of olga's with two stays each, which are otto's,
 * and public wards. Rows need the owners; counts over 10 patients do not.
 */
final class Clinic {
  private static final String PATIENTS =
      "SELECT id AS patient_id, concat('name ', id) AS name, CAST(20 + id AS INT) AS age"
          + " FROM range(0, 40, 1, 1)";
  private static final String STAYS =
      "SELECT id % 40 AS patient_id, CAST(id % 7 AS INT) AS days FROM range(0, 80, 1, 1)";
  private static final String WARDS = "SELECT id AS ward FROM range(0, 5, 1, 1)";

  private Clinic() {}

  /** Writes the tables, unless they are there. */
  static void write(SparkSession spark, Path directory) {
    write(spark, PATIENTS, directory.resolve("patients"));
    write(spark, STAYS, directory.resolve("stays"));
    write(spark, WARDS, directory.resolve("wards"));
    spark.sql("CREATE TABLE wards USING parquet LOCATION '" + directory.resolve("wards") + "'");
  }

  private static void write(SparkSession spark, String query, Path table) {
    if (!Files.exists(table.resolve("_SUCCESS"))) {
      spark.sql(query).write().mode("overwrite").parquet(table.toString());
    }
  }

  /** The settings of a server whose durable state is in this directory. */
  static Map<String, String> settings(Path directory) {
    Map<String, String> keys = new HashMap<>();
    frame(keys, "asked.patients", directory.resolve("patients"), "olga");
    keys.put("spark.sallyport.frame.asked.patients.blacklist", "name");
    frame(keys, "asked.stays", directory.resolve("stays"), "otto");
    keys.put("spark.sallyport.public", "wards");
    keys.put("spark.sallyport.principals", principals(directory).toString());
    keys.put("spark.sallyport.store", directory.resolve("store").toString());
    keys.put("spark.sallyport.limit.requests-per-principal", "10000");
    keys.put("spark.sallyport.limit.artifacts-per-principal", "100000");
    keys.put("spark.sallyport.limit.recorded-per-minute", "100000");
    return keys;
  }

  private static void frame(Map<String, String> keys, String name, Path path, String owner) {
    String prefix = "spark.sallyport.frame." + name + ".";
    keys.put(prefix + "path", path.toString());
    keys.put(prefix + "format", "parquet");
    keys.put(prefix + "privacy-unit", "patient_id");
    keys.put(prefix + "owner", owner);
  }

  private static Path principals(Path directory) {
    String entry = "  - {name: %s, role: owner, token-sha256: '%064x'}%n";
    try {
      return Files.writeString(
          directory.resolve("principals.yaml"),
          "principals:\n" + entry.formatted("olga", 1) + entry.formatted("otto", 2));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
