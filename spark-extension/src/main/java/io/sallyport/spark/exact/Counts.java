package io.sallyport.spark.exact;

import io.sallyport.spark.seal.FrameTable;
import java.util.List;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;

/** Runs the queries of an exact answer. */
public interface Counts {

  /** All rows of a plan over sealed leaves. */
  List<InternalRow> rows(LogicalPlan plan);

  /**
   * Whether, of a looked-up frame, the people who have no row in a measured one are nobody or at
   * least so many.
   */
  boolean othersAreEnough(FrameTable lookedUp, FrameTable measured, long least);
}
