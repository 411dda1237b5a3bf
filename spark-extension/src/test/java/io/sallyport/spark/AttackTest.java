package io.sallyport.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sallyport.policy.decision.RefusalCode;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A hostile analyst's single answers about person 42, the only one of age 97. None may be released:
 * each combines numbers that are about enough people into one that is about fewer.
 */
final class AttackTest {

  @TempDir static Path directory;
  private static Port port;

  @BeforeAll
  static void open() {
    SparkSession spark =
        new org.apache.spark.sql.classic.SparkSession.Builder()
            .master("local[2]")
            .config("spark.ui.enabled", "false")
            .config("spark.sql.codegen.wholeStage", "false")
            .config("spark.sql.codegen.factoryMode", "NO_CODEGEN")
            .getOrCreate();
    write(spark);
    flags(spark);
    spark.stop();
    SparkSession.clearActiveSession();
    SparkSession.clearDefaultSession();
    Map<String, String> keys = new HashMap<>();
    frame(keys, "people", "people", true);
    keys.put("spark.sallyport.frame.people.blacklist", "name");
    keys.put(
        "spark.sallyport.frame.people.automatic",
        "aggregation(10, functions = [count, sum, avg, stddev, variance, covar, corr, regr,"
            + " product])");
    frame(keys, "dom", "people", true);
    keys.put("spark.sallyport.frame.dom.automatic", "aggregation(10, dominance = nk(1, 50))");
    frame(keys, "again", "panel/../people", true);
    frame(keys, "slashed", "people/", true);
    frame(keys, "panel", "panel", false);
    frame(keys, "visits", "visits", false);
    frame(keys, "registry", "registry", true);
    frame(keys, "flags", "flags", false);
    port = Port.openInterpreting(directory, keys);
  }

  @AfterAll
  static void close() {
    port.close();
  }

  private static void frame(
      Map<String, String> keys, String name, String files, boolean uniqueUnit) {
    String prefix = "spark.sallyport.frame." + name + ".";
    keys.put(prefix + "path", directory + "/" + files);
    keys.put(prefix + "format", "parquet");
    keys.put(prefix + "privacy-unit", "patient_id");
    keys.put(prefix + "approval", "false");
    keys.put(prefix + "unique-unit", String.valueOf(uniqueUnit));
  }

  /**
   * 200 people; the registry has 60 more; each has a row for quarters 1 and 2 in the panel, but
   * person 42 none for the second.
   */
  private static void write(SparkSession spark) {
    spark
        .sql(
            "SELECT id AS patient_id, concat('name ', id) AS name,"
                + " CAST(IF(id = 42, 97, 20 + id % 50) AS INT) AS age,"
                + " IF(id % 2 = 0, 'F', 'M') AS sex, CAST(id % 4 AS INT) AS ward,"
                + " CAST(1000 + id * 7 AS DOUBLE) AS income,"
                + " CASE WHEN id = 42 THEN 4 WHEN id % 2 = 0 THEN 1 ELSE 2 END AS tri,"
                + " IF(id < 30, 2, 1) AS ca, IF(id BETWEEN 29 AND 60, 2, 1) AS cb,"
                + " IF(id = 42, 1500D, 100D) + id % 3 AS spread,"
                + " CAST(IF(id = 42, '99999999999999999999999999999999999999', '1')"
                + " AS DECIMAL(38,0)) AS huge FROM range(200)")
        .write()
        .parquet(directory.resolve("people").toString());
    spark
        .sql("SELECT id AS patient_id, CAST(id % 3 AS INT) AS region FROM range(260)")
        .write()
        .parquet(directory.resolve("registry").toString());
    spark
        .sql(
            "SELECT p AS patient_id, q, CAST(1000 + p * 7 AS BIGINT) AS pay FROM"
                + " (SELECT id AS p, explode(sequence(1, 2)) AS q FROM range(200))"
                + " WHERE NOT (p = 42 AND q = 2)")
        .write()
        .parquet(directory.resolve("panel").toString());
    spark
        .sql(
            "SELECT p AS patient_id, k, CAST(1 + (p + k) % 9 AS INT) AS days FROM"
                + " (SELECT id AS p, explode(sequence(0, CAST(id % 3 AS INT))) AS k"
                + " FROM range(200))")
        .write()
        .parquet(directory.resolve("visits").toString());
  }

  private static void flags(SparkSession spark) {
    spark
        .sql(
            "SELECT p AS patient_id, CAST(IF(p = 42, 4, 1 + k % 2) AS INT) AS x,"
                + " CAST(IF(p = 42 OR k = 1, 1, 0) AS INT) AS a,"
                + " CAST(IF(p = 42 OR k = 2, 1, 0) AS INT) AS b FROM"
                + " (SELECT id AS p, explode(sequence(0, 3)) AS k FROM range(200))")
        .write()
        .parquet(directory.resolve("flags").toString());
  }

