package io.sallyport.spark;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is left out cannot be computed from what is shown in the same answer. */
final class SuppressionTest {

  @TempDir static Path directory;
  private static Port port;

  @BeforeAll
  static void open() {
    port = Port.openInterpreting(directory, Map.of());
  }

  @AfterAll
  static void close() {
    port.close();
  }

  @Test
  void personInManySmallGroups_countsOnceAmongWhatIsLeftOut() {
    // One person is alone in each of twelve small groups: together they are still one.
    Set<Integer> shown =
        port.sql("SELECT days, count(*) FROM few_stays GROUP BY days ORDER BY 1").stream()
            .map(row -> row.getInt(0))
            .collect(Collectors.toSet());
    long left =
        port.plain(
                "SELECT count(DISTINCT patient_id) FROM raw_few WHERE days NOT IN (-1"
                    + shown.stream().map(d -> ", " + d).collect(Collectors.joining())
                    + ")")
            .get(0)
            .getLong(0);
    assertThat(shown).isNotEmpty();
    assertThat(left).isGreaterThanOrEqualTo(10);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT ward, CAST(NULL AS STRING) AS sex, count(*) AS n FROM thinned GROUP BY ward"
            + " UNION ALL SELECT ward, sex, count(*) FROM thinned GROUP BY ward, sex",
        "SELECT ward, sex, count(*) AS n FROM thinned GROUP BY ward, sex"
            + " UNION ALL SELECT ward, NULL, count(*) FROM thinned GROUP BY ward",
        "SELECT NULL AS ward, NULL AS sex, count(*) AS n FROM thinned UNION ALL"
            + " SELECT ward, sex, count(*) FROM thinned GROUP BY ward, sex UNION ALL"
            + " SELECT ward, NULL, count(*) FROM thinned GROUP BY ward",
        "SELECT a.ward, b.sex, b.n FROM (SELECT ward, count(*) AS n FROM thinned GROUP BY ward) a"
            + " JOIN (SELECT ward, sex, count(*) AS n FROM thinned GROUP BY ward, sex) b"
            + " ON a.ward = b.ward UNION ALL SELECT ward, NULL, count(*) FROM thinned GROUP BY ward"
      })
  void totalsAndParts_inOnePlan_leaveNoRestOfFewerThanK(String sql) {
    Map<String, Long> shown = new HashMap<>();
    for (Row row : port.sql(sql)) {
      shown.put(row.isNullAt(0) ? "" : row.getInt(0) + ":" + row.get(1), row.getLong(2));
    }
    Set<Integer> wards = new HashSet<>(List.of(0, 1, 2, 3, 9));
    long leftOut = 0;
    for (int ward : wards) {
      Long total = shown.get(ward + ":null");
      long parts = 0;
      for (String sex : List.of("F", "M")) {
        assertThat(total != null || !shown.containsKey(ward + ":" + sex))
            .as("a part without its total: %s", shown)
            .isTrue();
        parts += shown.getOrDefault(ward + ":" + sex, 0L);
      }
      if (total != null) {
        assertThat(total - parts).satisfiesAnyOf(SuppressionTest::isNone, SuppressionTest::isMany);
      } else {
        leftOut +=
            port.plain("SELECT count(*) FROM raw_patients WHERE ward = " + ward).get(0).getLong(0);
      }
    }
    assertThat(leftOut).isGreaterThanOrEqualTo(10);
    assertThat(shown).containsKeys("2:null", "3:null").doesNotContainKey("9:null");
  }

  @Test
  void nestedTotals_withoutSmallGroups_areAllShown() {
    assertThat(
            port.sql(
                "SELECT sex, NULL AS t, count(*) FROM thinned GROUP BY sex UNION ALL"
                    + " SELECT sex, team % 2, count(*) FROM thinned GROUP BY sex, team % 2"))
        .hasSize(4);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        // margins that cross, or are of different rows, or of what another release point decided
        "SELECT ward AS k, count(*) FROM thinned GROUP BY ward UNION ALL"
            + " SELECT 100 + CAST(sex = 'F' AS INT), count(*) FROM thinned GROUP BY"
            + " CAST(sex = 'F' AS INT)",
        "SELECT ward AS k, count(*) FROM thinned GROUP BY ward UNION ALL"
            + " SELECT 100 + ward, count(*) FROM thinned WHERE age > 40 GROUP BY ward",
        "SELECT ward AS k, count(*) FROM thinned GROUP BY ward UNION ALL"
            + " SELECT 100 + t.ward, count(*) FROM thinned t JOIN"
            + " (SELECT ward, count(*) AS n FROM thinned GROUP BY ward) w ON t.ward = w.ward"
            + " GROUP BY t.ward"
      })
  void otherAggregates_inOnePlan_leaveOutEnoughPeopleToo(String sql) {
    List<Row> rows = port.sql(sql);
    long shown = rows.stream().filter(r -> r.getInt(0) < 100).mapToLong(r -> r.getLong(1)).sum();
    assertThat(200 - shown).isGreaterThanOrEqualTo(10);
    assertThat(rows).extracting(row -> row.getInt(0)).doesNotContain(9, 109);
  }

  @Test
  void otherAggregates_withoutSmallGroups_areShownTogether() {
    assertThat(
            port.sql(
                "SELECT sex AS k, count(*) FROM thinned GROUP BY sex UNION ALL"
                    + " SELECT CAST(team % 2 AS STRING), count(*) FROM thinned GROUP BY team % 2"))
        .hasSize(4);
  }

  @Test
  void aggregatesOfDifferentFrames_areIndependent() {
    assertThat(
            port.sql(
                "SELECT ward, count(*) FROM thinned GROUP BY ward UNION ALL"
                    + " SELECT unit_of_care, count(*) FROM stays GROUP BY unit_of_care"))
        .hasSize(7);
  }

  @Test
  void groupLeftOutForDominance_isCoveredByARestThatNobodyDominates() {
    // 'income' is one person's of team 5 for the most part; 'skewed' of one person in each team
    List<Row> rows =
        port.sql("SELECT team, sum(skewed) FROM shares_thinned GROUP BY team ORDER BY team");
    assertThat(rows).isNotEmpty().extracting(row -> row.getInt(0)).doesNotContain(5);
    String shown = rows.stream().map(row -> "" + row.getInt(0)).collect(Collectors.joining(", "));
    Row rest =
        port.plain(
                "SELECT sum(skewed), max(skewed), sum(skewed) FILTER (WHERE r = 2) FROM"
                    + " (SELECT *, row_number() OVER (ORDER BY skewed DESC) AS r FROM raw_patients"
                    + " WHERE team NOT IN ("
                    + shown
                    + "))")
            .get(0);
    assertThat(rest.getDouble(0) - rest.getDouble(1) - rest.getDouble(2))
        .isGreaterThanOrEqualTo(0.1 * rest.getDouble(1));
  }

  private static void isNone(long number) {
    assertThat(number).isZero();
  }

  private static void isMany(long number) {
    assertThat(number).isGreaterThanOrEqualTo(10);
  }
}
