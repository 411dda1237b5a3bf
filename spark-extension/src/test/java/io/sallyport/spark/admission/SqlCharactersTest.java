package io.sallyport.spark.admission;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SqlCharactersTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT 1 AS `a\u202Eb`",
        "SELECT 1 AS `a\u001Bb`",
        "SELECT 1 AS `a\nb`",
        "SELECT 1 AS `a\u200Db`",
        "SELECT 1 AS a\u200Bb",
        "SELECT 1 -- \u2066 comment",
        "SELECT /* \u202E */ 1",
        "SELECT 'a\u202Eb' AS a",
        "SELECT 'a\\\u202Eb' AS a",
        "SELECT \"a\u0007b\" AS a",
        "SELECT 'it''s' AS `a\nb`",
        "SELECT 1 /* ` */ AS `a\nb`",
      })
  void characterThatIsNotSeen_orTurnsTheWriting_isRefused(String text) {
    assertThatThrownBy(() -> AdmitText.query(text))
        .hasMessageContaining("PARAM_INVALID")
        .hasMessageContaining("U+");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT\n\t1 AS a\r\n-- don't `stop\nWHERE true",
        "SELECT 'two\nlines', \"two\nlines\" AS a",
        "SELECT '\u062E\u0627\u0646\u0647\u200C\u0647\u0627' AS `\u062E\u0627\u0646\u0647`",
        "SELECT '\\u202E' AS a, 'it\\'s' AS b, '\uD83D\uDE00' AS c",
        "SELECT 1 /* it's\nfine */ AS `a``b`",
      })
  void whatPeopleWrite_isAdmitted(String text) {
    assertThatCode(() -> AdmitText.query(text)).doesNotThrowAnyException();
  }
}
