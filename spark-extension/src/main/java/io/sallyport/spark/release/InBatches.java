package io.sallyport.spark.release;

import io.sallyport.spark.rows.RowKeeper;
import io.sallyport.spark.scala.Scala;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.apache.spark.SparkContext;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.JavaRDD;
import scala.reflect.ClassTag$;
import scala.runtime.AbstractFunction2;
import scala.runtime.BoxedUnit;

/**
 * Brings chunks of rows to the driver, some partitions at a time: one job for all of them would
 * bring more than fits, one job for each would do them one after the other.
 */
record InBatches(JavaRDD<byte[]> chunks) {

  /** Begin with one partition: that may be enough, or too much. */
  static final int ONE = 1;

  private static final int MOST = 4096;

  /** Begin with all of them: all are wanted, and are expected to be small. */
  static final int ALL = MOST;

  /** From so many bytes in one batch on, the next has fewer partitions. */
  private static final long FULL = 64L << 20;

  /**
   * In the order of the partitions, until the keeper has more rows, or more bytes, than are enough.
   *
   * @param first how many partitions come in the first batch
   * @return whether all came that were needed to know; not so when one batch alone was too much
   */
  boolean forEach(RowKeeper keeper, long enough, long enoughBytes, int first) {
    int partitions = chunks.getNumPartitions();
    int batch = first;
    int next = 0;
    while (next < partitions && keeper.size() <= enough && keeper.bytes() <= enoughBytes) {
      int end = Math.min(partitions, next + batch);
      long bytes = 0;
      Arrivals arrivals = arrived(next, end, enoughBytes);
      if (arrivals.areTooMuch()) {
        return false;
      }
      for (byte[][] partition : arrivals.take()) {
        for (byte[] chunk : partition) {
          keeper.addChunk(chunk);
          bytes += chunk.length;
        }
      }
      batch = bytes < FULL / 4 ? Math.min(MOST, 4 * batch) : bytes > FULL ? half(batch) : batch;
      next = end;
    }
    return true;
  }

  private Arrivals arrived(int from, int end, long enoughBytes) {
    SparkContext context = chunks.context();
    String tag = "sallyport-batch-" + UUID.randomUUID();
    List<Integer> numbers = IntStream.range(from, end).boxed().toList();
    Arrivals arrivals =
        new Arrivals(end - from, enoughBytes, () -> context.cancelJobsWithTag(tag, "too much"));
    context.addJobTag(tag);
    try {
      context.runJob(
          chunks.rdd(),
          new Together(),
          Scala.<Object>seq(numbers),
          arrivals,
          ClassTag$.MODULE$.<byte[][]>apply(byte[][].class));
    } catch (Exception e) { // SparkException is checked, and Scala does not declare it
      if (!arrivals.areTooMuch()) {
        throw e;
      }
    } finally {
      context.removeJobTag(tag);
    }
    return arrivals;
  }

  private static int half(int batch) {
    return Math.max(1, batch / 2);
  }

  /** The chunks of one partition, in a task. */
  private static final class Together
      extends AbstractFunction2<TaskContext, scala.collection.Iterator<byte[]>, byte[][]>
      implements Serializable {

    private static final long serialVersionUID = 1L;

    @Override
    public byte[][] apply(TaskContext task, scala.collection.Iterator<byte[]> chunks) {
      List<byte[]> all = new ArrayList<>();
      Scala.iterator(chunks).forEachRemaining(all::add);
      return all.toArray(byte[][]::new);
    }
  }

  /**
   * What came, until it is taken. Spark's scheduler keeps each job's handler until the query that
   * the job is of has ended, so the handler must not keep what it was given. From a number of bytes
   * on nothing is kept and the job is called off: what more comes is never in the heap.
   */
  private static final class Arrivals extends AbstractFunction2<Object, byte[][], BoxedUnit> {

    private final Runnable callOff;
    private List<byte[][]> partitions = new ArrayList<>();
    private long left;

    Arrivals(int count, long mostBytes, Runnable callOff) {
      this.left = mostBytes;
      this.callOff = callOff;
      for (int i = 0; i < count; i++) {
        partitions.add(new byte[0][]);
      }
    }

    @Override
    public synchronized BoxedUnit apply(Object index, byte[][] partition) {
      boolean before = areTooMuch();
      for (byte[] chunk : partition) {
        left -= chunk.length;
      }
      if (!areTooMuch()) {
        partitions.set((Integer) index, partition);
      } else if (!before) {
        partitions = List.of();
        callOff.run();
      }
      return BoxedUnit.UNIT;
    }

    synchronized boolean areTooMuch() {
      return left < 0;
    }

    synchronized List<byte[][]> take() {
      List<byte[][]> taken = partitions;
      partitions = List.of();
      return taken;
    }
  }
}
