package io.sallyport.spark.seal;

import io.sallyport.policy.frame.FrameName;
import io.sallyport.policy.frame.FrameSource;
import io.sallyport.spark.RefusedException;
import io.sallyport.spark.scala.Scala;
import java.util.Optional;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.classic.Dataset;
import org.apache.spark.sql.classic.SparkSession;
import org.apache.spark.sql.types.StructType;

/**
 * The self-test: a sealed leaf must fail in an ordinary session, at each of the two places where
 * {@link SealGuard} sits. {@code spark.sql.extensions} fails open (a class that cannot be loaded is
 * only a warning), so this is what tells a sealed server from an open one.
 */
public final class SealTest {

  private SealTest() {}

  /**
   * Tries to plan a sealed leaf in the session, and must fail.
   *
   * @throws IllegalStateException when a lock is missing, with the line that would put it there
   */
  public static void requireSealed(SparkSession session) {
    LogicalPlan leaf = SealedFrame.of(probe());
    require(
        "plan normalization rule",
        () -> Dataset.ofRows(session, leaf).queryExecution().normalized());
    require("planner strategy", () -> planAlone(session, leaf));
  }

  private static void planAlone(SparkSession session, LogicalPlan leaf) {
    Scala.list(session.sessionState().planner().plan(leaf).toSeq());
  }

  private static void require(String lock, Runnable attempt) {
    try {
      attempt.run();
    } catch (RefusedException expected) {
      return;
    } catch (RuntimeException | AssertionError e) {
      throw unsealed(lock, e);
    }
    throw unsealed(lock, null);
  }

  private static IllegalStateException unsealed(String lock, Throwable cause) {
    return new IllegalStateException(
        "Sallyport does not start: its "
            + lock
            + " is not in force. Missing line: spark.sql.extensions="
            + "io.sallyport.spark.SallyportExtensions",
        cause);
  }

  private static FrameTable probe() {
    return new FrameTable(
        FrameName.of("sallyport_self_test"),
        new FrameSource.Table("sallyport_self_test"),
        new StructType().add("probe", "int"),
        Optional.empty());
  }
}
