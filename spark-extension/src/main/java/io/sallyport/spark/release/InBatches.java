package io.sallyport.spark.release;

import io.sallyport.spark.rows.RowKeeper;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaRDD;

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
      for (List<byte[]> partition :
          chunks.collectPartitions(IntStream.range(next, end).toArray())) {
        for (byte[] chunk : partition) {
          keeper.addChunk(chunk);
          bytes += chunk.length;
        }
      }
      batch = bytes < FULL / 4 ? Math.min(MOST, 4 * batch) : bytes > FULL ? half(batch) : batch;
      next = end;
    }
  }

  private static int half(int batch) {
    return Math.max(1, batch / 2);
  }
}
