package io.sallyport.spark.release;

import io.sallyport.dp.loss.Delta;
import io.sallyport.dp.loss.Epsilon;
import io.sallyport.dp.sensitivity.ContributionBounds;
import io.sallyport.policy.decision.NoiseTerms;
import io.sallyport.spark.certificate.CertificateChecker;
import io.sallyport.spark.noise.Calibration;
import io.sallyport.spark.noise.NoisyPoint;
import io.sallyport.spark.scala.Scala;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;

/** A release as it is derived, to be broken in one place and put before the checker. */
record ForgedRelease(NoisePlan.Part part, CarriedPlan input, ExactQueries queries) {

  private static final NoiseTerms TERMS = new NoiseTerms(Epsilon.of("1"), Delta.of("1e-6"), 2, 2);

  static ForgedRelease of(NoisePlan.Part part, CarriedPlan input) {
    return new ForgedRelease(part, input, ExactQueries.of(part, input, 7));
  }

  static ForgedRelease of(NoisyPoint point, CarriedPlan input) {
    return of(NoisePlan.Part.of(point, TERMS, TERMS.epsilon(), Map.of()), input);
  }

  ForgedRelease with(Calibration calibration) {
    NoisePlan.Part other =
        new NoisePlan.Part(
            part.point(), part.terms(), part.cap(), calibration, part.minimums(), part.hash());
    return new ForgedRelease(other, input, queries);
  }

  ForgedRelease bounded(long groups, long rows) {
    Calibration real = part.calibration();
    ContributionBounds bounds = new ContributionBounds(groups, rows);
    NoisePlan.Part other =
        new NoisePlan.Part(
            part.point(),
            part.terms(),
            part.cap(),
            new Calibration(bounds, real.noise(), real.selection(), real.losses()),
            part.minimums(),
            part.hash());
    return new ForgedRelease(part, input, ExactQueries.of(other, input, 7));
  }

  ForgedRelease rewritten(UnaryOperator<LogicalPlan> rewrite) {
    return new ForgedRelease(
        part,
        input,
        new ExactQueries(
            Scala.rewriteUp(plan(), rewrite),
            queries.values().stream().map(value -> Scala.rewriteUp(value, rewrite)).toList()));
  }

  /** The query of what can be added up. */
  LogicalPlan plan() {
    return queries.sums();
  }

  void check() {
    CertificateChecker.check(Certifier.certificate(part, input, queries));
  }
}
