package io.sallyport.spark.admission;

import static org.assertj.core.api.Assertions.assertThat;

import io.sallyport.spark.PinnedConfs;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.spark.SparkConf;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.InSet;
import org.apache.spark.sql.classic.SparkSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * No admitted expression raises an error on a row: each is driven at the ends of every type that it
 * takes, in the form in which it is let run. Whether a question fails would otherwise tell,
 * exactly, whether somebody has such a value.
 */
final class EveryEndTest {

  /** What only Spark's optimizer makes. */
  private static final Set<Class<? extends Expression>> MADE_LATER = Set.of(InSet.class);

  /** Of so many expressions one is compiled too. */
  private static final int COMPILED = 97;

  private static SparkSession session;
  private static Drive drive;

  @BeforeAll
  static void driveAll() {
    SparkConf conf =
        new SparkConf()
            .setMaster("local[2]")
            .setAppName("ends")
            .set("spark.ui.enabled", "false")
            .set("spark.sql.shuffle.partitions", "1")
            .set("spark.sql.adaptive.enabled", "false")
            .set("spark.sql.codegen.wholeStage", "false")
            .set("spark.sql.codegen.factoryMode", "NO_CODEGEN");
    PinnedConfs.values().forEach(conf::set);
    session = new SparkSession.Builder().config(conf).getOrCreate();
    drive = new Drive(session);
    values();
    queries();
  }

  @AfterAll
  static void stop() {
    session.stop();
    SparkSession.clearActiveSession();
    SparkSession.clearDefaultSession();
  }

  private static void values() {
    int turn = 0;
    for (Ends.Column a : Ends.all()) {
      int at = turn++;
      drive.values(Drivers.OF_ONE, a, a, i -> (i + at) % COMPILED == 0);
      drive.values(Drivers.OF_RESULTS, a, a, i -> false);
      for (Ends.Column b : Ends.all().stream().filter(a::meets).toList()) {
        int then = turn++;
        drive.values(Drivers.OF_TWO, a, b, i -> (i + then) % COMPILED == 0);
      }
    }
  }

  private static void queries() {
    List<Ends.Column> all = Ends.all();
    drive.query(Drivers.AGGREGATES, "", all);
    drive.query(Drivers.AGGREGATES, "GROUP BY string_a, string_b", all);
    drive.query(Drivers.DISTINCT, "", all);
    drive.query(Drivers.WINDOWS, "", all);
    for (String rows : Drivers.ROWS) {
      drive.query(List.of(rows), "", Ends.named("array"));
    }
    List<Ends.Column> few = new ArrayList<>(Ends.named("int"));
    few.addAll(Ends.named("string"));
    Drivers.PIVOTS.forEach(pivot -> drive.query(List.of("*"), pivot, few));
    drive.query(Drivers.GROUPINGS, "GROUP BY ROLLUP($a)", Ends.named("double"));
  }

  @Test
  void everyAdmittedExpression_isDriven() {
    Set<Class<?>> missing = new HashSet<>(AdmittedExpressions.analysed());
    missing.removeAll(drive.driven());
    missing.removeAll(MADE_LATER);
    assertThat(missing).isEmpty();
    assertThat(drive.values()).isGreaterThan(100_000);
  }

  @Test
  void everyAdmittedExpression_atTheEndsOfItsTypes_hasAValueOrNull() {
    assertThat(drive.failed()).isEmpty();
  }

  @Test
  void everyAdmittedExpression_hasTheValueThatItHadAsItWasWritten() {
    assertThat(drive.changed()).isEmpty();
  }

  /** The twins: as they were written, these fail, and the drive finds it. */
  @Test
  void expressionsThatFail_withoutTheirTryForm_areFound() {
    assertThat(drive.failedAsWritten())
        .contains(
            "-decimal_38_0",
            "abs(decimal_38_18)",
            "greatest(string, text_lcase)",
            "date_trunc('year', timestamp)",
            "CAST(date AS TIMESTAMP)");
  }
}