  /** Each person's rows have both common values, but one person's have another. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        // sum((x - 1) * (x - 2)), which is not zero for one person
        "SELECT round(count(*) * (var_pop(x) + avg(x) * avg(x) - 3 * avg(x) + 2), 3) FROM flags",
        // sum(a * b), which one person has rows for
        "SELECT round(count(*) * (covar_pop(a, b) + avg(a) * avg(b)), 3) FROM flags"
      })
  void secondMomentsOfPeopleWithSeveralValues(String sql) {
    assertRefused(sql);
  }

  /** Numbers over different measured rows are about the same people. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT (SELECT sum(income) FROM people) - (SELECT sum(p.income) FROM registry r"
            + " JOIN people p ON r.patient_id = p.patient_id WHERE p.age <> 97)",
        "SELECT (SELECT sum(income) FROM people WHERE age >= 40) - (SELECT sum(p.income) FROM"
            + " (SELECT patient_id FROM visits GROUP BY patient_id) v JOIN people p"
            + " ON v.patient_id = p.patient_id WHERE p.age > 40)",
        "SELECT (SELECT count(*) FROM people WHERE age >= 40) - (SELECT count(*) FROM"
            + " (SELECT patient_id FROM visits GROUP BY patient_id) v JOIN people p"
            + " ON v.patient_id = p.patient_id WHERE p.age > 40)",
        "SELECT k, sum(x) FROM (SELECT 1 k, income x FROM people WHERE age >= 40 UNION ALL"
            + " SELECT 2 k, p.income FROM (SELECT patient_id FROM visits GROUP BY patient_id) v"
            + " JOIN people p ON v.patient_id = p.patient_id WHERE p.age > 40) GROUP BY k"
      })
  void numbersOverDifferentMeasuredRows(String sql) {
    assertRefused(sql);
  }

  /** One file under two spellings of its path is one frame. */
  @ParameterizedTest
  @ValueSource(strings = {"again", "slashed"})
  void oneSourceSpelledTwice(String other) {
    assertRefused(
        "SELECT (SELECT sum(income) FROM people WHERE age >= 40) - (SELECT sum(income) FROM "
            + other
            + " WHERE age > 40)");
  }

  /** Cells of rows are disjoint; their people are not. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT count_if(q = 1) - count_if(q = 2) FROM panel",
        "SELECT count(DISTINCT patient_id) - count_if(q = 2) FROM panel",
        "SELECT sum(pay) FILTER (WHERE q = 1) - sum(pay) FILTER (WHERE q = 2) FROM panel",
        "SELECT sum(p.income) FILTER (WHERE q = 1) - sum(p.income) FILTER (WHERE q = 2)"
            + " FROM panel n JOIN people p ON n.patient_id = p.patient_id"
      })
  void cellsThatSharePeople(String sql) {
    assertRefused(sql);
  }

  /** A product of a column with itself, or with another, is a second moment. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT sum(tri * tri) - 3 * sum(tri) + 2 * count(*) FROM people",
        "SELECT sum(ca * cb) - sum(ca) - sum(cb) + count(*) FROM people",
        "SELECT sum(tri * tri * tri) - 3 * sum(tri * tri) + 2 * sum(tri) FROM people"
      })
  void productsAsMoments(String sql) {
    assertRefused(sql);
  }

  @Test
  void dominanceOfSquares() {
    assertRefused("SELECT stddev(spread) FROM dom");
  }

  /** Whether a question fails tells nothing of the data: with and without the person, the same. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT sum(round(IF(age = %d, huge, CAST(1 AS DECIMAL(38,0))), -37)) FROM people",
        "SELECT sum(abs(IF(age = %d, huge, CAST(1 AS DECIMAL(38,0))))) FROM people",
        "SELECT sum(CAST(IF(age = %d, '1e4000000000', '1') AS DECIMAL(10,0))) FROM people",
        "SELECT count(*) FROM people p JOIN (VALUES (1)) v(j)"
            + " ON 'a' RLIKE IF(p.age = %d, '(', 'a') AND v.j = 1"
      })
  void failureIsNoOracle(String sql) {
    // nobody is of age 96
    assertThat(List.of(outcome(sql.formatted(97)), outcome(sql.formatted(96))))
        .doesNotContain("FAILED", "QUERY_FAILED");
  }

  /** Branches of one union that look up the same rows look them up each for itself. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT title, count(*) FROM (SELECT ward FROM %speople UNION ALL SELECT 3 - ward FROM"
            + " %speople) u JOIN wards w ON u.ward = w.ward GROUP BY title"
            + " ORDER BY 1",
        "SELECT sum(region), count(*) FROM (SELECT patient_id FROM %speople UNION ALL SELECT"
            + " patient_id FROM %speople WHERE sex = 'F') u JOIN %sregistry w"
            + " ON u.patient_id = w.patient_id"
      })
  void unionsWithALookup(String sql) {
    for (String name : new String[] {"people", "registry"}) {
      port.owners()
          .read()
          .parquet(directory.resolve(name).toString())
          .createOrReplaceTempView("raw_" + name);
    }
    assertThat(port.sql(sql.replace("%s", "")).toString())
        .isEqualTo(port.plain(sql.replace("%s", "raw_")).toString());
  }

  private static String outcome(String sql) {
    try {
      return port.sql(sql).toString();
    } catch (RefusedException e) {
      return e.refusal().code().toString();
    } catch (RuntimeException e) {
      return "FAILED";
    }
  }

  private static void assertRefused(String sql) {
    assertThatThrownBy(() -> port.sql(sql))
        .isInstanceOfSatisfying(
            RefusedException.class,
            e -> assertThat(e.refusal().code()).isNotEqualTo(RefusalCode.QUERY_FAILED));
  }
}
