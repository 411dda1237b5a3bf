package io.sallyport.spark.admission;

import io.sallyport.spark.scala.Catalyst;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.expressions.GenericInternalRow;
import org.apache.spark.sql.catalyst.util.GenericArrayData;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.Decimal;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.unsafe.types.UTF8String;

/** The values at the ends of each type that a column may have, as Spark holds them. */
final class Ends {

  private static final String NINES = "9".repeat(38);

  /** What every type meets as a second operand, beside itself. */
  private static final Set<String> PARTNERS =
      Set.of("int", "double", "decimal_38_38", "string", "text_lcase", "date", "timestamp");

  /** Two columns of each type, so that an operand may meet another of its own. */
  record Column(String type, Attribute first, Attribute second, List<Object> values) {

    boolean meets(Column other) {
      return equals(other) || PARTNERS.contains(other.type());
    }
  }

  private static final List<Column> COLUMNS = columns();

  private Ends() {}

  static List<Column> all() {
    return COLUMNS;
  }

  static List<Column> named(String type) {
    return COLUMNS.stream().filter(column -> column.type().equals(type)).toList();
  }

  private static List<Column> columns() {
    List<Column> columns = new ArrayList<>();
    add(columns, "boolean", DataTypes.BooleanType, true, false);
    add(columns, "tinyint", DataTypes.ByteType, Byte.MIN_VALUE, Byte.MAX_VALUE, b(-1), b(0));
    add(columns, "smallint", DataTypes.ShortType, Short.MIN_VALUE, Short.MAX_VALUE, s(-1), s(0));
    add(columns, "int", DataTypes.IntegerType, Integer.MIN_VALUE, Integer.MAX_VALUE, -1, 0, 1, 7);
    add(columns, "bigint", DataTypes.LongType, Long.MIN_VALUE, Long.MAX_VALUE, -1L, 0L, 1L);
    add(
        columns,
        "float",
        DataTypes.FloatType,
        Float.MAX_VALUE,
        -Float.MAX_VALUE,
        Float.MIN_VALUE,
        Float.NaN,
        Float.POSITIVE_INFINITY,
        Float.NEGATIVE_INFINITY,
        -0.0f,
        0.0f,
        -1.5f);
    add(
        columns,
        "double",
        DataTypes.DoubleType,
        Double.MAX_VALUE,
        -Double.MAX_VALUE,
        Double.MIN_VALUE,
        Double.NaN,
        Double.POSITIVE_INFINITY,
        Double.NEGATIVE_INFINITY,
        -0.0,
        0.0,
        -1.5);
    addDecimals(columns);
    addTexts(columns);
    add(
        columns,
        "binary",
        DataTypes.BinaryType,
        new byte[0],
        new byte[] {(byte) 0xff, (byte) 0xc3, 0},
        new byte[5000]);
    add(columns, "date", DataTypes.DateType, Integer.MIN_VALUE, Integer.MAX_VALUE, -1, 0, 19000);
    add(
        columns,
        "timestamp",
        DataTypes.TimestampType,
        Long.MIN_VALUE,
        Long.MAX_VALUE,
        -1L,
        0L,
        1_700_000_000_000_000L);
    add(
        columns,
        "timestamp_ntz",
        DataTypes.TimestampNTZType,
        Long.MIN_VALUE,
        Long.MAX_VALUE,
        -1L,
        0L);
    add(
        columns,
        "array",
        DataTypes.createArrayType(DataTypes.IntegerType),
        new GenericArrayData(new Object[0]),
        new GenericArrayData(new Object[] {null, Integer.MIN_VALUE}));
    add(
        columns,
        "struct",
        new StructType().add("x", "double").add("y", "string"),
        new GenericInternalRow(new Object[] {Double.NaN, null}),
        new GenericInternalRow(new Object[] {-0.0, UTF8String.EMPTY_UTF8}));
    return List.copyOf(columns);
  }

  private static void addDecimals(List<Column> columns) {
    Map<String, int[]> types = new LinkedHashMap<>();
    types.put("decimal_38_0", new int[] {38, 0});
    types.put("decimal_38_18", new int[] {38, 18});
    types.put("decimal_38_38", new int[] {38, 38});
    types.put("decimal_34_2", new int[] {34, 2});
    types.put("decimal_12_2", new int[] {12, 2});
    types.put("decimal_18_0", new int[] {18, 0});
    types.forEach(
        (name, type) -> {
          String nines = NINES.substring(0, type[0]);
          DataType decimal = DataTypes.createDecimalType(type[0], type[1]);
          List<Object> values = new ArrayList<>();
          for (String unscaled : List.of(nines, "-" + nines, "0", "1", "-1")) {
            BigDecimal value = new BigDecimal(new BigInteger(unscaled), type[1]);
            values.add(Decimal.apply(value, type[0], type[1]));
          }
          add(columns, name, decimal, values.toArray());
        });
  }

  private static void addTexts(List<Column> columns) {
    Object[] texts = {
      UTF8String.EMPTY_UTF8,
      text("-1"),
      text(NINES),
      text("-" + NINES + "." + NINES),
      text("1e-999999999"),
      text("1e999999999"),
      text("NaN"),
      text("-Infinity"),
      text("-9223372036854775808"),
      text("999999-12-31"),
      text("-290308-01-01 00:00:00"),
      text("294247-01-10 04:00:54.775807"),
      text("2020-02-30"),
      text(" \t\u0130\u00df\ud83d\ude00% _\\ "),
      UTF8String.fromBytes(new byte[] {(byte) 0xff, (byte) 0xc3, 'a', (byte) 0xf0}),
      text("x".repeat(5000)),
    };
    add(columns, "string", DataTypes.StringType, texts);
    add(columns, "text_lcase", DataType.fromDDL("c STRING COLLATE UTF8_LCASE"), texts);
    add(columns, "text_unicode", DataType.fromDDL("c STRING COLLATE UNICODE_CI"), texts);
    add(columns, "text_rtrim", DataType.fromDDL("c STRING COLLATE UTF8_BINARY_RTRIM"), texts);
  }

  private static void add(List<Column> columns, String name, DataType type, Object... values) {
    DataType single =
        type instanceof StructType struct && name.startsWith("text")
            ? struct.fields()[0].dataType()
            : type;
    List<Object> all = new ArrayList<>(Arrays.asList(values));
    all.add(null);
    columns.add(
        new Column(
            name,
            Catalyst.attribute(name + "_a", single, true),
            Catalyst.attribute(name + "_b", single, true),
            Collections.unmodifiableList(all)));
  }

  private static UTF8String text(String value) {
    return UTF8String.fromString(value);
  }

  private static byte b(int value) {
    return (byte) value;
  }

  private static short s(int value) {
    return (short) value;
  }
}
