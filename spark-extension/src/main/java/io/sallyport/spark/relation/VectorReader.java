package io.sallyport.spark.relation;

import io.sallyport.spark.scala.Scala;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.BoundReference;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.UnsafeProjection;
import org.apache.spark.sql.catalyst.util.ArrayData;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DecimalType;
import org.apache.spark.sql.types.DoubleType;
import org.apache.spark.sql.types.StructType;

/**
 * Reads people's vectors. Exact sums are taken as they are; sums of doubles as decimals of so many
 * digits as the person's largest value needs, so that a tenth and two tenths are three tenths.
 */
final class VectorReader {

  private static final int DIGITS = 11;

  /** The range in which powers of ten are doubles. */
  private static final int LARGEST_POWER = 300;

  private static final VectorShape.At NOWHERE = new VectorShape.At(new BitSet(), new BitSet());

  private final VectorShape shape;
  private final StructType fields;
  private final UnsafeProjection cell;

  VectorReader(VectorShape shape, StructType fields) {
    this.shape = shape;
    this.fields = fields;
    List<Expression> references = new ArrayList<>();
    for (int i = 0; i < shape.width(); i++) {
      references.add(new BoundReference(i, fields.apply(i).dataType(), true));
    }
    this.cell = UnsafeProjection.create(Scala.<Expression>seq(references));
  }

  /** Adds the person who has this in cells. */
  void read(ArrayData cells, VectorSketch sketch) {
    int number = shape.positions().size();
    BitSet part = new BitSet(shape.places().size());
    long[] vector = new long[number];
    Map<Integer, Integer> lastDigits = lastDigits(cells);
    for (int i = 0; i < cells.numElements(); i++) {
      InternalRow one = cells.getStruct(i, fields.length());
      VectorShape.At at = shape.ofCell().getOrDefault(cell.apply(one), NOWHERE);
      for (int place : ordinals(at.places())) {
        if (rows(one, shape.places().get(place).there()) > 0) {
          part.set(place);
        }
      }
      for (int ordinal : ordinals(at.positions())) {
        VectorShape.Position position = shape.positions().get(ordinal);
        long rows = rows(one, position.there());
        if (rows > 0) {
          vector[ordinal] =
              switch (position.kind()) {
                case PEOPLE -> 1;
                case ROWS -> Modulo.plusTimes(vector[ordinal], 1, Modulo.of(rows));
                case SUM ->
                    Modulo.plusTimes(
                        vector[ordinal], 1, sum(one, position, lastDigits.get(position.sum())));
              };
        }
      }
    }
    sketch.add(part, vector);
  }

  private static int[] ordinals(BitSet set) {
    return set.stream().toArray();
  }

  private long rows(InternalRow one, int there) {
    return one.getLong(there < 0 ? shape.width() : there);
  }

  private long sum(InternalRow one, VectorShape.Position position, Integer lastDigit) {
    int field = position.sum();
    if (one.isNullAt(field)) {
      return 0;
    }
    DataType type = fields.apply(field).dataType();
    if (type instanceof DecimalType decimal) {
      return Modulo.of(
          one.getDecimal(field, decimal.precision(), decimal.scale())
              .toJavaBigDecimal()
              .unscaledValue());
    }
    if (!(type instanceof DoubleType)) {
      return Modulo.of(one.getLong(field));
    }
    double value = one.getDouble(field);
    if (lastDigit == null || !Double.isFinite(value)) {
      return 0;
    }
    double scaled = Math.rint(value * Math.pow(10, -lastDigit));
    return Modulo.times(Modulo.of((long) scaled), Modulo.powerOfTen(lastDigit));
  }

  /** For each sum of doubles the power of ten to which it is rounded; none where all is zero. */
  private Map<Integer, Integer> lastDigits(ArrayData cells) {
    Map<Integer, Double> sizes = new HashMap<>();
    for (int i = 0; i < cells.numElements(); i++) {
      InternalRow one = cells.getStruct(i, fields.length());
      for (int ordinal :
          ordinals(shape.ofCell().getOrDefault(cell.apply(one), NOWHERE).positions())) {
        VectorShape.Position position = shape.positions().get(ordinal);
        if (position.ends() >= 0 && !one.isNullAt(position.ends())) {
          double low = Math.abs(one.getDouble(position.ends()));
          double high = Math.abs(one.getDouble(position.ends() + 1));
          sizes.merge(position.sum(), Math.max(low, high), Math::max);
        }
      }
    }
    Map<Integer, Integer> digits = new HashMap<>();
    sizes.forEach(
        (sum, size) -> {
          if (size > 0) {
            int power = (int) Math.floor(Math.log10(size)) - DIGITS + 1;
            digits.put(sum, Math.max(-LARGEST_POWER, Math.min(LARGEST_POWER, power)));
          }
        });
    return digits;
  }
}
