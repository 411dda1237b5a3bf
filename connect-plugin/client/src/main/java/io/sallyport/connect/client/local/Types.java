package io.sallyport.connect.client.local;

import static org.apache.spark.sql.types.DataTypes.BinaryType;
import static org.apache.spark.sql.types.DataTypes.BooleanType;
import static org.apache.spark.sql.types.DataTypes.ByteType;
import static org.apache.spark.sql.types.DataTypes.DateType;
import static org.apache.spark.sql.types.DataTypes.DoubleType;
import static org.apache.spark.sql.types.DataTypes.FloatType;
import static org.apache.spark.sql.types.DataTypes.IntegerType;
import static org.apache.spark.sql.types.DataTypes.LongType;
import static org.apache.spark.sql.types.DataTypes.NullType;
import static org.apache.spark.sql.types.DataTypes.ShortType;
import static org.apache.spark.sql.types.DataTypes.StringType;
import static org.apache.spark.sql.types.DataTypes.TimestampNTZType;
import static org.apache.spark.sql.types.DataTypes.TimestampType;

import java.math.BigDecimal;
import java.sql.Date;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.CharType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DayTimeIntervalType;
import org.apache.spark.sql.types.DecimalType;
import org.apache.spark.sql.types.MapType;
import org.apache.spark.sql.types.NumericType;
import org.apache.spark.sql.types.StringType;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.sql.types.VarcharType;
import org.apache.spark.sql.types.YearMonthIntervalType;

/** Families of types, as far as an operator's admissibility depends on them. */
final class Types {

  private static final Map<Class<?>, DataType> OF_VALUES =
      Map.ofEntries(
          Map.entry(Boolean.class, BooleanType),
          Map.entry(Byte.class, ByteType),
          Map.entry(Short.class, ShortType),
          Map.entry(Integer.class, IntegerType),
          Map.entry(Long.class, LongType),
          Map.entry(Float.class, FloatType),
          Map.entry(Double.class, DoubleType),
          Map.entry(BigDecimal.class, DecimalType.SYSTEM_DEFAULT()),
          Map.entry(String.class, StringType),
          Map.entry(byte[].class, BinaryType),
          Map.entry(Date.class, DateType),
          Map.entry(LocalDate.class, DateType),
          Map.entry(Timestamp.class, TimestampType),
          Map.entry(Instant.class, TimestampType),
          Map.entry(LocalDateTime.class, TimestampNTZType));

  private static final Set<DataType> WHOLE = Set.of(ByteType, ShortType, IntegerType, LongType);

  private Types() {}

  /** The type of a literal without a declared one. */
  static Optional<DataType> ofValue(Object value) {
    return value == null
        ? Optional.of(NullType)
        : Optional.ofNullable(OF_VALUES.get(value.getClass()));
  }

  static boolean isNull(DataType type) {
    return type.equals(NullType);
  }

  static boolean isBoolean(DataType type) {
    return type.equals(BooleanType);
  }

  static boolean isNumeric(DataType type) {
    return type instanceof NumericType;
  }

  static boolean isWhole(DataType type) {
    return WHOLE.contains(type);
  }

  static boolean isFractional(DataType type) {
    return type.equals(FloatType) || type.equals(DoubleType);
  }

  static boolean isText(DataType type) {
    return type instanceof StringType || type instanceof CharType || type instanceof VarcharType;
  }

  static boolean isDate(DataType type) {
    return type.equals(DateType);
  }

  static boolean isTime(DataType type) {
    return isDate(type) || type.equals(TimestampType) || type.equals(TimestampNTZType);
  }

  static boolean isInterval(DataType type) {
    return type instanceof DayTimeIntervalType
        || type instanceof YearMonthIntervalType
        || type.typeName().equals("interval");
  }

  static boolean isNested(DataType type) {
    return type instanceof ArrayType || type instanceof MapType || type instanceof StructType;
  }

  static boolean isMap(DataType type) {
    return type instanceof MapType;
  }

  /** Whether Spark finds a common type, or only the server can tell. */
  static boolean mayMeet(DataType one, DataType other) {
    if (isNull(one) || isNull(other) || one.equals(other)) {
      return true;
    }
    if (isNested(one) || isNested(other)) {
      return one.getClass().equals(other.getClass());
    }
    return !(isNumeric(one) && isTime(other))
        && !(isTime(one) && isNumeric(other))
        && !(isBoolean(one) && isTime(other))
        && !(isTime(one) && isBoolean(other));
  }
}
