package io.sallyport.spark.rows;

import io.sallyport.spark.scala.Scala;
import java.util.Iterator;
import org.apache.spark.Partition;
import org.apache.spark.TaskContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.rdd.RDD;
import org.apache.spark.sql.catalyst.InternalRow;
import scala.reflect.ClassTag$;

/**
 * Kept rows as Spark reads them, one partition for each chunk. Every attempt of every task reads
 * the same bytes: nothing is computed again. By its class the seal knows what was released.
 */
final class KeptRdd extends RDD<InternalRow> {

  private static final long serialVersionUID = 1L;

  private final RDD<Broadcast<byte[]>> chunks;
  private final int fields;

  KeptRdd(RDD<Broadcast<byte[]>> chunks, int fields) {
    super(chunks, ClassTag$.MODULE$.apply(InternalRow.class));
    this.chunks = chunks;
    this.fields = fields;
  }

  @Override
  public Partition[] getPartitions() {
    return chunks.partitions();
  }

  @Override
  public scala.collection.Iterator<InternalRow> compute(Partition split, TaskContext context) {
    Iterator<Broadcast<byte[]>> own = Scala.iterator(chunks.iterator(split, context));
    byte[] chunk = own.next().value();
    return Scala.iterator(rows(chunk));
  }

  private Iterator<InternalRow> rows(byte[] chunk) {
    return Chunk.rows(chunk, fields).stream().<InternalRow>map(row -> row).iterator();
  }
}
