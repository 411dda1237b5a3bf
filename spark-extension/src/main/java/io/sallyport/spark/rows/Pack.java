package io.sallyport.spark.rows;

import io.sallyport.spark.scala.Scala;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.BoundReference;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.UnsafeProjection;
import org.apache.spark.sql.catalyst.expressions.UnsafeRow;
import org.apache.spark.sql.types.DataType;

/** Packs the rows of a partition into chunks, on executors, for {@link RowKeeper}. */
public final class Pack implements FlatMapFunction<Iterator<InternalRow>, byte[]> {

  private static final long serialVersionUID = 1L;

  private final List<DataType> types;
  private final long most;
  private final long mostBytes;

  /**
   * For rows of columns of these types.
   *
   * @param most how many rows of each partition are wanted
   * @param mostBytes after so many bytes of a partition no more of it is wanted
   */
  public Pack(List<DataType> types, long most, long mostBytes) {
    this.types = List.copyOf(types);
    this.most = most;
    this.mostBytes = mostBytes;
  }

  /** Chunks, one after the other: no more than one of them is in memory. */
  @Override
  public Iterator<byte[]> call(Iterator<InternalRow> rows) {
    List<Expression> columns = new ArrayList<>();
    types.forEach(type -> columns.add(new BoundReference(columns.size(), type, true)));
    return new Chunks(
        rows, UnsafeProjection.create(Scala.<Expression>seq(columns)), most, mostBytes);
  }

  private static final class Chunks implements Iterator<byte[]> {

    private final Iterator<InternalRow> rows;
    private final UnsafeProjection projection;
    private final Packer packer = new Packer();
    private Optional<byte[]> next = Optional.empty();
    private long left;
    private long leftBytes;

    Chunks(Iterator<InternalRow> rows, UnsafeProjection projection, long most, long mostBytes) {
      this.rows = rows;
      this.projection = projection;
      this.left = most;
      this.leftBytes = mostBytes;
    }

    @Override
    public boolean hasNext() {
      while (next.isEmpty() && left > 0 && leftBytes >= 0 && rows.hasNext()) {
        UnsafeRow row = projection.apply(rows.next());
        left--;
        leftBytes -= row.getSizeInBytes();
        next = packer.add(row);
      }
      if (next.isEmpty()) {
        next = packer.last();
      }
      return next.isPresent();
    }

    @Override
    public byte[] next() {
      if (!hasNext()) {
        throw new NoSuchElementException();
      }
      byte[] chunk = next.orElseThrow();
      next = Optional.empty();
      return chunk;
    }
  }
}
