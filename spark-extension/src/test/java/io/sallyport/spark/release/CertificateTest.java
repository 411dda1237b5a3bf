package io.sallyport.spark.release;

import static org.assertj.core.api.Assertions.assertThat;

import io.sallyport.dp.loss.Delta;
import io.sallyport.dp.loss.Epsilon;
import io.sallyport.policy.decision.NoiseTerms;
import io.sallyport.policy.frame.FrameName;
import io.sallyport.spark.NoisyPlans;
import io.sallyport.spark.RefusedException;
import io.sallyport.spark.label.PlanLabels;
import io.sallyport.spark.label.ReleasePoint;
import io.sallyport.spark.noise.NoiseAssessment;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.apache.spark.sql.catalyst.plans.logical.Aggregate;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is answered with noise is certified, whatever is asked and on whatever terms. */
final class CertificateTest {

  private static final List<String> EPSILONS = List.of("0.01", "1", "100");
  private static final List<String> DELTAS = List.of("0", "1e-6", "1e-9");

  @RegisterExtension static final NoisyPlans plans = new NoisyPlans();

  @Test
  void randomQuestions_areCertified() {
    int certified = 0;
    for (long seed = 0; seed < 400; seed++) {
      certified += certified(new NoisyQuestions(seed).next(), seed) ? 1 : 0;
    }
    assertThat(certified).isGreaterThan(150);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT ward, count(*), avg(age) FROM loud.each GROUP BY ward",
        "SELECT sum(age) FROM loud.each",
        "SELECT count(*) FROM loud.each e LEFT SEMI JOIN loud.stays s ON e.patient_id = s.patient_id",
        "SELECT d, count(*) FROM (SELECT patient_id, max(days) AS d FROM loud.stays GROUP BY"
            + " patient_id) GROUP BY d",
        "SELECT days FROM loud.stays GROUP BY days",
        "SELECT count(*) FROM loud.patients p JOIN (SELECT ward, avg(age) AS a FROM loud.patients"
            + " GROUP BY ward) w ON p.ward = w.ward AND p.age > w.a",
        "SELECT count(*) FROM loud.patients WHERE age BETWEEN 3 AND 40",
        "SELECT count(*) FROM (SELECT patient_id, avg(age) AS a FROM (SELECT patient_id, age FROM"
            + " loud.patients UNION ALL SELECT patient_id, days FROM loud.stays) GROUP BY"
            + " patient_id) WHERE a > 3",
        "SELECT count(*) FROM loud.patients p LEFT JOIN (SELECT patient_id, count(*) AS n FROM"
            + " loud.stays GROUP BY patient_id) s ON p.patient_id = s.patient_id WHERE n > 1",
        "SELECT unit_of_care, stay_id % 3, count(*) FROM loud.stays GROUP BY ROLLUP(unit_of_care,"
            + " stay_id % 3)",
        "SELECT days, unit_of_care, sum(days) FROM loud.stays GROUP BY CUBE(days, unit_of_care)",
        "SELECT unit_of_care, median(days), count(DISTINCT stay_id), max(days) FROM loud.stays"
            + " GROUP BY unit_of_care",
        "SELECT median(age), count(*) FROM loud.each",
        "SELECT count(*) FROM (SELECT patient_id, explode(array(1, 4)) AS d FROM"
            + " loud.stays) WHERE d > 3",
        "SELECT x, count(*) FROM loud.patients UNPIVOT (x FOR n IN (age, team)) GROUP BY x",
        "SELECT count(*) FROM (SELECT patient_id, row_number() OVER (PARTITION BY patient_id ORDER"
            + " BY days) AS r FROM loud.stays) WHERE r = 1",
        "SELECT r, count(*) FROM (SELECT patient_id, dense_rank() OVER (PARTITION BY patient_id"
            + " ORDER BY days) AS r FROM loud.stays) GROUP BY r",
        "SELECT ward, unit_of_care, count(*), sum(days) FROM loud.patients p FULL JOIN loud.stays s"
            + " USING (patient_id) GROUP BY ward, unit_of_care",
        "SELECT sum(least(greatest(n, 0), 5)) FROM (SELECT coalesce(a.patient_id, b.patient_id) AS"
            + " who, count(*) AS n FROM loud.patients a FULL OUTER JOIN loud.stays b ON"
            + " a.patient_id = b.patient_id GROUP BY coalesce(a.patient_id, b.patient_id))",
        "SELECT count(*) FROM loud.patients WHERE age > (SELECT avg(age) FROM loud.patients)",
        "SELECT ward, count(*) FROM loud.each WHERE age > (SELECT avg(age) FROM loud.each) GROUP BY"
            + " ward",
        "SELECT unit_of_care, histogram_numeric(days, 5) FROM loud.stays GROUP BY unit_of_care",
        "SELECT w.ward, count(*), sum(p.cost) FROM wards w LEFT JOIN loud.patients p ON p.ward ="
            + " w.ward GROUP BY w.ward",
        "SELECT count(*) FROM (SELECT coalesce(a.patient_id, b.patient_id) AS who, days FROM"
            + " loud.patients a FULL OUTER JOIN loud.stays b ON a.patient_id = b.patient_id) x LEFT"
            + " SEMI JOIN loud.few c ON x.who = c.patient_id",
      })
  void questionsOfEachKind_areCertified(String question) {
    for (long seed = 0; seed < 12; seed++) {
      boolean certified = certified(question, seed);
      assertThat(certified || seed % 3 == 0).as("%s on terms %d", question, seed).isTrue();
    }
  }

  /** Functions that stand for others, or bring operands of a kind of their own. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "count_if(days > 2)",
        "regr_count(days, stay_id)",
        "regr_avgx(days, stay_id)",
        "regr_avgy(days, stay_id)",
        "regr_r2(days, stay_id)",
        "regr_sxx(days, stay_id)",
        "regr_sxy(days, stay_id)",
        "regr_syy(days, stay_id)",
        "regr_slope(days, stay_id)",
        "regr_intercept(days, stay_id)",
        "stddev_samp(days)",
        "variance(days)",
        "corr(days, stay_id)",
        "covar_samp(days, stay_id)",
        "count(DISTINCT days)",
        "max(upper(substring(trim(lower(left(CAST(days AS STRING), 3))), 1, 2)))",
        "max(nvl(days, 4))",
        "max(coalesce(CASE WHEN days BETWEEN 1 AND 3 THEN 1 END, if(days IN (1, 2), 2, 3)))",
        "max(round(sqrt(exp(ln(log10(power(abs(-days), 2)))) + ceil(days) - floor(days)), 1))",
        "max(year(admitted) + quarter(admitted) + month(admitted) + day(admitted))",
        "max(dayofweek(admitted) + datediff(admitted, DATE'2020-01-01'))",
        "max(trunc(admitted, 'MM'))",
        "max(date_trunc('HOUR', admitted))",
        "max(hour(date_trunc('HOUR', admitted)))",
        "max(startswith(CAST(days AS STRING), '1') OR contains(CAST(days AS STRING), '2'))",
        "sum(days % 3 + days div 2 + pmod(days, 4) + least(days, 3) + greatest(days, 4))",
      })
  void functionsWithinAPersonsRows_areCertified(String function) {
    String rows =
        "(SELECT *, CASE WHEN days > 3 THEN DATE'2020-02-03' END AS admitted FROM loud.stays)";
    String question =
        "SELECT count(*) FROM (SELECT patient_id, %s AS f FROM %s GROUP BY patient_id) WHERE f IS"
            + " NOT NULL";
    assertThat(certified(question.formatted(function, rows), 1)).isTrue();
  }

  /** Whether a question could be answered with noise; throws when that is not certified. */
  private static boolean certified(String question, long seed) {
    LogicalPlan plan = plans.admitted(question);
    List<ReleasePoint> points = PlanLabels.of(plan).releasePoints();
    Set<Aggregate> aggregates = Collections.newSetFromMap(new IdentityHashMap<>());
    points.forEach(point -> aggregates.add(point.aggregate()));
    boolean any = false;
    for (ReleasePoint point : points) {
      Optional<NoisePlan.Part> part = part(point, seed);
      if (part.isPresent()) {
        Certifier.requireBeforeCharge(part.get(), aggregates);
        any = true;
      }
    }
    return any;
  }

  private static Optional<NoisePlan.Part> part(ReleasePoint point, long seed) {
    Random random = new Random(seed);
    NoiseTerms terms =
        new NoiseTerms(
            Epsilon.of(EPSILONS.get(random.nextInt(3))),
            Delta.of(DELTAS.get((int) (seed % 3))),
            1 + random.nextInt(9),
            1 + random.nextInt(5));
    Map<FrameName, Long> minimums =
        random.nextBoolean()
            ? Map.of()
            : Map.of(point.rows().governed().iterator().next(), (long) random.nextInt(40));
    try {
      return NoiseAssessment.of(point)
          .noisy()
          .map(noisy -> NoisePlan.Part.of(noisy, terms, terms.epsilon(), minimums));
    } catch (RefusedException noDelta) {
      return Optional.empty();
    }
  }
}
