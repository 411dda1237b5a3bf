package io.sallyport.spark.noise;

import io.sallyport.spark.scala.Scala;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.UnsafeProjection;
import org.apache.spark.sql.catalyst.expressions.UnsafeRow;
import org.apache.spark.sql.catalyst.expressions.aggregate.ImperativeAggregate;
import org.apache.spark.sql.catalyst.expressions.aggregate.TypedImperativeAggregate;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.DecimalType;
import org.apache.spark.sql.types.StringType;
import org.apache.spark.sql.types.StructType;
import scala.collection.immutable.IndexedSeq;
import scala.collection.immutable.Seq;

/**
 * An aggregate function over the rows of one person: sums by group, of the first groups in the
 * order of a hash only. Its value is an array of a struct for each group: the keys, then the sums.
 *
 * <p>Guarantee: the value has at most {@code most} groups, each once, and depends on the person's
 * rows alone, not on how they are split among tasks. A group that is dropped has as many before it
 * as are kept, there and wherever parts are merged, so no group that stays has lost a row. Groups
 * are told apart by the bytes of their keys: use it for types of which equal values have equal
 * bytes ({@link #tellsApart}).
 *
 * <p>Why not Spark's own: to add up by person and group, to sort by person and hash and to rank
 * takes twice the time, most of it for groups that are then dropped.
 */
final class FirstGroups extends TypedImperativeAggregate<GroupSums> implements Serializable {

  private static final long serialVersionUID = 1L;

  private static final Set<DataType> BYTES =
      Set.of(
          DataTypes.BooleanType,
          DataTypes.ByteType,
          DataTypes.ShortType,
          DataTypes.IntegerType,
          DataTypes.LongType,
          DataTypes.DateType,
          DataTypes.TimestampType,
          DataTypes.TimestampNTZType,
          DataTypes.BinaryType);

  private final int most;
  private final Expression hash;
  private final List<Expression> keys;
  private final List<Expression> sums;
  private final int mutableOffset;
  private final int inputOffset;

  // Made once per task; generated code, where eval would box every number of every row.
  private transient UnsafeProjection key;
  private transient UnsafeProjection numbers;

  /** Kept groups are searched one by one, so there are few of them. */
  static final int MOST = 64;

  /**
   * @param most how many groups are kept, at most {@link #MOST}
   * @param hash of the group, a long
   * @param keys of the group
   * @param sums what is added up, longs that are never NULL
   */
  FirstGroups(int most, Expression hash, List<Expression> keys, List<Expression> sums) {
    this(most, hash, keys, sums, 0, 0);
  }

  private FirstGroups(
      int most,
      Expression hash,
      List<Expression> keys,
      List<Expression> sums,
      int mutableOffset,
      int inputOffset) {
    this.most = most;
    this.hash = hash;
    this.keys = new ArrayList<>(keys);
    this.sums = new ArrayList<>(sums);
    this.mutableOffset = mutableOffset;
    this.inputOffset = inputOffset;
  }

  /** Whether equal values of this type have equal bytes in a row. */
  static boolean tellsApart(DataType type) {
    return BYTES.contains(type)
        || type instanceof DecimalType
        || (type instanceof StringType text && text.supportsBinaryEquality());
  }

  @Override
  public GroupSums createAggregationBuffer() {
    return new GroupSums(most, keys.size(), sums.size());
  }

  @Override
  public GroupSums update(GroupSums buffer, InternalRow row) {
    if (numbers == null) {
      prepare();
    }
    UnsafeRow read = numbers.apply(row);
    long hashed = read.getLong(0);
    if (buffer.isBeyond(hashed)) {
      return buffer;
    }
    int slot = buffer.slot(hashed, key.apply(row));
    for (int i = 0; slot >= 0 && i < sums.size(); i++) {
      buffer.add(slot, i, read.getLong(1 + i));
    }
    return buffer;
  }

  private void prepare() {
    key = UnsafeProjection.create(Scala.<Expression>seq(keys));
    List<Expression> all = new ArrayList<>(List.of(hash));
    all.addAll(sums);
    numbers = UnsafeProjection.create(Scala.<Expression>seq(all));
  }

  @Override
  public GroupSums merge(GroupSums buffer, GroupSums other) {
    return buffer.merge(other);
  }

  @Override
  public Object eval(GroupSums buffer) {
    return buffer.toArray(keys.stream().map(Expression::dataType).toArray(DataType[]::new));
  }

  @Override
  public byte[] serialize(GroupSums buffer) {
    return buffer.toBytes();
  }

  @Override
  public GroupSums deserialize(byte[] bytes) {
    return createAggregationBuffer().read(bytes);
  }

  @Override
  public DataType dataType() {
    return new ArrayType(group(), false);
  }

  /** The columns of one group: the keys, then the sums. */
  StructType group() {
    StructType group = new StructType();
    for (int i = 0; i < keys.size(); i++) {
      group = group.add("key" + i, keys.get(i).dataType(), keys.get(i).nullable());
    }
    for (int i = 0; i < sums.size(); i++) {
      group = group.add("sum" + i, DataTypes.LongType, false);
    }
    return group;
  }

  @Override
  public boolean nullable() {
    return false;
  }

  @Override
  public Seq<Expression> children() {
    List<Expression> children = new ArrayList<>(List.of(hash));
    children.addAll(keys);
    children.addAll(sums);
    return Scala.seq(children);
  }

  @Override
  public Expression withNewChildrenInternal(IndexedSeq<Expression> newChildren) {
    List<Expression> children = Scala.list(newChildren);
    int firstSum = 1 + keys.size();
    return new FirstGroups(
        most,
        children.get(0),
        children.subList(1, firstSum),
        children.subList(firstSum, children.size()),
        mutableOffset,
        inputOffset);
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
    return new FirstGroups(most, hash, keys, sums, offset, inputOffset);
  }

  @Override
  public ImperativeAggregate withNewInputAggBufferOffset(int offset) {
    return new FirstGroups(most, hash, keys, sums, mutableOffset, offset);
  }

  @Override
  public String prettyName() {
    return "first_groups";
  }

  @Override
  public int productArity() {
    return 4;
  }

  @Override
  public Object productElement(int index) {
    return switch (index) {
      case 0 -> most;
      case 1 -> hash;
      case 2 -> Scala.seq(keys);
      case 3 -> Scala.seq(sums);
      default -> throw new IndexOutOfBoundsException(index);
    };
  }

  @Override
  public boolean canEqual(Object other) {
    return other instanceof FirstGroups;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof FirstGroups that
        && most == that.most
        && mutableOffset == that.mutableOffset
        && inputOffset == that.inputOffset
        && hash.equals(that.hash)
        && keys.equals(that.keys)
        && sums.equals(that.sums);
  }

  @Override
  public int hashCode() {
    return Objects.hash(most, hash, keys, sums, mutableOffset, inputOffset);
  }
}
