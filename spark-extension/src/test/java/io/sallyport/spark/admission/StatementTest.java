package io.sallyport.spark.admission;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StatementTest {

  @Test
  void views_haveTheirQuerysOwnText() {
    assertThat(
            AdmitText.statement(
                "-- mine\n /* it's */ create or replace temp view `My V` as\n SELECT 'a;b' AS x ;"))
        .contains(new Statement.Create(List.of("My V"), "SELECT 'a;b' AS x", true));
    assertThat(
            AdmitText.statement("CREATE TEMPORARY VIEW v AS WITH a AS (SELECT 1) SELECT * FROM a"))
        .contains(
            new Statement.Create(List.of("v"), "WITH a AS (SELECT 1) SELECT * FROM a", false));
    assertThat(AdmitText.statement("DROP VIEW IF EXISTS a.b"))
        .contains(new Statement.Drop(List.of("a", "b"), true));
  }

  @Test
  void settings_haveAKey() {
    assertThat(AdmitText.statement("SET spark.x = 1"))
        .contains(new Statement.Set("spark.x", Optional.of("1")));
    assertThat(AdmitText.statement("set spark.x"))
        .contains(new Statement.Set("spark.x", Optional.empty()));
    assertThat(AdmitText.statement("RESET spark.x")).contains(new Statement.Reset("spark.x"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT 1",
        "CREATE TABLE t AS SELECT 1",
        "DROP TABLE t",
        "SETTINGS",
        "",
        "/* CREATE VIEW",
        "EXPLAIN PRIVACY SELECT 1"
      })
  void whateverElse_isNone(String text) {
    assertThat(AdmitText.statement(text)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "CREATE VIEW v AS SELECT 1 AS x",
        "CREATE GLOBAL TEMPORARY VIEW v AS SELECT 1 AS x",
        "CREATE TEMPORARY VIEW v (y) AS SELECT 1 AS x",
        "CREATE TEMPORARY VIEW v COMMENT 'c' AS SELECT 1 AS x",
        "CREATE TEMPORARY VIEW v TBLPROPERTIES ('a' = 'b') AS SELECT 1 AS x",
        "CREATE TEMPORARY VIEW v USING csv OPTIONS (path '/x')"
      })
  void viewsThatAreMoreThanANameOfTheSession_areRefused(String text) {
    assertThatThrownBy(() -> AdmitText.statement(text))
        .hasMessageContaining("COMMAND_NOT_ALLOWED")
        .hasMessageContaining("CREATE OR REPLACE TEMPORARY VIEW");
  }

  @ParameterizedTest
  @ValueSource(strings = {"SET", "RESET"})
  void settingsOfEverything_areRefused(String text) {
    assertThatThrownBy(() -> AdmitText.statement(text)).hasMessageContaining("CONF_NOT_ALLOWED");
  }
}
