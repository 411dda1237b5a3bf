package io.sallyport.connect.server.proto;

import java.math.BigDecimal;
import java.math.BigInteger;
import org.apache.arrow.vector.BigIntVector;
import org.apache.arrow.vector.BitVector;
import org.apache.arrow.vector.DateDayVector;
import org.apache.arrow.vector.DecimalVector;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.Float4Vector;
import org.apache.arrow.vector.Float8Vector;
import org.apache.arrow.vector.IntVector;
import org.apache.arrow.vector.SmallIntVector;
import org.apache.arrow.vector.TimeStampMicroTZVector;
import org.apache.arrow.vector.TimeStampMicroVector;
import org.apache.arrow.vector.TinyIntVector;
import org.apache.arrow.vector.VarCharVector;

/** Puts the values of a client's column into a vector of our own, one by one. */
final class LocalVectors {

  private static final byte[] NO_BYTES = {};

  private LocalVectors() {}

  /**
   * @param first the row of the vector that the column's first value goes to
   */
  static void append(LocalColumn column, IpcColumn values, FieldVector vector, int first) {
    for (int row = 0; row < values.rows(); row++) {
      boolean isNull = values.isNull(row);
      set(column.type(), values, row, isNull, vector, first + row);
      if (isNull) {
        vector.setNull(first + row);
      }
    }
  }

  /** Where there is no value, zero is written first: fresh memory is not zero by itself. */
  private static void set(
      SimpleType type, IpcColumn from, int row, boolean isNull, FieldVector vector, int to) {
    switch (type.kind()) {
      case BOOLEAN -> ((BitVector) vector).setSafe(to, !isNull && from.bool(row) ? 1 : 0);
      case BYTE -> ((TinyIntVector) vector).setSafe(to, isNull ? (byte) 0 : from.int8(row));
      case SHORT -> ((SmallIntVector) vector).setSafe(to, isNull ? (short) 0 : from.int16(row));
      case INTEGER -> ((IntVector) vector).setSafe(to, isNull ? 0 : from.int32(row));
      case LONG -> ((BigIntVector) vector).setSafe(to, isNull ? 0 : from.int64(row));
      case FLOAT -> ((Float4Vector) vector).setSafe(to, isNull ? 0 : from.float32(row));
      case DOUBLE -> ((Float8Vector) vector).setSafe(to, isNull ? 0 : from.float64(row));
      case DECIMAL ->
          ((DecimalVector) vector).setSafe(to, isNull ? zero(type) : from.decimal(row, type));
      case STRING -> ((VarCharVector) vector).setSafe(to, isNull ? NO_BYTES : from.utf8(row));
      case DATE -> ((DateDayVector) vector).setSafe(to, isNull ? 0 : day(from.int32(row)));
      case TIMESTAMP ->
          ((TimeStampMicroTZVector) vector).setSafe(to, isNull ? 0 : instant(from.int64(row)));
      case TIMESTAMP_NTZ ->
          ((TimeStampMicroVector) vector).setSafe(to, isNull ? 0 : instant(from.int64(row)));
    }
  }

  private static BigDecimal zero(SimpleType type) {
    return new BigDecimal(BigInteger.ZERO, type.scale());
  }

  private static int day(int day) {
    IpcStream.require(Calendar.isDay(day), "a date is not in the years 1 to 9999");
    return day;
  }

  private static long instant(long microsecond) {
    IpcStream.require(
        Calendar.isMicrosecond(microsecond), "a timestamp is not in the years 1 to 9999");
    return microsecond;
  }
}
