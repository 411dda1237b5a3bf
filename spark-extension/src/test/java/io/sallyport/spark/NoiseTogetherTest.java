package io.sallyport.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sallyport.spark.answer.Explanation;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Frames with different rules in one answer, and rules that ask for people and for noise. */
final class NoiseTogetherTest {

  @TempDir static Path directory;
  private static Port port;

  @BeforeAll
  static void open() {
    port = Port.openInterpreting(directory, policies());
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

  private static Map<String, String> policies() {
    Map<String, String> keys = new HashMap<>();
    keys.put("spark.sallyport.budget.mixed.epsilon", "1000000");
    keys.put("spark.sallyport.budget.mixed.delta", "0.01");
    frame(keys, "mixed.noisy", "dp(epsilon = 100, delta = 0.001)");
    frame(keys, "mixed.exact", "aggregation(10)");
    frame(keys, "mixed.even", "aggregation(10, dominance = p(10))");
    frame(keys, "mixed.either", "any(aggregation(10), dp(epsilon = 0.5))");
    frame(keys, "mixed.open", "true");
    return keys;
  }

  private static void frame(Map<String, String> keys, String name, String rule) {
    String prefix = "spark.sallyport.frame." + name + ".";
    keys.put(prefix + "path", directory.resolve("patients").toString());
    keys.put(prefix + "format", "parquet");
    keys.put(prefix + "privacy-unit", "patient_id");
    keys.put(prefix + "unit-space", "mixed");
    keys.put(prefix + "unique-unit", "true");
    keys.put(prefix + "approval", "false");
    keys.put(prefix + "automatic", rule);
    keys.put(prefix + "column.cost.lower", "0");
    keys.put(prefix + "column.cost.upper", "400");
  }

  private static String joined(String frame, String function) {
    return "SELECT %s FROM mixed.noisy n JOIN %s e ON n.patient_id = e.patient_id AND n.ward = 9"
        .formatted(function, frame);
  }

  @ParameterizedTest
  @ValueSource(strings = {"mixed.exact", "mixed.even"})
  void exactFrame_isNotAnsweredWithNoise_becauseOfAnother(String frame) {
    for (String function : List.of("count(*)", "sum(e.cost)")) {
      String query = joined(frame, function);

      assertThatThrownBy(() -> port.sql(query))
          .isInstanceOf(RefusedException.class)
          .hasMessageContaining("AGG_NOT_ALLOWED")
          .hasMessageContaining("of frame " + frame + " without noise only")
          .hasMessageContaining("of frame mixed.noisy with noise only")
          .hasMessageContaining("whose results may be joined");
      assertThat(port.explain(query))
          .extracting(Explanation::frame, Explanation::verdict, Explanation::code)
          .containsExactlyInAnyOrder(
              org.assertj.core.groups.Tuple.tuple(frame, "REFUSE", "AGG_NOT_ALLOWED"),
              org.assertj.core.groups.Tuple.tuple("mixed.noisy", "REFUSE", "AGG_NOT_ALLOWED"));
    }
  }

  @Test
  void frameThatMayBeNoisy_setsItsOwnCap() {
    List<Explanation> lines = port.explain(joined("mixed.either", "count(*)"));

    assertThat(lines).hasSize(2);
    assertThat(lines)
        .allSatisfy(
            line -> {
              assertThat(line.verdict()).isEqualTo("RELEASE");
              assertThat(line.obligation()).contains("price: epsilon 0.5");
            });
  }

  @Test
  void frameWhoseRuleHoldsAnyway_goesEitherWay() {
    Row row = port.sql(joined("mixed.open", "count(*)")).get(0);

    assertThat(row.getLong(0)).as("three people, and little noise").isBetween(0L, 6L);
    assertThat(port.explain(joined("mixed.open", "count(*)")))
        .extracting(Explanation::verdict)
        .containsOnly("RELEASE");
  }

  @Test
  void framesThatAreBothExact_areAnsweredExactly() {
    String query =
        "SELECT count(*) FROM mixed.either n JOIN mixed.exact e ON n.patient_id = e.patient_id";

    assertThat(port.sql(query).get(0).getLong(0))
        .isEqualTo(port.plain("SELECT count(*) FROM raw_patients").get(0).getLong(0));
    assertThatThrownBy(() -> port.sql(query + " AND n.ward = 9"))
        .hasMessageContaining("SMALL_GROUP");
  }

  /** What is refused in one aggregate passes as two: the remedy is one. */
  @Test
  void oneAggregateForEach_passes() {
    assertThat(
            port.sql(
                "SELECT * FROM (SELECT count(*) AS n FROM mixed.noisy), (SELECT count(*) AS e FROM"
                    + " mixed.exact)"))
        .hasSize(1);
  }
}
