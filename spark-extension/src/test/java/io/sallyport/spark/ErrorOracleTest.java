package io.sallyport.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Expressions that fail on some values, outside ANSI mode too: whether a question fails would tell,
 * free and exactly, whether there is a row that meets a condition. They have no value instead.
 */
final class ErrorOracleTest {

  @TempDir static Path directory;
  private static Port port;

  @BeforeAll
  static void open() {
    port = Port.open(directory, NoiseData.policies(directory));
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

  /** People of 47 are asked about: for the others the value is harmless. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "CAST(CAST(IF(age = 47, '999999-01-01', '2020-01-01') AS DATE) AS TIMESTAMP)",
        "CAST(CAST('999999-01-01' AS DATE) AS TIMESTAMP)",
        "date_trunc('year', CAST(IF(age = 47, -9223372036854775808L, 1L) AS TIMESTAMP))",
        "date_trunc('second', CAST(IF(age = 47, -9223372036854775808L, 1L) AS TIMESTAMP))",
        "year(date_trunc('day', CAST(-9223372036854775808L AS TIMESTAMP)))",
        "CAST(IF(age = 47, '999999-01-01', '2020-01-01') AS DATE) < CAST(1L AS TIMESTAMP)",
        "round(IF(age = 47, 99999999999999999999999999999999999999BD, 1BD), -38)",
        "CAST(IF(age = 47, '1e-999999999', '1') AS DECIMAL(38, 10))",
        "trunc(date_sub(DATE '-999999-01-01', IF(age = 47, 1781000000, 1)), 'year')",
        "DATE '2020-01-01' + IF(age = 47, 1, NULL) + INTERVAL '178000000' YEAR",
        "CAST(IF(age = 47, '294247-01-01', '2020-01-01') AS TIMESTAMP) + INTERVAL '10000000' DAY",
        "CAST(IF(age = 47, '294247-01-01', '2020-01-01') AS TIMESTAMP) + INTERVAL '178000000' YEAR",
        "CAST(concat_free AS DECIMAL(38, 10))",
      })
  void anExpressionThatFails_hasNoValue_andTheQuestionIsAnswered(String expression) {
    String fails = expression.replace("concat_free", "CASE WHEN age = 47 THEN '1e-999999999' END");
    String harmless = "SELECT count(*) FROM %s WHERE coalesce(age = 47, FALSE)";
    long exact = port.plain(harmless.formatted("raw_patients")).get(0).getLong(0);
    assertThat(exact).isPositive();

    for (String frame : new String[] {"loud.patients", "loud.rows"}) {
      long counted =
          port.sql(
                  "SELECT count(*) FROM %s WHERE CASE WHEN age = 47 THEN (%s) IS NULL ELSE FALSE END"
                      .formatted(frame, fails))
              .get(0)
              .getLong(0);
      assertThat(counted).as(frame).isCloseTo(exact, within(10L));
    }
  }

  /** Spark would write a number of a thousand million digits, for the rows that it is asked of. */
  @ParameterizedTest
  @ValueSource(strings = {"-2147483648", "1000000000", "39"})
  void round_toVeryManyDigits_isRefused(String digits) {
    assertThatThrownBy(
            () ->
                port.sql(
                    "SELECT count(*) FROM loud.patients WHERE round(weight, %s) > 1"
                        .formatted(digits)))
        .hasMessageContaining("PARAM_INVALID")
        .hasMessageContaining("38 digits");
  }

  /** Sums of intervals fail on overflow, so how many rows there are would tell. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT sum(CASE WHEN age = 47 THEN INTERVAL '100000000' DAY END) FROM %s",
        "SELECT count(sum) FROM (SELECT patient_id, sum(INTERVAL '100000000' DAY) AS sum FROM %s GROUP BY patient_id)",
        "SELECT avg(INTERVAL '170000000' YEAR) FROM %s",
        "SELECT count(*) FROM %s WHERE CASE WHEN age = 47 THEN INTERVAL '100000000' DAY + INTERVAL '100000000' DAY IS NULL END",
        "SELECT count(*) FROM %s WHERE CASE WHEN age = 47 THEN -(-(INTERVAL '100000000' DAY) - INTERVAL '6751991' DAY - INTERVAL '4:00:54.775808' HOUR TO SECOND) IS NULL END",
      })
  void intervals_areNotAddedUp(String query) {
    for (String frame : new String[] {"loud.patients", "loud.rows", "patients"}) {
      assertThatThrownBy(() -> port.sql(query.formatted(frame)))
          .as(frame)
          .hasMessageContaining("interval");
    }
  }

  @Test
  void inKeysArgumentsAndJoins_too() {
    String wrong = "date_trunc('year', CAST(IF(age = 47, -9223372036854775808L, 1L) AS TIMESTAMP))";
    long exact = port.plain("SELECT count(*) FROM raw_patients").get(0).getLong(0);

    assertThat(
            port.sql(
                "SELECT %1$s AS k, count(*) FROM loud.patients GROUP BY %1$s".formatted(wrong)))
        .isNotEmpty();
    assertThat(port.sql("SELECT count(%s) FROM loud.patients".formatted(wrong)).get(0).getLong(0))
        .isBetween(1L, exact);
    assertThat(
            port.sql(
                "SELECT count(*) FROM loud.patients p JOIN wards w ON p.ward = w.ward AND %s < now_"
                    .formatted(wrong)
                    .replace("now_", "TIMESTAMP '2020-01-01'")))
        .hasSize(1);
  }
}
