package io.sallyport.spark.seal;

import io.sallyport.spark.RefusedException;
import java.util.Set;
import java.util.function.Predicate;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.plans.logical.CTERelationRef;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.catalyst.plans.logical.UnionLoopRef;
import scala.Function1;
import scala.runtime.AbstractFunction1;
import scala.runtime.BoxedUnit;

/**
 * The same look as the locks', already where a plan is analysed: in any session that is not ours,
 * whoever opened it and by whatever road (JDBC, a notebook, a job), a plan that reaches rows is
 * refused with the frame, its terms and what would pass, before anything is planned.
 *
 * <p>The gate's own plans pass: they hold sealed leaves, which have no rows, and never a relation.
 * It reads the plan, nothing else, and may run any number of times. A session conf can switch
 * analyzer rules off; {@link SealGuard} holds then.
 */
final class SealCheck {

  /** Leaves of analysed plans that have no rows: the gate's, and references to what is checked. */
  private static final Set<Class<?>> WITHOUT_ROWS =
      Set.of(SealedFrame.class, CTERelationRef.class, UnionLoopRef.class);

  private SealCheck() {}

  static Function1<LogicalPlan, BoxedUnit> rule(
      SparkSession session, Predicate<SparkSession> ours, KnownFrames frames) {
    return new AbstractFunction1<>() {
      @Override
      public BoxedUnit apply(LogicalPlan plan) {
        if (!ours.test(session)) {
          SealGuard.requireHarmless(plan, leaf -> check(leaf, session, frames));
        }
        return BoxedUnit.UNIT;
      }
    };
  }

  private static void check(LogicalPlan leaf, SparkSession session, KnownFrames frames)
      throws RefusedException {
    if (!WITHOUT_ROWS.contains(leaf.getClass()) && !SealGuard.isHarmless(leaf)) {
      throw frames.refused(leaf, session.sparkContext().hadoopConfiguration());
    }
  }
}
