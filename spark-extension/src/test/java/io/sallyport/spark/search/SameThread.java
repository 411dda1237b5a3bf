package io.sallyport.spark.search;

import io.sallyport.spark.scala.Scala;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Properties;
import org.apache.spark.Partition;
import org.apache.spark.SparkEnv;
import org.apache.spark.TaskContext;
import org.apache.spark.TaskContext$;
import org.apache.spark.TaskContextImpl;
import org.apache.spark.executor.TaskMetrics;
import org.apache.spark.memory.TaskMemoryManager;
import org.apache.spark.rdd.RDD;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.classic.SparkSession;
import org.apache.spark.storage.BlockInfo;
import scala.collection.immutable.Map$;

/** Computes the rows of an RDD in the calling thread: a job takes longer than a few rows do. */
final class SameThread {

  /** As which Spark's block manager knows whatever runs outside of tasks. */
  private static final long NO_TASK = BlockInfo.NON_TASK_WRITER();

  private SameThread() {}

  /** The rows, computed under a session's confs: without them each run would compile code anew. */
  static List<InternalRow> collect(RDD<InternalRow> rdd, SparkSession session) {
    Properties confs = new Properties();
    session.conf().getAllAsJava().forEach(confs::setProperty);
    List<InternalRow> rows = new ArrayList<>();
    for (Partition partition : rdd.partitions()) {
      TaskMemoryManager memory = new TaskMemoryManager(SparkEnv.get().memoryManager(), NO_TASK);
      TaskContextImpl context =
          new TaskContextImpl(
              0,
              0,
              partition.index(),
              NO_TASK,
              0,
              1,
              memory,
              confs,
              SparkEnv.get().metricsSystem(),
              TaskMetrics.empty(),
              1,
              Map$.MODULE$.empty());
      TaskContext before = TaskContext.get();
      TaskContext$.MODULE$.setTaskContext(context);
      try {
        Iterator<InternalRow> own = Scala.iterator(rdd.iterator(partition, context));
        own.forEachRemaining(row -> rows.add(row.copy()));
        context.markTaskCompleted(Scala.none());
      } finally {
        memory.cleanUpAllAllocatedMemory();
        TaskContext$.MODULE$.setTaskContext(before);
      }
    }
    return rows;
  }
}
