package io.sallyport.connect.server.egress;

import org.apache.spark.connect.proto.DataType;

/**
 * A schema as analysts may see it: names, types and nullability. Column metadata is dropped at
 * every depth, because Spark and owners keep comments, defaults and provenance there.
 */
final class ScrubbedSchema {

  private ScrubbedSchema() {}

  static DataType of(DataType type) {
    return switch (type.getKindCase()) {
      case STRUCT -> DataType.newBuilder().setStruct(struct(type.getStruct())).build();
      case ARRAY -> DataType.newBuilder().setArray(array(type.getArray())).build();
      case MAP -> DataType.newBuilder().setMap(map(type.getMap())).build();
      case NULL,
          BINARY,
          BOOLEAN,
          BYTE,
          SHORT,
          INTEGER,
          LONG,
          FLOAT,
          DOUBLE,
          DECIMAL,
          STRING,
          CHAR,
          VAR_CHAR,
          DATE,
          TIMESTAMP,
          TIMESTAMP_NTZ,
          CALENDAR_INTERVAL,
          YEAR_MONTH_INTERVAL,
          DAY_TIME_INTERVAL,
          TIME ->
          type;
      case VARIANT, UDT, GEOMETRY, GEOGRAPHY, UNPARSED, KIND_NOT_SET ->
          throw new NotForAnalysts("type " + type.getKindCase());
    };
  }

  private static DataType.Struct struct(DataType.Struct struct) {
    DataType.Struct.Builder scrubbed = DataType.Struct.newBuilder();
    for (DataType.StructField field : struct.getFieldsList()) {
      scrubbed.addFields(
          DataType.StructField.newBuilder()
              .setName(field.getName())
              .setDataType(of(field.getDataType()))
              .setNullable(field.getNullable()));
    }
    return scrubbed.build();
  }

  private static DataType.Array array(DataType.Array array) {
    return DataType.Array.newBuilder()
        .setElementType(of(array.getElementType()))
        .setContainsNull(array.getContainsNull())
        .build();
  }

  private static DataType.Map map(DataType.Map map) {
    return DataType.Map.newBuilder()
        .setKeyType(of(map.getKeyType()))
        .setValueType(of(map.getValueType()))
        .setValueContainsNull(map.getValueContainsNull())
        .build();
  }
}
