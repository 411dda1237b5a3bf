package io.sallyport.spark.admission;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sallyport.policy.decision.RefusalCode;
import io.sallyport.spark.RefusedException;
import java.time.Duration;
import java.util.Collections;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Texts that cost the parser more than their bytes are refused before it sees them. */
final class TextBoundsTest {

  private static final Duration AT_ONCE = Duration.ofSeconds(5);

  @BeforeAll
  static void loadParser() {
    AdmitText.query("SELECT 1");
  }

  private static Named<String> text(String name, String text) {
    return Named.of(name, text);
  }

  static Stream<Named<String>> costly() {
    String chain = String.join(" ", Collections.nCopies(10_000, "1 +"));
    return Stream.of(
        text("parentheses", "SELECT " + "(".repeat(20_000) + "true" + ")".repeat(20_000)),
        text("open parentheses", "SELECT " + "(".repeat(20_000)),
        text("brackets", "SELECT a" + "[a".repeat(5_000) + "]".repeat(5_000)),
        text("functions", "SELECT " + "abs(".repeat(200) + "1" + ")".repeat(200)),
        text("cases", "SELECT " + "CASE WHEN true THEN ".repeat(500) + "1" + " END".repeat(500)),
        text("subqueries", "SELECT * FROM (".repeat(200) + "SELECT 1" + ")".repeat(200)),
        text("types", "SELECT CAST(1 AS " + "ARRAY<".repeat(300) + "INT" + ">".repeat(300) + ")"),
        text("sums", "SELECT " + chain + " 1"),
        text("sums within a run", "SELECT " + "1 + ".repeat(BuiltSize.DEPTH) + "1"),
        text("unions within a run", "SELECT 1" + " UNION ALL SELECT 1".repeat(BuiltSize.DEPTH)),
        text("methods", "SELECT a" + "[1]".repeat(BuiltSize.DEPTH)),
        text("signs", "SELECT " + "- ".repeat(5_000) + "1"),
        text("negations", "SELECT " + "NOT ".repeat(5_000) + "true"),
        text("unions", "SELECT 1" + " UNION ALL SELECT 1".repeat(1_500)),
        text("joins", "SELECT 1 FROM a" + " JOIN a".repeat(3_000)),
        text("columns", "SELECT " + "1,".repeat(5_000) + "1"),
        text("entries", "SELECT 1 IN (" + "1,".repeat(3_000) + "1)"),
        text("cube", "SELECT 1 GROUP BY CUBE(" + names(24) + ")"),
        text("cube inside", "SELECT 1 GROUP BY GROUPING SETS (CUBE(" + names(24) + "))"),
        text("cubes", "SELECT 1 GROUP BY GROUPING SETS (" + cubes(8) + ")"),
        text("rollups", "SELECT 1 GROUP BY GROUPING SETS (" + rollups(3) + ")"),
        text(
            "wide cube",
            "SELECT 1 GROUP BY GROUPING SETS (CUBE(("
                + names(40)
                + "), a, b, c, d, e, f, g, h, i))"),
        text("open quotes", "SELECT " + "'\\".repeat(30_000)),
        text("open comments", "SELECT 1 " + "/*".repeat(20_000)),
        text("tokens", "SELECT " + "a.b.c[1], ".repeat(6_000) + "1"));
  }

  private static String cubes(int count) {
    return String.join(", ", Collections.nCopies(count, "CUBE(a, b, c, d, e, f, g, h, i, j)"));
  }

  private static String rollups(int count) {
    return String.join(", ", Collections.nCopies(count, "ROLLUP(" + names(150) + ")"));
  }

  private static String names(int count) {
    return IntStream.range(0, count).mapToObj(i -> "x + " + i).collect(Collectors.joining(", "));
  }

  @ParameterizedTest
  @MethodSource("costly")
  void query_thatIsCostlyToParse_isRefusedAtOnce(String text) {
    RefusedException refused =
        Assertions.assertTimeoutPreemptively(
            AT_ONCE,
            () -> Assertions.assertThrows(RefusedException.class, () -> AdmitText.query(text)));
    assertThat(refused.refusal().code()).isEqualTo(RefusalCode.LIMIT_EXCEEDED);
  }

  @Test
  void expression_thatIsCostlyToParse_isRefused() {
    assertThatThrownBy(() -> AdmitText.expression("(".repeat(20_000) + "a" + ")".repeat(20_000)))
        .hasMessageContaining("LIMIT_EXCEEDED")
        .hasMessageContaining("more than 100 parentheses inside each other (sql-nesting)");
  }

  static Stream<Named<String>> usual() {
    String conditions =
        IntStream.range(0, 300).mapToObj(i -> "a = " + i).collect(Collectors.joining(" OR "));
    return Stream.of(
        text("nested", "SELECT " + "(".repeat(40) + "true" + ")".repeat(40)),
        text("conditions", "SELECT count(*) FROM t WHERE " + conditions),
        text("sums", "SELECT a" + " + 1".repeat(BuiltSize.DEPTH - 10) + " FROM t"),
        text("entries", "SELECT count(*) FROM t WHERE a IN (" + "1,".repeat(900) + "1)"),
        text("cube", "SELECT count(*) FROM t GROUP BY CUBE(a, b, c, d)"),
        text("rollup", "SELECT count(*) FROM t GROUP BY ROLLUP(a, b, c, d, e), CUBE(f, g)"),
        text("case", "SELECT sum(CASE WHEN a > 1 THEN 1 ELSE 0 END), b FROM t GROUP BY b"),
        text("shifts", "SELECT a >> 2, a < 3, b > c FROM t"),
        text("comments", "SELECT /* a */ 1 /* b /* c */ */ -- d"),
        text(
            "tables",
            "WITH u AS (SELECT a, count(*) AS n FROM t GROUP BY a) SELECT * FROM u JOIN t USING (a)"));
  }

  @ParameterizedTest
  @MethodSource("usual")
  void query_asPeopleWriteThem_isParsed(String text) {
    assertThatCode(() -> AdmitText.query(text)).doesNotThrowAnyException();
  }

  /** Whatever the bounds let through is parsed within the step count, caches empty or not. */
  @Test
  void query_thatIsJustWithinBounds_endsSoon() {
    String nest = "(".repeat(95) + "a" + ")".repeat(95);
    String many = String.join(" + ", Collections.nCopies(60, nest));
    Assertions.assertTimeoutPreemptively(
        Duration.ofSeconds(60),
        () -> {
          try {
            AdmitText.query("SELECT " + many + " FROM t");
          } catch (RefusedException e) {
            assertThat(e.refusal().code()).isEqualTo(RefusalCode.LIMIT_EXCEEDED);
          }
        });
  }
}
