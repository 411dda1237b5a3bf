package io.sallyport.spark;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.spark.sql.SparkSession;

/**
 * A small hospital, made by arithmetic so that every test knows its groups.
 *
 * <p>200 patients. Wards by number: 0 to 3 hold 48 or more patients each, ward 9 holds 3. Each
 * patient has one to four stays. {@code weight} is missing for 20 patients and {@code rare} is
 * there for one. {@code income} is one person's, patient 101 of ward 1, for the greatest part;
 * {@code balance} is hers with the opposite sign, and patient 105's, also of ward 1.
 */
final class HospitalData {

  private HospitalData() {}

  static void write(SparkSession spark, Path directory) {
    spark
        .sql(
            "SELECT id AS patient_id, concat('name ', id) AS name,"
                + " IF(id < 3, 9, CAST(id % 4 AS INT)) AS ward,"
                + " CAST(20 + id % 60 AS INT) AS age,"
                + " IF(id % 2 = 0, 'F', 'M') AS sex,"
                + " IF(id < 20, NULL, CAST(50 + id % 40 AS DOUBLE)) AS weight,"
                + " IF(id = 77, 1.5D, NULL) AS rare,"
                + " IF(id = 101, 1e9D, CAST(id AS DOUBLE)) AS income,"
                + " CASE WHEN id = 101 THEN -1e9D WHEN id = 105 THEN 1e9D"
                + " ELSE CAST(id AS DOUBLE) END AS balance,"
                + " IF(id = 101, 25000D, 100D + id % 7) AS skewed,"
                + " CAST(id % 8 AS INT) AS team,"
                + " id % 5 = 0 AS smoker,"
                + " CAST(100 + id AS DOUBLE) AS cost FROM range(200)")
        .write()
        .mode("overwrite")
        .parquet(directory.resolve("patients").toString());
    for (String copy : NoiseData.COPIES) {
      copy(directory.resolve("patients"), directory.resolve(copy));
    }
    spark
        .sql(
            "SELECT p * 10 + s AS stay_id, p AS patient_id, CAST(p % 4 AS INT) AS unit_of_care,"
                + " CAST(1 + (p + s) % 9 AS INT) AS days FROM"
                + " (SELECT id AS p, explode(sequence(0, CAST(id % 4 AS INT))) AS s FROM range(200))")
        .write()
        .mode("overwrite")
        .parquet(directory.resolve("stays").toString());
    // One person in each of 12 small groups, 15 in each of 4 large ones.
    spark
        .sql(
            "SELECT id AS stay_id, IF(id < 12, 1000, id % 15 + 15 * (id % 4)) AS patient_id,"
                + " CAST(IF(id < 12, id, 100 + id % 4) AS INT) AS days FROM range(240)")
        .write()
        .mode("overwrite")
        .parquet(directory.resolve("few").toString());
    // Equal names in a spelling of each person's own, and both zeros.
    spark
        .sql(
            "SELECT id AS patient_id, CAST(IF(id % 2 = 0, 'Foo', 'foo') AS STRING COLLATE UTF8_LCASE)"
                + " AS folded, CAST(concat('bar', repeat(' ', CAST(id % 3 AS INT))) AS STRING COLLATE"
                + " UTF8_BINARY_RTRIM) AS padded, IF(id % 2 = 0, 0.0D, -0.0D) AS zero,"
                + " IF(id % 10 = 0, NULL, CAST(id % 7 AS INT)) AS part,"
                + " IF(id % 10 = 0, NULL, CAST(id % 7 AS DOUBLE)) AS share FROM range(100)")
        .write()
        .mode("overwrite")
        .parquet(directory.resolve("spelled").toString());
    secrets(spark, directory, "secrets_a", 700_000_000, "Canary-a");
    secrets(spark, directory, "secrets_b", 900_000_101, "kanaRy-b");
    spark
        .sql("SELECT CAST(id AS INT) AS ward, concat('ward ', id) AS title FROM range(10)")
        .write()
        .mode("overwrite")
        .saveAsTable("wards");
    for (String table : new String[] {"patients", "stays", "few", "secrets_a", "secrets_b"}) {
      spark
          .read()
          .parquet(directory.resolve(table).toString())
          .createOrReplaceTempView("raw_" + table);
    }
  }

