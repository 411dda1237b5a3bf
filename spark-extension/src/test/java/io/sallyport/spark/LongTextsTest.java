package io.sallyport.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sallyport.policy.decision.RefusalCode;
import java.nio.file.Path;
import java.util.Collections;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.spark.sql.RowFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
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
        "split(title, '(?=a)b')[0]|PARAM_INVALID",
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
        "length(concat_ws(repeat(repeat('x', 1000), 600), title, title))|LIMIT_EXCEEDED",
        "length(concat_ws(repeat(title, 30), title, title, title))|LIMIT_EXCEEDED",
        "contains(repeat(title, 20), repeat(title, 10))|LIMIT_EXCEEDED",
        "instr(lpad(title, 9000, 'a'), lpad(title, 9000, 'a'))|LIMIT_EXCEEDED",
        "locate(repeat(title, 10), repeat(title, 20))|LIMIT_EXCEEDED",
        "length(substring_index(lpad(title, 9000, 'a'), lpad(title, 900, 'a'), 1))|LIMIT_EXCEEDED",
        "trim(BOTH repeat(title, 10) FROM repeat(title, 20))|LIMIT_EXCEEDED",
        "title RLIKE '(?=a)b'|PARAM_INVALID"
      })
  void textsAndPatterns_thatNobodyCanBound_areRefused(String sql, RefusalCode code) {
    assertRefused("SELECT " + sql + " FROM wards", code);
  }

  @Test
  void rowsOfManyLongTexts_areRefused() {
    String constants = "WITH t AS (SELECT repeat(repeat('a', 1000), 600) AS c) SELECT ";
    String stored = "SELECT ";
    String columns =
        IntStream.range(0, 300).mapToObj(i -> "c AS c" + i).collect(Collectors.joining(", "));
    assertRefused(constants + columns + " FROM t", RefusalCode.LIMIT_EXCEEDED);
    assertRefused(
        stored + columns + " FROM (SELECT repeat(title, 10) AS c FROM wards)",
        RefusalCode.LIMIT_EXCEEDED);
    String few = columns.replaceAll(", c AS c[1-9][0-9][0-9]", "");
    assertThat(port.sql(stored + few + " FROM (SELECT title AS c FROM wards)")).hasSize(10);
    String computed = few.replace("c AS", "upper(trim(c)) AS");
    assertThat(port.sql(stored + computed + " FROM (SELECT title AS c FROM wards)")).hasSize(10);
  }

  @Test
  @Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
  void like_takesTimeAsTheTextIsLong() {
    String text = "lpad(title, 5000, 'a')";
    assertThat(
            port.sql(
                "SELECT count(*) FROM wards WHERE %s LIKE '%%a%%a%%~' OR %s ILIKE '%%A%%A%%~'"
                    .formatted(text, text)))
        .containsExactly(RowFactory.create(0L));
    assertThat(port.sql("SELECT c LIKE '%a%a%b' FROM (SELECT repeat(repeat('a', 1000), 600) AS c)"))
        .containsExactly(RowFactory.create(false));
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
        "title LIKE '%a%d%'",
        "title LIKE '_ard%_'",
        "title LIKE 'W%r%1'",
        "title LIKE '%!%%' ESCAPE '!'",
        "title ILIKE '%A_D%'",
        "contains(title, title)",
        "instr(concat(title, ' ', title), title)",
        "replace(lpad(title, 5000, 'a'), 'a', '')",
        "concat_ws(', ', title, title, title)",
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
