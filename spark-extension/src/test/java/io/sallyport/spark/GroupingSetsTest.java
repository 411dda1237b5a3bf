package io.sallyport.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.List;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Totals over several groupings, and several rows of one, with noise. */
final class GroupingSetsTest {

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

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT sex AS a, team AS b, count(*) AS n, sum(age) AS s FROM %s GROUP BY ROLLUP(sex, team)",
        "SELECT sex AS a, team AS b, count(*) AS n, sum(age) AS s FROM %s GROUP BY CUBE(sex, team)",
        "SELECT sex AS a, grouping_id() AS b, count(*) AS n, sum(age) AS s FROM %s GROUP BY"
            + " GROUPING SETS ((sex), ())",
        "SELECT sex AS a, grouping(sex) AS b, count(*) AS n, sum(age) AS s FROM %s GROUP BY"
            + " ROLLUP(sex)",
        "SELECT n AS a, v %% 3 AS b, count(*) AS n, sum(v) AS s FROM (SELECT * FROM %s UNPIVOT (v"
            + " FOR n IN (age, team))) GROUP BY n, v %% 3",
        "SELECT sex AS a, x AS b, count(*) AS n, sum(age + x) AS s FROM (SELECT sex, age,"
            + " explode(array(1, 2)) AS x FROM %s) GROUP BY sex, x",
      })
  void totals_areWhatSparkComputes_withALoudBudget(String query) {
    String sorted = "SELECT * FROM (" + query + ") ORDER BY a, b";

    List<Row> exact = port.plain(sorted.formatted("raw_patients"));
    List<Row> answer = port.sql(sorted.formatted("loud.patients"));

    assertThat(answer).hasSameSizeAs(exact);
    for (int i = 0; i < exact.size(); i++) {
      assertThat(answer.get(i).get(0)).isEqualTo(exact.get(i).get(0));
      assertThat(answer.get(i).get(1)).isEqualTo(exact.get(i).get(1));
      assertThat(answer.get(i).getLong(2)).isCloseTo(exact.get(i).getLong(2), within(12L));
      assertThat((double) answer.get(i).getLong(3))
          .isCloseTo((double) exact.get(i).getLong(3), within(1200.0));
    }
  }

  @Test
  void eachGrouping_hasGroupsOfItsOwn_andTheTotalHasOne() {
    String words =
        port.explain("SELECT sex, team, count(*) FROM loud.few2 GROUP BY CUBE(sex, team)")
            .get(0)
            .obligation();

    assertThat(words).contains("at most 7 groups").contains("these are over all 4 groupings");
  }

  @Test
  void personsAsKeysOfSomeGroupings_areNotTaken_forEachsOwnRows() {
    List<Row> answer =
        port.sql("SELECT patient_id, count(*) AS n FROM loud.patients GROUP BY ROLLUP(patient_id)");

    assertThat(answer).extracting(row -> row.get(0)).containsOnlyNulls();
  }

  @Test
  void rowsThatAreThePeople_areNotRepeated() {
    assertThatThrownBy(() -> port.sql("SELECT ward, count(*) FROM loud.rows GROUP BY ROLLUP(ward)"))
        .isInstanceOf(RefusedException.class)
        .hasMessageContaining("repeat");
  }
}
