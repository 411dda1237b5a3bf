package io.sallyport.spark.rows;

import io.sallyport.spark.scala.Scala;
import java.lang.ref.Cleaner;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.spark.SparkContext;
import org.apache.spark.SparkEnv;
import org.apache.spark.TaskContext;
import org.apache.spark.storage.BlockData;
import org.apache.spark.storage.BlockId;
import org.apache.spark.storage.BlockManager;
import org.apache.spark.storage.StorageLevel;
import org.apache.spark.storage.StreamBlockId;
import org.apache.spark.util.io.ChunkedByteBuffer;
import scala.reflect.ClassTag$;

/**
 * Chunks in the driver's block store, on disk, where tasks fetch them as they fetch other blocks.
 * They are removed once nobody refers to this object any more, and with the SparkContext.
 *
 * <p>Not broadcasts: these fill the heap before they go to disk. Adding is for one thread.
 */
final class ChunkBlocks {

  private static final Cleaner CLEANER = Cleaner.create();

  private final int name;
  private final BlockManager driver;
  private final AtomicInteger chunks = new AtomicInteger();
  private long bytes;

  ChunkBlocks(SparkContext context) {
    // No other stream of blocks of this context has the number.
    name = context.newRddId();
    driver = context.env().blockManager();
    CLEANER.register(this, new Removal(driver, name, chunks));
  }

  /** The number that tasks know these chunks by. */
  int name() {
    return name;
  }

  /** How many chunks there are. */
  int size() {
    return chunks.get();
  }

  /** How many bytes all chunks have, once none is added any more. */
  long bytes() {
    return bytes;
  }

  /** One chunk more; nobody may write into it any more. */
  void add(byte[] chunk) {
    boolean stored =
        driver.putBytes(
            id(name, chunks.get()),
            new ChunkedByteBuffer(ByteBuffer.wrap(chunk)),
            StorageLevel.DISK_ONLY(),
            true,
            ClassTag$.MODULE$.<byte[]>apply(byte[].class));
    if (!stored) {
      throw new IllegalStateException("Spark's block store did not take a chunk of rows");
    }
    chunks.incrementAndGet();
    bytes += chunk.length;
  }

  /** A chunk, on the driver. */
  byte[] get(int index) {
    return read(driver, name, index);
  }

  /** A chunk, in a task. */
  static byte[] fetch(int name, int index) {
    return read(SparkEnv.get().blockManager(), name, index);
  }

  private static byte[] read(BlockManager blocks, int name, int index) {
    BlockId id = id(name, index);
    Optional<BlockData> local = Scala.optional(blocks.getLocalBytes(id));
    if (local.isEmpty()) {
      return Scala.optional(blocks.getRemoteBytes(id))
          .orElseThrow(() -> new IllegalStateException("A chunk of rows is not there any more"))
          .toArray();
    }
    try {
      ByteBuffer bytes = local.get().toByteBuffer();
      byte[] chunk = new byte[bytes.remaining()];
      bytes.get(chunk);
      return chunk;
    } finally {
      blocks.releaseLockAndDispose(id, local.get(), Scala.some(TaskContext.get()));
    }
  }

  private static BlockId id(int name, int index) {
    return new StreamBlockId(name, index);
  }

  private record Removal(BlockManager driver, int name, AtomicInteger chunks) implements Runnable {
    @Override
    public void run() {
      for (int i = 0; i < chunks.get(); i++) {
        driver.removeBlock(id(name, i), true);
      }
    }
  }
}
