package io.sallyport.spark.frequency;

import io.sallyport.spark.scala.Scala;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.UnsafeProjection;
import org.apache.spark.sql.catalyst.expressions.UnsafeRow;
import org.apache.spark.sql.catalyst.expressions.aggregate.ImperativeAggregate;
import org.apache.spark.sql.catalyst.expressions.aggregate.TypedImperativeAggregate;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import scala.collection.immutable.IndexedSeq;
import scala.collection.immutable.Seq;

/**
 * An aggregate function over the people of a cell: how many have which value of each argument, and
 * of some pairs of arguments ({@link Frequencies}, as bytes: first the arguments, then the pairs).
 * Its value depends on the people alone as long as few values are different.
 */
public final class FrequentValues extends TypedImperativeAggregate<List<Frequencies>>
    implements Serializable {

  private static final long serialVersionUID = 1L;

  private final int most;
  private final List<Expression> values;
  private final int[][] pairs;
  private final int mutableOffset;
  private final int inputOffset;

  private transient UnsafeProjection numbers;

  /**
   * @param most values that are told apart
   * @param values longs; NULL where a person has several values
   * @param pairs of their ordinals
   */
  public FrequentValues(int most, List<Expression> values, List<int[]> pairs) {
    this(most, values, pairs.toArray(int[][]::new), 0, 0);
  }

  private FrequentValues(
      int most, List<Expression> values, int[][] pairs, int mutableOffset, int inputOffset) {
    this.most = most;
    this.values = new ArrayList<>(values);
    this.pairs = pairs;
    this.mutableOffset = mutableOffset;
    this.inputOffset = inputOffset;
  }

  @Override
  public List<Frequencies> createAggregationBuffer() {
    List<Frequencies> buffer = new ArrayList<>();
    for (int i = 0; i < values.size() + pairs.length; i++) {
      buffer.add(new Frequencies(most));
    }
    return buffer;
  }

  @Override
  public List<Frequencies> update(List<Frequencies> buffer, InternalRow row) {
    if (numbers == null) {
      numbers = UnsafeProjection.create(Scala.<Expression>seq(values));
    }
    UnsafeRow read = numbers.apply(row);
    for (int i = 0; i < values.size(); i++) {
      boolean several = read.isNullAt(i);
      buffer.get(i).add(new Frequencies.Value(several ? 0 : read.getLong(i), 0, several ? 1 : 0));
    }
    for (int i = 0; i < pairs.length; i++) {
      boolean first = read.isNullAt(pairs[i][0]);
      boolean second = read.isNullAt(pairs[i][1]);
      buffer
          .get(values.size() + i)
          .add(
              new Frequencies.Value(
                  first ? 0 : read.getLong(pairs[i][0]),
                  second ? 0 : read.getLong(pairs[i][1]),
                  (first ? 1 : 0) + (second ? 2 : 0)));
    }
    return buffer;
  }

  @Override
  public List<Frequencies> merge(List<Frequencies> buffer, List<Frequencies> other) {
    for (int i = 0; i < buffer.size(); i++) {
      buffer.get(i).merge(other.get(i));
    }
    return buffer;
  }

  @Override
  public Object eval(List<Frequencies> buffer) {
    return Frequencies.bytes(buffer);
  }

  @Override
  public byte[] serialize(List<Frequencies> buffer) {
    return Frequencies.bytes(buffer);
  }

  @Override
  public List<Frequencies> deserialize(byte[] bytes) {
    return Frequencies.of(most, bytes);
  }

  @Override
  public DataType dataType() {
    return DataTypes.BinaryType;
  }

  @Override
  public boolean nullable() {
    return false;
  }

  @Override
  public Seq<Expression> children() {
    return Scala.seq(values);
  }

  @Override
  public Expression withNewChildrenInternal(IndexedSeq<Expression> newChildren) {
    return new FrequentValues(most, Scala.list(newChildren), pairs, mutableOffset, inputOffset);
  }

  @Override
  public int mutableAggBufferOffset() {
    return mutableOffset;
  }

  @Override
  public int inputAggBufferOffset() {
    return inputOffset;
  }

  @Override
  public ImperativeAggregate withNewMutableAggBufferOffset(int offset) {
    return new FrequentValues(most, values, pairs, offset, inputOffset);
  }

  @Override
  public ImperativeAggregate withNewInputAggBufferOffset(int offset) {
    return new FrequentValues(most, values, pairs, mutableOffset, offset);
  }

  @Override
  public String prettyName() {
    return "frequent_values";
  }

  @Override
  public int productArity() {
    return 3;
  }

  @Override
  public Object productElement(int index) {
    return switch (index) {
      case 0 -> most;
      case 1 -> Scala.seq(values);
      case 2 -> Arrays.deepToString(pairs);
      default -> throw new IndexOutOfBoundsException(index);
    };
  }

  @Override
  public boolean canEqual(Object other) {
    return other instanceof FrequentValues;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof FrequentValues that
        && most == that.most
        && mutableOffset == that.mutableOffset
        && inputOffset == that.inputOffset
        && values.equals(that.values)
        && Arrays.deepEquals(pairs, that.pairs);
  }

  @Override
  public int hashCode() {
    return Objects.hash(most, values, Arrays.deepHashCode(pairs), mutableOffset, inputOffset);
  }
}
