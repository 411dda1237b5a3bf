package io.sallyport.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sallyport.policy.decision.RefusalCode;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is released is what Spark computes, and what is not is refused with the right code. */
final class ReleaseTest {

  @TempDir static Path directory;
  private static Port port;

  @BeforeAll
  static void open() {
    port = Port.open(directory, Map.of());
  }

  @AfterAll
  static void close() {
    port.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT sex, count(*) AS n, avg(cost) AS c FROM %spatients GROUP BY sex ORDER BY sex",
        "SELECT count(*) FROM %spatients",
        "SELECT count(*) FROM (SELECT * FROM %1$spatients UNION ALL SELECT * FROM %1$spatients)",
        "SELECT sex, sum(cost * 2 + 1) FROM %spatients GROUP BY sex HAVING count(*) > 0 ORDER BY 1",
        "SELECT unit_of_care, sum(days), count(DISTINCT patient_id) FROM %sstays"
            + " GROUP BY unit_of_care ORDER BY 1",
        "SELECT p.sex, avg(s.days), round(stddev(s.days), 9) FROM %sstays s JOIN %spatients p"
            + " ON s.patient_id = p.patient_id GROUP BY p.sex ORDER BY 1",
        "SELECT w.title, count(*) FROM %sstays s JOIN wards w ON s.unit_of_care = w.ward"
            + " GROUP BY w.title ORDER BY 1",
        "SELECT sex, count(*) FROM %spatients WHERE age BETWEEN 30 AND 60 GROUP BY sex ORDER BY sex",
        "SELECT count(*) FROM %sstays s LEFT ANTI JOIN (VALUES (1)) v(d) ON s.days = v.d",
        "SELECT avg(total) FROM (SELECT patient_id, sum(days) AS total FROM %sstays"
            + " GROUP BY patient_id)",
        "SELECT sex, avg(weight) FROM %spatients GROUP BY sex ORDER BY 1",
        "SELECT sex, count(*) FROM %spatients WHERE age > 40 GROUP BY sex ORDER BY 1",
        "WITH old AS (SELECT * FROM %spatients WHERE age >= 50)"
            + " SELECT sex, count(*) AS n FROM old GROUP BY sex ORDER BY sex LIMIT 1",
        "SELECT CAST(age / 20 AS INT) AS band, round(corr(age, cost), 9) FROM %spatients"
            + " GROUP BY CAST(age / 20 AS INT) ORDER BY 1"
      })
  void aggregate_overEnoughPeople_isWhatSparkComputes(String template) {
    assertThat(port.sql(template.replaceAll("%(1\\$)?s", "")).toString())
        .isEqualTo(port.plain(template.replaceAll("%(1\\$)?s", "raw_")).toString());
  }

  @ParameterizedTest
  @CsvSource(
      delimiterString = " => ",
      quoteCharacter = '^',
      value = {
        "SELECT * FROM patients => RAW_OUTPUT",
        "SELECT age FROM patients => RAW_OUTPUT",
        "SELECT * FROM patients LIMIT 5 => RAW_OUTPUT",
        "SELECT DISTINCT ward FROM patients => SMALL_GROUP",
        "SELECT ward, count(*) FROM patients GROUP BY ward => SMALL_GROUP",
        "SELECT sum(cost) FROM patients WHERE ward = 9 => SMALL_GROUP",
        "SELECT sum(cost) FROM patients WHERE ward = 12 => SMALL_GROUP",
        "SELECT ward, sum(cost) FROM patients WHERE ward = 12 GROUP BY ward => SMALL_GROUP",
        "SELECT sum(cost) FROM patients WHERE ward <> 9 => SMALL_GROUP",
        "SELECT sex, sum(cost) FROM patients WHERE NOT (ward = 9 AND sex = 'F') GROUP BY sex => SMALL_GROUP",
        "SELECT sum(days) FROM stays WHERE stay_id <> 31 => SMALL_GROUP",
        "SELECT sum(t) FROM (SELECT patient_id, sum(days) t FROM stays WHERE stay_id <> 31 GROUP BY patient_id) => SMALL_GROUP",
        "SELECT sum(s.days) FROM stays s JOIN (SELECT a.ward + 10 * b.ward + 100 * c.ward + 1000 * d.ward AS id FROM wards a CROSS JOIN wards b CROSS JOIN wards c CROSS JOIN wards d) r ON s.stay_id = r.id AND r.id <> 31 => SMALL_GROUP",
        "SELECT sum(s.days) FROM stays s JOIN (SELECT id FROM (SELECT a.ward + 10 * b.ward + 100 * c.ward + 1000 * d.ward AS id FROM wards a CROSS JOIN wards b CROSS JOIN wards c CROSS JOIN wards d) WHERE id <> 31) r ON s.stay_id = r.id => SMALL_GROUP",
        "SELECT sum(s.days) FROM stays s LEFT ANTI JOIN (VALUES (31)) v(id) ON s.stay_id = v.id => SMALL_GROUP",
        "SELECT sum(s.days) FROM stays s LEFT SEMI JOIN (SELECT id FROM (SELECT a.ward + 10 * b.ward + 100 * c.ward + 1000 * d.ward AS id FROM wards a CROSS JOIN wards b CROSS JOIN wards c CROSS JOIN wards d) WHERE id <> 31) v ON s.stay_id = v.id => SMALL_GROUP",
        "SELECT sum(rare) FROM patients => SMALL_GROUP",
        "SELECT max(name) FROM patients => AGG_NOT_ALLOWED",
        "SELECT max(age) FROM patients => AGG_NOT_ALLOWED",
        "SELECT min(cost) FROM patients => AGG_NOT_ALLOWED",
        "SELECT first(name) FROM patients => AGG_NOT_ALLOWED",
        "SELECT collect_list(name) FROM patients => AGG_NOT_ALLOWED",
        "SELECT count(DISTINCT cost) FROM patients => SMALL_GROUP",
        "SELECT sum(patient_id) FROM patients => AGG_NOT_ALLOWED",
        "SELECT sum(CASE WHEN age = 37 THEN cost ELSE 0 END) FROM patients => SMALL_GROUP",
        "SELECT sum(CASE WHEN patient_id = 7 THEN cost ELSE 0 END) FROM patients => PREDICATE_NOT_ALLOWED",
        "SELECT sum(c) FROM (SELECT IF(age = 37, cost, 0) AS c FROM patients) => SMALL_GROUP",
        "SELECT sum(cost * CAST(age = 37 AS INT)) FROM patients => SMALL_GROUP",
        "SELECT sum(cost) FROM patients WHERE patient_id = 7 => PREDICATE_NOT_ALLOWED",
        "SELECT sum(cost) FROM patients WHERE patient_id BETWEEN 7 AND 7 => PREDICATE_NOT_ALLOWED",
        "SELECT sum(cost * CAST(age BETWEEN 37 AND 37 AS INT)) FROM patients => SMALL_GROUP",
        "SELECT sum(cost) FROM patients WHERE patient_id % 2 = 0 => PREDICATE_NOT_ALLOWED",
        "SELECT sum(cost) FROM patients WHERE name LIKE 'n%' => PREDICATE_NOT_ALLOWED",
        "SELECT sum(cost) FROM patients WHERE startswith(name, 'name 7') => PREDICATE_NOT_ALLOWED",
        "SELECT name, count(*) FROM patients GROUP BY name => KEY_NOT_ALLOWED",
        "SELECT p.name, count(*) FROM stays s JOIN patients p ON s.patient_id = p.patient_id GROUP BY p.name => KEY_NOT_ALLOWED",
        "SELECT count_if(p.name LIKE 'n%') FROM stays s LEFT JOIN patients p ON s.patient_id = p.patient_id => PREDICATE_NOT_ALLOWED",
        "SELECT patient_id, count(*) FROM patients GROUP BY patient_id => RAW_OUTPUT",
        "SELECT sum(b.cost) FROM patients a CROSS JOIN patients b WHERE b.ward = 9 => UNIT_AMBIGUOUS",
        "SELECT sum(p.cost) FROM patients p JOIN stays s ON p.age = s.days => UNIT_AMBIGUOUS",
        "SELECT sum(p.cost) FROM patients p LEFT SEMI JOIN (VALUES (7), (8)) v(id) ON p.patient_id = v.id => KEY_NOT_ALLOWED",
        "SELECT count(*) FROM (VALUES (1), (2)) v(id) LEFT ANTI JOIN patients p ON v.id = p.age => UNIT_LOST",
        "SELECT count(*) FROM hospital.rows r JOIN wards w ON r.ward < w.ward => UNIT_AMBIGUOUS",
        "SELECT sum(v.w) FROM patients p JOIN (VALUES (37, 1)) v(age, w) ON p.age = v.age => SMALL_GROUP",
        "SELECT * FROM nowhere => SOURCE_NOT_ALLOWED",
        "SELECT * FROM raw_patients => SOURCE_NOT_ALLOWED",
        "SELECT * FROM parquet.`/etc/passwd` => SOURCE_NOT_ALLOWED",
        "SELECT * FROM text.`/etc/hostname` => SOURCE_NOT_ALLOWED",
        "SELECT IDENTIFIER('ref' || 'lect')('java.lang.System', 'getProperty', 'user.name') => FUNCTION_NOT_ALLOWED",
        "SELECT system.builtin.reflect('java.lang.System', 'getProperty', 'user.name') => FUNCTION_NOT_ALLOWED",
        "SELECT reflect('java.lang.System', 'getProperty', 'user.name') => FUNCTION_NOT_ALLOWED",
        "SELECT max(age) OVER (PARTITION BY patient_id) FROM patients => RELATION_NOT_ALLOWED",
        "SELECT count(*) FROM patients WHERE rand() < 0.5 => NONDETERMINISTIC",
        "SELECT sum(cost) FROM patients WHERE ward <> (SELECT count(*) * 0 + 9 FROM patients) => SMALL_GROUP",
        "SELECT sum(days) FROM stays WHERE stay_id <> (SELECT count(*) * 0 + 31 FROM stays) => SMALL_GROUP",
        "SELECT sum(days) FROM stays WHERE stay_id <> (SELECT max(ward) * 0 + 31 FROM wards) => SMALL_GROUP",
        "SELECT sum(CASE WHEN age = (SELECT max(ward) * 0 + 37 FROM wards) THEN cost ELSE 0 END) FROM patients => SMALL_GROUP",
        "SELECT sum(cost * CAST(age = (SELECT count(*) * 0 + 37 FROM patients) AS INT)) FROM patients => SMALL_GROUP",
        "SELECT count(*) FROM patients p WHERE cost > (SELECT avg(cost) FROM patients q WHERE q.ward = p.ward) => SMALL_GROUP",
        "SELECT sum(days) FROM stays WHERE stay_id NOT IN (SELECT max(ward) * 0 + 31 FROM wards) => SMALL_GROUP",
        "SELECT sum(days) FROM stays s WHERE NOT EXISTS (SELECT 1 FROM wards w WHERE w.ward * 0 + 31 = s.stay_id) => SMALL_GROUP",
        "SELECT sum(days) FROM stays s WHERE EXISTS (SELECT 1 FROM wards w WHERE w.ward * 0 + 31 <> s.stay_id) => SMALL_GROUP",
        "SELECT sum(days) FROM stays s WHERE stay_id <> coalesce((SELECT max(w.ward) * 0 + 31 FROM wards w WHERE w.ward = s.stay_id - 31), 0) => SMALL_GROUP",
        "SELECT sum(cost) FROM patients WHERE patient_id IN (SELECT 77 FROM wards) => KEY_NOT_ALLOWED",
        "SELECT sum(cost) FROM patients p WHERE EXISTS (SELECT 1 FROM stays s WHERE s.patient_id = p.patient_id AND s.stay_id = 770) => SMALL_GROUP",
        "SELECT sum(cost) FROM patients p WHERE NOT EXISTS (SELECT 1 FROM stays s WHERE s.patient_id = p.patient_id AND s.stay_id = 770) => SMALL_GROUP",
        "SELECT * FROM patients PIVOT (count(*) FOR sex IN ('F', 'M')) => RAW_OUTPUT",
        "SELECT count(*) FROM patients TABLESAMPLE (10 PERCENT) => NONDETERMINISTIC",
        "SELECT ward, count(*) FROM patients GROUP BY ROLLUP(ward) => SMALL_GROUP",
        "SELECT x, count(*) FROM patients UNPIVOT (x FOR n IN (age, team)) GROUP BY x"
            + " => RELATION_NOT_ALLOWED",
        "SELECT explode(sequence(1, 100)) FROM patients => FUNCTION_NOT_ALLOWED",
        "SELECT sum(raise_error(name)) FROM patients => MAY_FAIL",
        "SET spark.sql.ansi.enabled=true => CONF_NOT_ALLOWED",
        "RESET => CONF_NOT_ALLOWED",
        "DROP TABLE wards => COMMAND_NOT_ALLOWED",
        "CREATE VIEW v AS SELECT 1 => COMMAND_NOT_ALLOWED",
        "INSERT INTO wards SELECT * FROM wards => COMMAND_NOT_ALLOWED",
        "ADD JAR '/x.jar' => COMMAND_NOT_ALLOWED",
        "CACHE TABLE wards => COMMAND_NOT_ALLOWED",
        "SHOW CREATE TABLE patients => COMMAND_NOT_ALLOWED",
        "EXPLAIN SELECT * FROM patients => COMMAND_NOT_ALLOWED",
        "DESCRIBE TABLE ledger => SOURCE_NOT_ALLOWED",
        "SHOW COLUMNS IN ledger => SOURCE_NOT_ALLOWED",
        "SELECT '${env:PATH}' => PARAM_INVALID",
        "SELECT hvi FROM patients => PARAM_INVALID",
        "SELEC 1 => COMMAND_NOT_ALLOWED",
        "WITH patients AS (SELECT 1) SELECT * FROM patients => PARAM_INVALID"
      })
  void query_thatTellsOfSinglePeople_isRefused(String sql, RefusalCode code) {
    assertThatThrownBy(() -> port.sql(sql))
        .isInstanceOfSatisfying(
            RefusedException.class, e -> assertThat(e.refusal().code()).isEqualTo(code));
  }

  @Test
  void smallGroup_ofNobodyAndOfSome_readsTheSame() {
    assertThat(Port.withoutCells(refusal("SELECT sum(cost) FROM patients WHERE ward = 12")))
        .isEqualTo(Port.withoutCells(refusal("SELECT sum(cost) FROM patients WHERE ward = 9")))
        .contains("aggregation(10)");
  }

  @Test
  void smallGroups_whereThePolicySuppresses_areDroppedAndCannotBeSubtracted() {
    List<Row> rows = port.sql("SELECT ward, count(*) FROM thinned GROUP BY ward ORDER BY ward");
    assertThat(rows).extracting(row -> row.getInt(0)).doesNotContain(9).hasSize(3);
  }

  @Test
  void frameItself_evenForATrustedPerson_isRefused() {
    assertThatThrownBy(() -> port.as(Port.LEE, "SELECT * FROM trusted"))
        .hasMessageStartingWith("[SALLYPORT.RAW_OUTPUT]");
  }

  @Test
  void rows_forAPersonThePolicyNames_leaveWithTheBlacklistWiped() {
    List<Row> rows =
        port.as(
            Port.LEE,
            "SELECT upper(name) AS n, cost + 1 AS c, age FROM trusted WHERE ward = 9 ORDER BY age");
    assertThat(rows).hasSize(3);
    assertThat(rows).allSatisfy(row -> assertThat(row.getString(0)).isEqualTo("*"));
    assertThat(rows).allSatisfy(row -> assertThat(row.isNullAt(1)).isTrue());
    assertThat(rows).allSatisfy(row -> assertThat(row.isNullAt(2)).isFalse());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT v.c FROM trusted t JOIN (VALUES (101.0D), (102.0D)) v(c) ON t.cost = v.c",
        "SELECT v.d FROM trusted t JOIN (VALUES (101.0D, 1), (102.0D, 2)) v(c, d) ON t.cost = v.c",
        "SELECT v.d FROM trusted t CROSS JOIN (VALUES (101.0D, 1), (102.0D, 2)) v(c, d)"
            + " WHERE t.cost = v.c",
        "SELECT v.d + 1 FROM (VALUES (101.0D, 1), (102.0D, 2)) v(c, d) LEFT JOIN trusted t"
            + " ON t.cost + 0 = v.c"
      })
  void dictionary_joinedByABlacklistedColumn_doesNotTellIt(String sql) {
    List<Row> rows = port.as(Port.LEE, sql);
    assertThat(rows).hasSize(2).allSatisfy(row -> assertThat(row.isNullAt(0)).isTrue());
  }

  @Test
  void publicTable_isReadAndJoinedFreely() {
    assertThat(port.sql("SELECT title FROM wards WHERE ward < 2 ORDER BY ward")).hasSize(2);
    assertThat(
            port.sql(
                "SELECT w.title, p.n FROM (SELECT ward, count(*) AS n FROM thinned GROUP BY ward) p"
                    + " JOIN wards w ON p.ward = w.ward"))
        .hasSize(3);
  }

  @Test
  void ownRows_doNotPadAGroup() {
    assertThatThrownBy(
            () ->
                port.sql(
                    "SELECT ward, sum(cost) FROM (SELECT ward, cost FROM patients WHERE ward = 9"
                        + " UNION ALL SELECT CAST(9 AS INT), CAST(w.ward AS DOUBLE) FROM wards w"
                        + " CROSS JOIN wards v) GROUP BY ward"))
        .hasMessageStartingWith("[SALLYPORT.AGG_NOT_ALLOWED]");
  }

  @Test
  void sameQueryTwice_andAfterAReleasedOne_isJudgedAgain() {
    port.sql("SELECT sex, count(*) FROM patients GROUP BY sex");
    for (int i = 0; i < 2; i++) {
      assertThatThrownBy(() -> port.sql("SELECT * FROM patients"))
          .hasMessageStartingWith("[SALLYPORT.RAW_OUTPUT]");
    }
  }

  @Test
  void everyQuestion_releasedOrRefused_isOnRecord() {
    int before = port.audited().size();
    port.sql("SELECT sex, count(*) FROM patients GROUP BY sex");
    refusal("SELECT * FROM patients");
    assertThat(port.audited().subList(before, port.audited().size()))
        .extracting(record -> record.verdict() + " " + record.frames())
        .containsExactly("RELEASED [patients]", "REFUSED [patients]");
  }

  @Test
  void castThatFails_givesNullNotAnError() {
    assertThat(
            port.sql(
                "SELECT CAST(sex AS INT), count(*) FROM hospital.rows GROUP BY CAST(sex AS INT)"))
        .singleElement()
        .satisfies(row -> assertThat(row.isNullAt(0)).isTrue());
  }

  @Test
  void owner_readsTheRecordOfTheirFrames_notRows() {
    port.sql("SELECT sex, count(*) FROM patients GROUP BY sex");
    assertThat(port.as(Port.OLGA, "SELECT * FROM sallyport.audit")).isNotEmpty();
    assertThatThrownBy(() -> port.as(Port.OLGA, "SELECT * FROM patients"))
        .hasMessageStartingWith("[SALLYPORT.RAW_OUTPUT]");
    assertThatThrownBy(() -> port.sql("SELECT * FROM sallyport.audit"))
        .hasMessageStartingWith("[SALLYPORT.SOURCE_NOT_ALLOWED]");
  }

  private static String refusal(String sql) {
    try {
      port.sql(sql);
    } catch (RefusedException e) {
      return e.refusal().text();
    }
    throw new AssertionError("released: " + sql);
  }
}
