package io.sallyport.spark.seal;

import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.catalyst.rules.Rule;
import org.apache.spark.sql.execution.SparkStrategy;
import scala.Function1;
import scala.runtime.BoxedUnit;

/**
 * The seal as Spark's extension points want it: rules and a strategy per session.
 *
 * <p>Spark builds them by class name, before and beside everything else of ours, so which sessions
 * are internal is the one thing they look up here. Until the chamber has opened a session there is
 * none, and every session is sealed.
 */
public final class SealRules {

  private static final InternalSessions INTERNAL = new InternalSessions();

  private static final KnownFrames FRAMES = new KnownFrames();

  private SealRules() {}

  public static InternalSessions internalSessions() {
    return INTERNAL;
  }

  /** Which frames there are, for the words of refusals. */
  public static KnownFrames frames() {
    return FRAMES;
  }

  public static Function1<LogicalPlan, BoxedUnit> check(SparkSession session) {
    return SealCheck.rule(session, INTERNAL::contains, FRAMES);
  }

  public static Rule<LogicalPlan> normalization(SparkSession session) {
    return SealGuard.normalizationRule(session, INTERNAL::contains);
  }

  public static SparkStrategy strategy(SparkSession session) {
    return SealGuard.strategy(session, INTERNAL::contains);
  }
}
