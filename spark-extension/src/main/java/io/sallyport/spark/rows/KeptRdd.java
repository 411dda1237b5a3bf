package io.sallyport.spark.rows;

import io.sallyport.spark.scala.Scala;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.Partition;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.rdd.RDD;
import org.apache.spark.sql.catalyst.InternalRow;
import scala.reflect.ClassTag$;

/**
 * Kept rows as Spark reads them, one partition for each chunk. Every attempt of every task reads
 * the same bytes: nothing is computed again. By its class the seal knows what was released.
 */
final class KeptRdd extends RDD<InternalRow> {

  private static final long serialVersionUID = 1L;

  /** Kept on the driver as long as there may be tasks that read it. */
  private final transient ChunkBlocks blocks;

  private final RDD<Integer> numbers;
  private final int name;
  private final int fields;
  private final long rows;
  private final long bytes;

  private KeptRdd(ChunkBlocks blocks, RDD<Integer> numbers, int fields, long rows) {
    super(numbers, ClassTag$.MODULE$.apply(InternalRow.class));
    this.blocks = blocks;
    this.numbers = numbers;
    this.name = blocks.name();
    this.fields = fields;
    this.rows = rows;
    this.bytes = blocks.bytes();
  }

  /**
   * @param rows how many there are in all chunks
   */
  static KeptRdd of(JavaSparkContext context, ChunkBlocks blocks, int fields, long rows) {
    RDD<Integer> numbers =
        context
            .parallelize(IntStream.range(0, blocks.size()).boxed().toList(), blocks.size())
            .rdd();
    return new KeptRdd(blocks, numbers, fields, rows);
  }

  /** How many rows there are. */
  long rows() {
    return rows;
  }

  /** The bytes of a row, taken over all of them. */
  long bytesOfARow() {
    return rows == 0 ? 0 : bytes / rows;
  }

  /** The first rows, read on the driver. */
  List<InternalRow> first(int most) {
    List<InternalRow> first = new ArrayList<>();
    for (int i = 0; i < blocks.size() && first.size() < most; i++) {
      Chunk.rows(blocks.get(i), fields).stream().limit(most - first.size()).forEach(first::add);
    }
    return first;
  }

  /** One for each chunk. */
  @Override
  public Partition[] getPartitions() {
    return numbers.partitions();
  }

  @Override
  public scala.collection.Iterator<InternalRow> compute(Partition split, TaskContext context) {
    Iterator<Integer> own = Scala.iterator(numbers.iterator(split, context));
    byte[] chunk = ChunkBlocks.fetch(name, own.next());
    Iterator<InternalRow> rows =
        Chunk.rows(chunk, fields).stream().<InternalRow>map(row -> row).iterator();
    return Scala.iterator(rows);
  }
}
