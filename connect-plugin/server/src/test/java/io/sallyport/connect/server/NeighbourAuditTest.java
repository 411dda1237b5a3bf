package io.sallyport.connect.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.sallyport.dp.audit.Audit;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleSupplier;
import java.util.stream.IntStream;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Audits from end to end: what a stock client is sent of a database and of the same without a
 * person is told apart no better than the epsilon that was charged allows. The lower bound on it is
 * that of {@link Audit}; on what spends all of its epsilon it comes so close that half of it, if it
 * were claimed, would be found out.
 */
@Governed
final class NeighbourAuditTest {

  private static final double EPSILON = 1;
  private static final String BY_CELL =
      "SELECT c.cell, %s AS v FROM cells c LEFT JOIN (SELECT * FROM pure_%%s WHERE x > -%%d) a ON"
          + " c.cell = a.cell GROUP BY c.cell";
  private static final String SELECTED =
      "SELECT cell, count(*) AS v FROM approximate_%s WHERE x > -%d GROUP BY cell";

  private final GovernedServer server;

  NeighbourAuditTest(GovernedServer server) {
    this.server = server;
  }

  @ParameterizedTest
  @CsvSource({"count(a.x), 0.5", "sum(a.x), 0.5", "avg(a.x), 0.1"})
  void answersOverPublicKeys_tellNeighboursApart_noBetterThanCharged(
      String aggregate, double atLeast) {
    audit(BY_CELL.formatted(aggregate), 0, atLeast, 8_000);
  }

  @ParameterizedTest
  @CsvSource({"count(a.x), 0.8", "sum(a.x), 0.8", "avg(a.x), 0.3"})
  @Tag("campaign")
  void answersOverPublicKeys_tellNeighboursApart_noBetterThanCharged_campaign(
      String aggregate, double atLeast) {
    audit(BY_CELL.formatted(aggregate), 0, atLeast, 160_000);
  }

  /** Which cells are shown tells of people too, and of delta. */
  @ParameterizedTest
  @CsvSource("8000, 0.1")
  void shownKeys_tellNeighboursApart_noBetterThanCharged(int samples, double atLeast) {
    audit(SELECTED, AuditedCells.DELTA, atLeast, samples);
  }

  @ParameterizedTest
  @CsvSource("160000, 0.3")
  @Tag("campaign")
  void shownKeys_tellNeighboursApart_noBetterThanCharged_campaign(int samples, double atLeast) {
    audit(SELECTED, AuditedCells.DELTA, atLeast, samples);
  }

  private void audit(String question, double delta, double atLeast, int samples) {
    SparkSession ada = server.session("ada");
    double bound =
        Audit.epsilon(
            new Draws(ada, question, "with"), new Draws(ada, question, "without"), delta, samples);
    assertThat(bound).as(question).isBetween(atLeast, EPSILON);
  }

  /** One number for each cell that is shown or not; when they are used up it asks anew. */
  private static final class Draws implements DoubleSupplier {

    private static final double NOT_SHOWN = -1e9;

    private final SparkSession session;
    private final String question;
    private final String database;
    private Iterator<Double> drawn = List.<Double>of().iterator();
    private int asked;

    Draws(SparkSession session, String question, String database) {
      this.session = session;
      this.question = question;
      this.database = database;
    }

    @Override
    public double getAsDouble() {
      if (!drawn.hasNext()) {
        drawn = ask();
      }
      return drawn.next();
    }

    /** Another condition, which all rows meet, makes it another question. */
    private Iterator<Double> ask() {
      asked++;
      Map<Integer, Double> shown = new HashMap<>();
      for (Row row : session.sql(question.formatted(database, asked)).collectAsList()) {
        shown.put(row.getInt(0), ((Number) row.get(1)).doubleValue());
      }
      return IntStream.range(0, AuditedCells.CELLS)
          .mapToObj(cell -> shown.getOrDefault(cell, NOT_SHOWN))
          .iterator();
    }
  }
}
