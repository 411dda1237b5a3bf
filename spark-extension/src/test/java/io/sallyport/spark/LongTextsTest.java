package io.sallyport.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sallyport.policy.decision.RefusalCode;
import java.nio.file.Path;
import java.util.Collections;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What texts may become, and the patterns that functions take, are judged before a row is read. */
final class LongTextsTest {

  @TempDir static Path directory;
  private static Port port;

  @BeforeAll
  static void open() {
    port = Port.openInterpreting(directory);
  }

  @AfterAll
  static void close() {
    if (port != null) {
      port.close();
    }
  }

  @Test
  void textsThatDoubleStepByStep_areRefused() {
    String doubled = "SELECT title AS t FROM wards";
    for (int i = 0; i < 40; i++) {
      doubled = "SELECT concat(t, t) AS t FROM (" + doubled + ")";
    }
    assertRefused("SELECT length(t) FROM (" + doubled + ")", RefusalCode.LIMIT_EXCEEDED);
  }

  @Test
  void textsThatGrowBehindAUnion_areRefused() {
    String grown = "SELECT title AS t FROM wards";
    for (int i = 0; i < 8; i++) {
      grown = "SELECT 'x' AS t UNION ALL SELECT concat(t, t, t) FROM (" + grown + ")";
    }
    assertRefused("SELECT max(t) FROM (" + grown + ")", RefusalCode.LIMIT_EXCEEDED);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "repeat(title, 1000000000)|PARAM_INVALID",
        "repeat(title, ward)|PARAM_INVALID",
        "repeat(title, 100)|LIMIT_EXCEEDED",
        "length(repeat(repeat(title, 50), 50))|LIMIT_EXCEEDED",
        "lpad(title, 1000000000, 'x')|PARAM_INVALID",
        "rpad(title, ward, 'x')|PARAM_INVALID",
        "replace(title, 'a', title)|PARAM_INVALID",
        "split(title, '(a+)+b')[0]|PARAM_INVALID",
        "split(title, title)[0]|PARAM_INVALID",
        "split(title, ' ')|FUNCTION_NOT_ALLOWED",
        "date_format(DATE'2020-01-01', title)|PARAM_INVALID",
        "to_date(title, 'bogus')|PARAM_INVALID",
        "bround(1.5, 1000000)|PARAM_INVALID",
        "format_number(1.5, 100000)|PARAM_INVALID",
        "ward IN (1, 2) AND title ILIKE title|PARAM_INVALID",
        "title ILIKE '%a%b%c%d%'|PARAM_INVALID",
        "title ILIKE 'a!b' ESCAPE '!'|PARAM_INVALID",
        "substring_index(title, ' ', ward)|PARAM_INVALID",
        "substring_index(title, ' ', -2147483647 - 1)|PARAM_INVALID",
        "title RLIKE '(a+)+b'|FUNCTION_NOT_ALLOWED"
      })
  void textsAndPatterns_thatNobodyCanBound_areRefused(String sql, RefusalCode code) {
    assertRefused("SELECT " + sql + " FROM wards", code);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "concat(title, ' ', title, '-', title)",
        "repeat(title, 20)",
        "lpad(title, 1000, ' ')",
        "replace(title, 'ward', 'room')",
        "split(title, ' ')[1]",
        "split(title, '\\\\s+')[0]",
        "split(title, '[.]')[0]",
        "size(split(title, ','))",
        "date_format(DATE'2020-01-01', 'EEE d MMM yyyy')",
        "to_date('2020-02-30', 'yyyy-MM-dd')",
        "title ILIKE 'WARD%'",
        "pi() * e()",
        "log(2, ward + 1)",
        "width_bucket(ward, 0, 10, 2)",
      })
  void usualOnes_areAnswered(String sql) {
    assertThat(port.sql("SELECT " + sql + " FROM wards").toString())
        .isEqualTo(port.plain("SELECT " + sql + " FROM wards").toString());
  }

  @Test
  void nestedShortTexts_areAnswered() {
    String trimmed = String.join("", Collections.nCopies(20, "trim(")) + "title" + ")".repeat(20);
    assertThat(port.sql("SELECT " + trimmed + " FROM wards")).hasSize(10);
  }

  private static void assertRefused(String sql, RefusalCode code) {
    assertThatThrownBy(() -> port.sql(sql))
        .isInstanceOfSatisfying(
            RefusedException.class, e -> assertThat(e.refusal().code()).isEqualTo(code));
  }
}