  private static void copy(Path from, Path to) {
    try (Stream<Path> files = Files.list(from)) {
      Files.createDirectories(to);
      for (Path file : files.toList()) {
        Files.copy(file, to.resolve(file.getFileName()), StandardCopyOption.REPLACE_EXISTING);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The same people in both; only the blacklisted columns, word and code, differ. */
  private static void secrets(
      SparkSession spark, Path directory, String name, int code, String word) {
    spark
        .sql(
            "SELECT id, CAST(id % 5 AS INT) AS small, concat('t', id % 3) AS text, CAST("
                + code
                + " + id * 7 AS INT) AS code, concat('"
                + word
                + "', id) AS word FROM range(12)")
        .coalesce(1)
        .write()
        .mode("overwrite")
        .parquet(directory.resolve(name).toString());
  }

  static Map<String, String> policies(Path directory) {
    Map<String, String> keys = new HashMap<>();
    frame(keys, "patients", directory, "patient_id");
    keys.put("spark.sallyport.frame.patients.blacklist", "name");
    keys.put("spark.sallyport.frame.patients.owner", "olga");
    keys.put("spark.sallyport.frame.patients.unique-unit", "true");
    frame(keys, "stays", directory, "patient_id");
    frame(keys, "hospital.rows", directory, "row");
    keys.put("spark.sallyport.frame.hospital.rows.path", directory.resolve("patients").toString());
    frame(keys, "thinned", directory, "patient_id");
    keys.put("spark.sallyport.frame.thinned.path", directory.resolve("patients").toString());
    keys.put("spark.sallyport.frame.thinned.on-small-group", "suppress");
    frame(keys, "trusted", directory, "patient_id");
    keys.put("spark.sallyport.frame.trusted.path", directory.resolve("patients").toString());
    keys.put("spark.sallyport.frame.trusted.automatic", "any(user(\"dr-lee\"), aggregation(10))");
    keys.put("spark.sallyport.frame.trusted.blacklist", "name,cost");
    terms(keys, directory, "shares", "aggregation(10, dominance = p(10))");
    terms(keys, directory, "halves", "aggregation(10, dominance = nk(1, 50))");
    terms(keys, directory, "counted", "aggregation(10, functions = [count, avg])");
    terms(keys, directory, "loose", "aggregation(3, dof = 2)");
    terms(
        keys,
        directory,
        "either",
        "any(aggregation(60), aggregation(40, dominance = p(10)),"
            + " all(user(\"dr-lee\"), aggregation(3)))");
    terms(keys, directory, "shares_thinned", "aggregation(10, dominance = p(10))");
    keys.put("spark.sallyport.frame.shares_thinned.on-small-group", "suppress");
    for (String secrets : new String[] {"secrets_a", "secrets_b"}) {
      frame(keys, secrets, directory, "id");
      String prefix = "spark.sallyport.frame." + secrets + ".";
      keys.put(prefix + "automatic", "user(\"dr-lee\")");
      keys.put(prefix + "blacklist", "word,code");
    }
    frame(keys, "few_stays", directory, "patient_id");
    keys.put("spark.sallyport.frame.few_stays.path", directory.resolve("few").toString());
    keys.put("spark.sallyport.frame.few_stays.on-small-group", "suppress");
    keys.put("spark.sallyport.public", "wards");
    asking(keys, "asked.patients", directory.resolve("patients"), "olga");
    keys.put("spark.sallyport.frame.asked.patients.blacklist", "name");
    asking(keys, "asked.stays", directory.resolve("stays"), "otto");
    asking(keys, "asked.thinned", directory.resolve("patients"), "otto");
    keys.put("spark.sallyport.frame.asked.thinned.on-small-group", "suppress");
    asking(keys, "asked.twice", directory.resolve("patients"), "olga");
    keys.put("spark.sallyport.frame.asked.twice.reviewers", "otto,dr-lee");
    keys.put("spark.sallyport.frame.asked.twice.votes-needed", "2");
    keys.put("spark.sallyport.frame.asked.twice.savable", "false");
    keys.put("spark.sallyport.principals", principals(directory).toString());
    return keys;
  }

  /** The patients under another rule. */
  private static void terms(
      Map<String, String> keys, Path directory, String name, String automatic) {
    frame(keys, name, directory, "patient_id");
    keys.put("spark.sallyport.frame." + name + ".path", directory.resolve("patients").toString());
    keys.put("spark.sallyport.frame." + name + ".automatic", automatic);
  }

  /** A frame whose owner takes requests. */
  private static void asking(Map<String, String> keys, String name, Path path, String owner) {
    String prefix = "spark.sallyport.frame." + name + ".";
    keys.put(prefix + "path", path.toString());
    keys.put(prefix + "format", "parquet");
    keys.put(prefix + "privacy-unit", "patient_id");
    keys.put(prefix + "owner", owner);
  }

  static Path principals(Path directory) {
    String entry = "  - {name: %s, role: %s, token-sha256: '%064x'}%n";
    String yaml =
        "principals:\n"
            + String.format(entry, "ada", "analyst", 1)
            + String.format(entry, "dr-lee", "analyst", 2)
            + String.format(entry, "olga", "owner", 3)
            + String.format(entry, "otto", "owner", 4);
    try {
      return Files.writeString(directory.resolve("principals.yaml"), yaml);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void frame(
      Map<String, String> keys, String name, Path directory, String privacyUnit) {
    String prefix = "spark.sallyport.frame." + name + ".";
    keys.put(prefix + "path", directory.resolve(name).toString());
    keys.put(prefix + "format", "parquet");
    keys.put(prefix + "privacy-unit", privacyUnit);
    keys.put(prefix + "approval", "false");
  }
}
