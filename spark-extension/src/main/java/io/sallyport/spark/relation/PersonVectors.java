package io.sallyport.spark.relation;

import io.sallyport.spark.scala.Scala;
import java.io.Serializable;
import java.util.List;
import java.util.Objects;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.aggregate.ImperativeAggregate;
import org.apache.spark.sql.catalyst.expressions.aggregate.TypedImperativeAggregate;
import org.apache.spark.sql.catalyst.util.ArrayData;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import scala.collection.immutable.IndexedSeq;
import scala.collection.immutable.Seq;

/**
 * An aggregate function over people, each given by what the person has in cells: the sketch of
 * their vectors ({@link VectorSketch}, as bytes).
 */
public final class PersonVectors extends TypedImperativeAggregate<VectorSketch>
    implements Serializable {

  private static final long serialVersionUID = 1L;

  private final VectorShape shape;
  private final Expression cells;
  private final int mutableOffset;
  private final int inputOffset;

  private transient VectorReader reader;

  /**
   * @param cells an array of structs
   */
  public PersonVectors(VectorShape shape, Expression cells) {
    this(shape, cells, 0, 0);
  }

  private PersonVectors(VectorShape shape, Expression cells, int mutableOffset, int inputOffset) {
    this.shape = shape;
    this.cells = cells;
    this.mutableOffset = mutableOffset;
    this.inputOffset = inputOffset;
  }

  @Override
  public VectorSketch createAggregationBuffer() {
    return shape.emptySketch();
  }

  @Override
  public VectorSketch update(VectorSketch buffer, InternalRow row) {
    if (reader == null) {
      StructType fields = (StructType) ((ArrayType) cells.dataType()).elementType();
      reader = new VectorReader(shape, fields);
    }
    reader.read((ArrayData) cells.eval(row), buffer);
    return buffer;
  }

  @Override
  public VectorSketch merge(VectorSketch buffer, VectorSketch other) {
    buffer.merge(other);
    return buffer;
  }

  @Override
  public Object eval(VectorSketch buffer) {
    return buffer.bytes();
  }

  @Override
  public byte[] serialize(VectorSketch buffer) {
    return buffer.bytes();
  }

  @Override
  public VectorSketch deserialize(byte[] bytes) {
    return shape.sketch(bytes);
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
    return Scala.seq(List.of(cells));
  }

  @Override
  public Expression withNewChildrenInternal(IndexedSeq<Expression> newChildren) {
    return new PersonVectors(
        shape, Scala.<Expression>list(newChildren).get(0), mutableOffset, inputOffset);
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
    return new PersonVectors(shape, cells, offset, inputOffset);
  }

  @Override
  public ImperativeAggregate withNewInputAggBufferOffset(int offset) {
    return new PersonVectors(shape, cells, mutableOffset, offset);
  }

  @Override
  public String prettyName() {
    return "person_vectors";
  }

  @Override
  public int productArity() {
    return 2;
  }

  @Override
  public Object productElement(int index) {
    return switch (index) {
      case 0 -> shape.positions().size();
      case 1 -> cells;
      default -> throw new IndexOutOfBoundsException(index);
    };
  }

  @Override
  public boolean canEqual(Object other) {
    return other instanceof PersonVectors;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof PersonVectors that
        && mutableOffset == that.mutableOffset
        && inputOffset == that.inputOffset
        && shape.equals(that.shape)
        && cells.equals(that.cells);
  }

  @Override
  public int hashCode() {
    return Objects.hash(shape.positions().size(), cells, mutableOffset, inputOffset);
  }
}
