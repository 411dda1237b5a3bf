package io.sallyport.spark.release;

import io.sallyport.spark.scala.Scala;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.classic.Dataset;
import org.apache.spark.sql.classic.SparkSession;
import org.apache.spark.sql.execution.QueryExecution;
import org.apache.spark.sql.execution.SQLExecution;
import org.apache.spark.sql.internal.SQLConf;

/**
 * The internal session in which released queries run, on the thread of the question: its job tags
 * stay those of the Connect operation, so an interrupt reaches the jobs.
 */
public final class Chamber {

  private final SparkSession session;

  public Chamber(SparkSession session) {
    this.session = session;
    // Rows that are sorted by person are added up as they stream by, without a table of all people.
    session.conf().set(SQLConf.REPLACE_HASH_WITH_SORT_AGG_ENABLED().key(), "true");
  }

  /** Runs a plan without sealed leaves and returns all its rows, on the driver. */
  List<InternalRow> run(LogicalPlan plan) {
    return inSession(
        () -> {
          QueryExecution query = Dataset.ofRows(session, plan).queryExecution();
          InternalRow[] rows =
              SQLExecution.withNewExecutionId(
                  query, Scala.none(), Scala.function(() -> query.executedPlan().executeCollect()));
          return Arrays.asList(rows);
        });
  }

  /** Does something with the internal session active on this thread, and puts the old one back. */
  <T> T inSession(Supplier<T> work) {
    SparkSession before = Scala.optional(SparkSession.getActiveSession()).orElse(null);
    SparkSession.setActiveSession(session);
    try {
      return work.get();
    } finally {
      if (before == null) {
        SparkSession.clearActiveSession();
      } else {
        SparkSession.setActiveSession(before);
      }
    }
  }
}
