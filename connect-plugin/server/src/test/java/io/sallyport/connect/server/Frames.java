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
    titanic(spark, directory);
    AuditedCells.write(spark, directory);
  }

  /**
   * 891 invented passengers who survive class by class as those of the Titanic did: 136 of 216, 87
   * of 184 and 119 of 491.
   */
  private static void titanic(SparkSession spark, Path directory) {
    spark
        .range(891)
        .selectExpr(
            "id AS PassengerId",
            "concat('passenger ', id) AS Name",
            "CASE WHEN id < 216 THEN 1 WHEN id < 400 THEN 2 ELSE 3 END AS Pclass",
            "CASE WHEN id < 136 OR (id >= 216 AND id < 303) OR (id >= 400 AND id < 519)"
                + " THEN 1 ELSE 0 END AS Survived",
            "IF(id % 2 = 0, 'male', 'female') AS Sex",
            "IF(id % 5 = 0, NULL, IF(id = 801, 77, CAST(id % 60 AS INT))) AS Age",
            "array(CAST(id AS INT), NULL) AS Tickets",
            "named_struct('deck', substr('ABC', 1 + CAST(id % 3 AS INT), 1), 'price',"
                + " CAST(id AS DECIMAL(9, 2)) / 4) AS Cabin",
            "map('boat', id % 20) AS Boats",
            "timestamp_micros(id * 1000001) AS Boarded",
            "CAST(id % 4 AS INT) AS SibSp",
            "CAST(id % 3 AS INT) AS Parch",
            "concat('T ', id) AS Ticket",
            "CAST(7 + (id * 31) % 90 AS DOUBLE) / 2 AS Fare",
            "substr('SCQ', 1 + CAST(id % 3 AS INT), 1) AS Embarked")
        .write()
        .parquet(directory.resolve("titanic").toString());
  }

  /** The lines of the Spark conf that make them frames. */
  public static Map<String, String> settings(Path directory) {
    Map<String, String> lines = new TreeMap<>();
    frame(lines, directory, "people", "id");
    lines.put("spark.sallyport.frame.people.unit-space", "person");
    lines.put("spark.sallyport.frame.people.unique-unit", "true");
    frame(lines, directory, "visits", "person");
    lines.put("spark.sallyport.frame.people.blacklist", "name");
    frame(lines, directory, "asked", "id");
    lines.put("spark.sallyport.frame.asked.path", directory.resolve("people").toString());
    lines.put("spark.sallyport.frame.asked.blacklist", "name");
    lines.put("spark.sallyport.frame.asked.approval", "true");
    lines.put("spark.sallyport.public", "cities, cells");
    passengers(lines, directory, "titanic", "aggregation(10)", "true");
    passengers(lines, directory, "strict", "aggregation(10)", "false");
    passengers(lines, directory, "open", "true", "false");
    passengers(lines, directory, "trusting", "user(\"ada\")", "false");
    passengers(lines, directory, "either", "at-least(1, user(\"ada\"), aggregation(20))", "false");
    passengers(lines, directory, "both", "at-least(2, user(\"ada\"), aggregation(20))", "false");
    lines.put("spark.sallyport.frame.titanic.savable", "false");
    lines.put("spark.sallyport.frame.strict.column.Pclass.values", "1, 2, 3");
    studied(lines, directory);
    lines.putAll(AuditedCells.settings(directory));
    return lines;
  }

  /** The visits, answered with noise. */
  private static void studied(Map<String, String> lines, Path directory) {
    String prefix = "spark.sallyport.frame.studied.";
    frame(lines, directory, "studied", "person");
    lines.put(prefix + "path", directory.resolve("visits").toString());
    lines.put(prefix + "unit-space", "studied");
    lines.put(prefix + "automatic", "dp(epsilon = 1, delta = 1e-8, groups = 2, rows = 4)");
    lines.put(prefix + "column.cost.lower", "0");
    lines.put(prefix + "column.cost.upper", "100");
    lines.put(prefix + "column.day.values", "0, 1, 2, 3, 4, 5, 6");
    lines.put("spark.sallyport.budget.studied.epsilon", "1000");
    lines.put("spark.sallyport.budget.studied.delta", "0.00001");
  }

  private static void passengers(
      Map<String, String> lines, Path directory, String name, String automatic, String approval) {
    String prefix = "spark.sallyport.frame." + name + ".";
    frame(lines, directory, name, "PassengerId");
    lines.put(prefix + "path", directory.resolve("titanic").toString());
    lines.put(prefix + "blacklist", "Name");
    lines.put(prefix + "automatic", automatic);
    lines.put(prefix + "approval", approval);
  }

  static void frame(Map<String, String> lines, Path directory, String name, String unit) {
    String prefix = "spark.sallyport.frame." + name + ".";
    lines.put(prefix + "path", directory.resolve(name).toString());
    lines.put(prefix + "format", "parquet");
    lines.put(prefix + "owner", "olga");
    lines.put(prefix + "privacy-unit", unit);
    lines.put(prefix + "approval", "false");
  }
}
