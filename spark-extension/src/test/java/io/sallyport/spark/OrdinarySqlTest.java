package io.sallyport.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What analysts write every day means what it means in Spark. */
final class OrdinarySqlTest {

  @TempDir static Path directory;
  private static Port port;

  @BeforeAll
  static void open() {
    port = Port.openInterpreting(directory, NoiseData.policies(directory));
  }

  @AfterAll
  static void close() {
    if (port != null) {
      port.close();
    }
  }

  @BeforeEach
  void newSession() {
    port.newAnalystSession();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "born <= DATE '1975-12-01' - INTERVAL '90' DAY",
        "born + INTERVAL 1 YEAR > DATE '1980-05-05' + INTERVAL '3' MONTH",
        "born - 30 < DATE '1980-01-01' AND date_add(born, 30) > DATE '1950-01-01'",
        "date_sub(born, 365) < DATE '1980-01-01'",
        "CAST(born AS TIMESTAMP) - INTERVAL 10 HOURS < TIMESTAMP '1980-01-01 05:00:00'",
        "CAST(born AS TIMESTAMP) + INTERVAL '2-3' YEAR TO MONTH < TIMESTAMP '1980-01-01 05:00:00'",
        "extract(YEAR FROM born) BETWEEN 1965 AND 1985 AND date_part('month', born) <> 3",
        "name LIKE '%1%2%'",
        "name NOT LIKE '%1%' AND name LIKE 'name _5'",
        "name LIKE 'name%' AND name LIKE '%7'",
        "CASE WHEN age > 40 THEN 'a_b' ELSE name END LIKE '%#_%' ESCAPE '#'",
        "age IN (SELECT ward * 7 FROM wards)",
        "age NOT IN (SELECT ward * 7 FROM wards)",
        "EXISTS (SELECT 1 FROM wards w WHERE w.ward * 10 = age)",
        "NOT EXISTS (SELECT 1 FROM wards w WHERE w.ward * 10 = age AND title <> 'ward 3')",
        "EXISTS (SELECT 1 FROM wards)",
        "NOT EXISTS (SELECT 1 FROM wards WHERE ward > 100)",
        "patient_id IN (SELECT patient_id FROM {stays} WHERE days > 6)",
        "patient_id NOT IN (SELECT ward FROM wards)",
        "EXISTS (SELECT * FROM {stays} s WHERE s.patient_id = p.patient_id AND s.days < 3)",
        "NOT EXISTS (SELECT * FROM {stays} s WHERE s.patient_id = p.patient_id AND s.days > p.age / 10)",
        "age > 30 AND patient_id IN (SELECT patient_id FROM {stays} WHERE unit_of_care IN (SELECT ward FROM wards WHERE ward < 2))",
        "cost > 30 * (SELECT avg(days) FROM {stays} s WHERE s.unit_of_care = p.ward)",
        "cost > (SELECT sum(days) * 5 FROM {stays} s WHERE s.patient_id = p.patient_id)",
        "cost > 100 * (SELECT count(*) FROM {stays} s WHERE s.patient_id = p.patient_id AND days > 4)",
      })
  void aCondition_countsWhatItCountsInSpark(String condition) {
    String query =
        "SELECT count(*) FROM (SELECT *, date_add(DATE '1950-01-01', CAST(age * 211 AS INT)) AS born"
            + " FROM {patients}) p WHERE "
            + condition;
    long exact =
        port.plain(query.replace("{patients}", "raw_patients").replace("{stays}", "raw_stays"))
            .get(0)
            .getLong(0);

    long counted =
        port.sql(query.replace("{patients}", "loud.patients").replace("{stays}", "loud.stays"))
            .get(0)
            .getLong(0);

    assertThat(exact).as("a telling test").isBetween(1L, 200L);
    // an average in a condition has noise of its own, which moves who meets it
    assertThat(counted).isCloseTo(exact, within(condition.contains("avg(") ? 40L : 12L));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "age IN (SELECT age FROM loud.stays s)|",
        "age IN (SELECT days FROM loud.stays)|join",
        "EXISTS (SELECT 1 FROM loud.stays)|mix people",
        "patient_id NOT IN (SELECT patient_id FROM loud.stays)|join",
        "EXISTS (SELECT 1 FROM loud.stays s WHERE s.patient_id = p.patient_id) OR age > 3|IN or EXISTS",
        "patient_id IN (SELECT patient_id FROM loud.patients WHERE age > 5)|",
        "age > (SELECT days FROM loud.stays s WHERE s.patient_id = p.patient_id)|",
        "EXISTS (SELECT 1 FROM secrets)|",
        "name LIKE name|constant",
        "name LIKE '%a%b%c%d%'|wildcards",
        "name LIKE 'a#b' ESCAPE '#'|escape",
      })
  void whatWouldMixPeople_orFailOnRows_isRefused(String condition, String named) {
    assertThatThrownBy(() -> port.sql("SELECT count(*) FROM loud.patients p WHERE " + condition))
        .hasMessageContaining("SALLYPORT.")
        .hasMessageNotContaining("QUERY_FAILED")
        .hasMessageContaining(named == null ? "" : named);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT count(*) FROM loud.patients GROUP BY age IN (SELECT ward FROM wards)",
        "SELECT sum(CASE WHEN age IN (SELECT ward FROM wards) THEN 1 END) FROM loud.patients",
      })
  void inOtherPlacesThanConditions_subqueriesOfRowsAreRefused(String query) {
    assertThatThrownBy(() -> port.sql(query)).hasMessageContaining("RELATION_NOT_ALLOWED");
  }

  /** Two names of the table before, thirty times: a short text, a thousand million operators. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT a.x FROM %1$s a, %1$s b",
        "SELECT x FROM %1$s UNION ALL SELECT x FROM %1$s",
        "SELECT x FROM %1$s WHERE x > (SELECT max(x) FROM %1$s)",
        "WITH inner_ AS (SELECT x FROM %1$s) SELECT i.x FROM inner_ i JOIN inner_ j ON i.x = j.x",
      })
  @Timeout(60)
  void commonTablesThatDouble_areRefusedBeforeTheyGrow(String doubled) {
    StringBuilder text = new StringBuilder("WITH c0 AS (SELECT max(ward) AS x FROM wards)");
    for (int i = 1; i < 30; i++) {
      text.append(", C").append(i).append(" AS (");
      text.append(doubled.formatted("c" + (i - 1))).append(')');
    }

    assertThatThrownBy(() -> port.sql(text + " SELECT count(*) FROM c29"))
        .hasMessageContaining("LIMIT_EXCEEDED");
  }

  @Test
  void commonTables_mayNameOthersAFewTimes() {
    assertThat(
            port.sql(
                "WITH a AS (SELECT ward FROM wards), b AS (SELECT a.ward FROM a JOIN a c ON a.ward"
                    + " = c.ward), d AS (SELECT b.ward FROM b JOIN b e ON b.ward = e.ward) SELECT"
                    + " count(*) FROM d"))
        .hasSize(1);
  }
}
