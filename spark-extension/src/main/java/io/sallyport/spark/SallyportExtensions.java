package io.sallyport.spark;

import io.sallyport.spark.admission.BoundedAnalysis;
import io.sallyport.spark.interrupt.InterruptibleTasks;
import io.sallyport.spark.seal.SealRules;
import org.apache.spark.sql.SparkSessionExtensions;
import org.apache.spark.sql.SparkSessionExtensionsProvider;
import scala.runtime.BoxedUnit;

/**
 * What Sallyport adds to Spark SQL, each line with the reason for its phase. Named in {@code
 * spark.sql.extensions}.
 *
 * <p>All but the last only verify. The first two can be switched off by a session's conf; the
 * others cannot. Admission, labels and release are not rules: analysis runs many times per action
 * and session confs can switch analyzer and optimizer rules off, so they run where the Connect
 * relation plugin calls them, once per question ({@link GovernedQueries}).
 */
public final class SallyportExtensions implements SparkSessionExtensionsProvider {

  @Override
  public BoxedUnit apply(SparkSessionExtensions extensions) {
    // Before names are looked up: what Spark analyses while it builds an analyst's plan is bounded.
    extensions.injectHintResolutionRule(BoundedAnalysis::rule);
    // At every analysis: a plan that reaches rows is refused early, by frame, terms and remedy.
    extensions.injectCheckRule(SealRules::check);
    // Once per executing root, before caches and optimizer; no conf excludes it.
    extensions.injectPlanNormalizationRule(SealRules::normalization);
    // For every logical node that becomes physical, subqueries and adaptive re-planning included.
    extensions.injectPlannerStrategy(SealRules::strategy);
    // Once a plan is physical: a join is a loop that must hear that its task was killed.
    extensions.injectColumnar(session -> new InterruptibleTasks());
    return BoxedUnit.UNIT;
  }
}
