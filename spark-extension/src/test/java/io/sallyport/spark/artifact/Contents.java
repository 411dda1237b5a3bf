package io.sallyport.spark.artifact;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.GenericInternalRow;
import org.apache.spark.sql.catalyst.expressions.UnsafeProjection;
import org.apache.spark.sql.catalyst.expressions.UnsafeRow;
import org.apache.spark.sql.catalyst.util.ArrayBasedMapData;
import org.apache.spark.sql.catalyst.util.GenericArrayData;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.Decimal;
import org.apache.spark.sql.types.MapType;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.unsafe.types.CalendarInterval;
import org.apache.spark.unsafe.types.UTF8String;

/** Results to store, made without a session. */
final class Contents {

  private Contents() {}

  /** Values that are hard to keep, by type. */
  static Map<DataType, List<Object>> hardValues() {
    Map<DataType, List<Object>> values = new LinkedHashMap<>();
    values.put(DataTypes.BooleanType, List.of(true, false));
    values.put(DataTypes.ByteType, List.of(Byte.MIN_VALUE, (byte) 0, Byte.MAX_VALUE));
    values.put(DataTypes.ShortType, List.of(Short.MIN_VALUE, (short) 0, Short.MAX_VALUE));
    values.put(DataTypes.IntegerType, List.of(Integer.MIN_VALUE, 0, Integer.MAX_VALUE));
    values.put(DataTypes.LongType, List.of(Long.MIN_VALUE, 0L, Long.MAX_VALUE));
    values.put(
        DataTypes.FloatType, List.of(Float.NaN, -0.0f, Float.MIN_VALUE, Float.NEGATIVE_INFINITY));
    values.put(
        DataTypes.DoubleType,
        List.of(Double.NaN, -0.0, Double.MAX_VALUE, Double.NEGATIVE_INFINITY));
    values.put(
        DataTypes.StringType,
        text("", "a\u0000b", "\u001b[31mred", "\ud83d\ude80", "x".repeat(5000)));
    values.put(DataTypes.BinaryType, List.of(new byte[0], new byte[] {0, -1, 127}));
    values.put(DataTypes.DateType, List.of(-719162, 0, 2932896));
    values.put(DataTypes.TimestampType, List.of(-62135596800000000L, 0L, 253402300799999999L));
    values.put(DataTypes.TimestampNTZType, List.of(-62135596800000000L, 0L, 253402300799999999L));
    values.put(DataTypes.createDecimalType(5, 2), decimals(5, 2, "-999.99", "0.00", "999.99"));
    values.put(DataTypes.createDecimalType(18, 0), decimals(18, 0, "-1", "999999999999999999"));
    values.put(
        DataTypes.createDecimalType(38, 18),
        decimals(38, 18, "-99999999999999999999.999999999999999999", "0.000000000000000001"));
    values.put(DataTypes.createDayTimeIntervalType(), List.of(-1L, 0L, 86_400_000_000L));
    values.put(DataTypes.createYearMonthIntervalType(), List.of(-13, 0, 25));
    values.put(
        DataTypes.CalendarIntervalType,
        List.of(new CalendarInterval(-1, 2, 3), new CalendarInterval(0, 0, 0)));
    values.put(DataTypes.NullType, List.of());
    return values;
  }

  /** A nested value around each of the values, and one around all of them. */
  static Map<DataType, List<Object>> nestedValues() {
    Map<DataType, List<Object>> nested = new LinkedHashMap<>();
    hardValues()
        .forEach(
            (type, values) -> {
              List<Object> withNull = new ArrayList<>(values);
              withNull.add(null);
              Object array = new GenericArrayData(withNull.toArray());
              Object empty = new GenericArrayData(new Object[0]);
              ArrayType arrays = DataTypes.createArrayType(type);
              nested.put(arrays, List.of(array, empty));
              List<Object> structs = new ArrayList<>();
              withNull.forEach(v -> structs.add(new GenericInternalRow(new Object[] {v, array})));
              nested.put(new StructType().add("v", type).add("vs", arrays), structs);
              MapType maps = DataTypes.createMapType(DataTypes.IntegerType, arrays);
              Object keys = new GenericArrayData(new Object[] {1, 2, 3});
              Object mapped = new GenericArrayData(new Object[] {array, null, empty});
              nested.put(
                  maps,
                  List.of(
                      new ArrayBasedMapData((GenericArrayData) keys, (GenericArrayData) mapped)));
            });
    return nested;
  }

  /** One column of the type: the values, then NULL. */
  static ArtifactContent column(DataType type, List<Object> values) {
    StructType schema = new StructType().add("c", type);
    UnsafeProjection projection = UnsafeProjection.create(schema);
    List<UnsafeRow> rows = new ArrayList<>();
    values.forEach(v -> rows.add(row(projection, v)));
    rows.add(row(projection, (Object) null));
    return new ArtifactContent(schema, rows, "{}");
  }

  /** Stays of a hospital. */
  static ArtifactContent stays(int count, long seed) {
    StructType schema =
        new StructType()
            .add("stay", DataTypes.LongType, false)
            .add("ward", DataTypes.StringType)
            .add("cost", DataTypes.createDecimalType(20, 2))
            .add("days", DataTypes.DoubleType);
    UnsafeProjection projection = UnsafeProjection.create(schema);
    Random random = new Random(seed);
    List<UnsafeRow> rows = new ArrayList<>();
    for (long i = 0; i < count; i++) {
      Object ward =
          random.nextInt(9) == 0 ? null : UTF8String.fromString("ward " + random.nextInt());
      Object cost = Decimal.apply(BigDecimal.valueOf(random.nextInt(), 2), 20, 2);
      rows.add(row(projection, i, ward, cost, random.nextGaussian()));
    }
    return new ArtifactContent(schema, rows, "{\"seed\":" + seed + "}");
  }

  static UnsafeRow row(UnsafeProjection projection, Object... values) {
    InternalRow row = new GenericInternalRow(values);
    return projection.apply(row).copy();
  }

  private static List<Object> text(String... texts) {
    List<Object> values = new ArrayList<>();
    for (String text : texts) {
      values.add(UTF8String.fromString(text));
    }
    return values;
  }

  private static List<Object> decimals(int precision, int scale, String... texts) {
    List<Object> values = new ArrayList<>();
    for (String text : texts) {
      values.add(Decimal.apply(new BigDecimal(text), precision, scale));
    }
    return values;
  }
}
