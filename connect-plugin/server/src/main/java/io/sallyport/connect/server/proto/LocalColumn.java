package io.sallyport.connect.server.proto;

import java.util.Arrays;
import java.util.List;
import org.apache.arrow.vector.types.DateUnit;
import org.apache.arrow.vector.types.FloatingPointPrecision;
import org.apache.arrow.vector.types.TimeUnit;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.FieldType;

/**
 * A column of local data.
 *
 * @param nullable whether a row may have no value in it
 */
record LocalColumn(String name, SimpleType type, boolean nullable) {

  /** Every type but decimals. */
  static final List<SimpleType> WITHOUT_PARAMETERS =
      Arrays.stream(SimpleType.Kind.values())
          .filter(kind -> kind != SimpleType.Kind.DECIMAL)
          .map(kind -> new SimpleType(kind, 0, 0))
          .toList();

  private static final int DECIMAL_BITS = 128;

  /** The column as Spark's own clients write it into an Arrow schema. */
  Field field() {
    return new Field(name, new FieldType(nullable, arrowType(), null), null);
  }

  /** Whether an Arrow type holds just this column's values. Of time zones, any will do. */
  boolean isHeldBy(ArrowType found) {
    if (type.kind() == SimpleType.Kind.TIMESTAMP && found instanceof ArrowType.Timestamp instant) {
      return instant.getUnit() == TimeUnit.MICROSECOND && instant.getTimezone() != null;
    }
    return arrowType().equals(found) || (type.kind() == SimpleType.Kind.STRING && isLarge(found));
  }

  /** Strings whose offsets have 64 bits, as pandas writes them. */
  static boolean isLarge(ArrowType found) {
    return ArrowType.LargeUtf8.INSTANCE.equals(found);
  }

  private ArrowType arrowType() {
    return switch (type.kind()) {
      case BOOLEAN -> ArrowType.Bool.INSTANCE;
      case BYTE -> new ArrowType.Int(Byte.SIZE, true);
      case SHORT -> new ArrowType.Int(Short.SIZE, true);
      case INTEGER -> new ArrowType.Int(Integer.SIZE, true);
      case LONG -> new ArrowType.Int(Long.SIZE, true);
      case FLOAT -> new ArrowType.FloatingPoint(FloatingPointPrecision.SINGLE);
      case DOUBLE -> new ArrowType.FloatingPoint(FloatingPointPrecision.DOUBLE);
      case DECIMAL -> new ArrowType.Decimal(type.precision(), type.scale(), DECIMAL_BITS);
      case STRING -> ArrowType.Utf8.INSTANCE;
      case DATE -> new ArrowType.Date(DateUnit.DAY);
      case TIMESTAMP -> new ArrowType.Timestamp(TimeUnit.MICROSECOND, "UTC");
      case TIMESTAMP_NTZ -> new ArrowType.Timestamp(TimeUnit.MICROSECOND, null);
    };
  }
}
