package io.sallyport.spark.release;

import io.sallyport.dp.loss.Delta;
import io.sallyport.dp.loss.Epsilon;
import io.sallyport.dp.sensitivity.ContributionBounds;
import io.sallyport.policy.decision.NoiseTerms;
import io.sallyport.spark.certificate.CertificateChecker;
import io.sallyport.spark.noise.BoundedQuery;
import io.sallyport.spark.noise.Calibration;
import io.sallyport.spark.noise.NoisyPoint;
import io.sallyport.spark.scala.Scala;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;

/** A release as it is derived, to be broken in one place and put before the checker. */
record ForgedRelease(NoisePlan.Part part, CarriedPlan input, LogicalPlan plan) {

  private static final NoiseTerms TERMS = new NoiseTerms(Epsilon.of("1"), Delta.of("1e-6"), 2, 2);

  static ForgedRelease of(NoisePlan.Part part, CarriedPlan input) {
    BoundedQuery query = new BoundedQuery(part.point(), part.calibration().bounds(), 7);
    return new ForgedRelease(part, input, query.plan(input.plan(), input.units()));
  }

  static ForgedRelease of(NoisyPoint point, CarriedPlan input) {
    return of(NoisePlan.Part.of(point, TERMS, TERMS.epsilon(), Map.of()), input);
  }

  ForgedRelease with(Calibration calibration) {
    NoisePlan.Part other =
        new NoisePlan.Part(part.point(), part.terms(), part.cap(), calibration, part.minimums(), part.hash());
    return new ForgedRelease(other, input, plan);
  }

  ForgedRelease bounded(long groups, long rows) {
    BoundedQuery query = new BoundedQuery(part.point(), new ContributionBounds(groups, rows), 7);
    return new ForgedRelease(part, input, query.plan(input.plan(), input.units()));
  }

  ForgedRelease rewritten(UnaryOperator<LogicalPlan> rewrite) {
    return new ForgedRelease(part, input, Scala.rewriteUp(plan, rewrite));
  }

  void check() {
    CertificateChecker.check(Certifier.certificate(part, input, plan));
  }
}
