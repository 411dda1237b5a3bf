package io.sallyport.spark.release;

import io.sallyport.spark.rows.RowKeeper;
import io.sallyport.spark.scala.Scala;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
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

  private static final int MOST = 4096;

  /** From so many bytes in one batch on, the next has fewer partitions. */
  private static final long FULL = 64L << 20;

  /** In the order of the partitions, until the keeper has more rows than are enough. */
  void forEach(RowKeeper keeper, long enough) {
    int partitions = chunks.getNumPartitions();
    int batch = 1;
    int next = 0;
    while (next < partitions && keeper.size() <= enough) {
      int end = Math.min(partitions, next + batch);
      long bytes = 0;
      for (byte[][] partition : arrived(next, end)) {
        for (byte[] chunk : partition) {
          keeper.addChunk(chunk);
          bytes += chunk.length;
        }
      }
      batch = bytes < FULL / 4 ? Math.min(MOST, 4 * batch) : bytes > FULL ? half(batch) : batch;
      next = end;
    }
  }

  private List<byte[][]> arrived(int from, int end) {
    List<Integer> numbers = IntStream.range(from, end).boxed().toList();
    Arrivals arrivals = new Arrivals(end - from);
    chunks
        .context()
        .runJob(
            chunks.rdd(),
            new Together(),
            Scala.<Object>seq(numbers),
            arrivals,
            ClassTag$.MODULE$.<byte[][]>apply(byte[][].class));
    return arrivals.take();
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
   * the job is of has ended, so the handler must not keep what it was given.
   */
  private static final class Arrivals extends AbstractFunction2<Object, byte[][], BoxedUnit> {

    private List<byte[][]> partitions = new ArrayList<>();

    Arrivals(int count) {
      for (int i = 0; i < count; i++) {
        partitions.add(new byte[0][]);
      }
    }

    @Override
    public synchronized BoxedUnit apply(Object index, byte[][] partition) {
      partitions.set((Integer) index, partition);
      return BoxedUnit.UNIT;
    }

    synchronized List<byte[][]> take() {
      List<byte[][]> taken = partitions;
      partitions = List.of();
      return taken;
    }
  }
}
