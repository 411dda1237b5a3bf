package io.sallyport.connect.server.proto;

import java.util.Optional;
import org.apache.spark.connect.proto.DataType;

/**
 * The text of a schema, or of one simple type, as the protocol's type: what clients ask for before
 * they send rows under a schema in DDL. Read by the parsers of local data, never by Spark's, for
 * which a type's name can be a class's.
 */
public final class SchemaText {

  private SchemaText() {}

  /**
   * The type that a text names.
   *
   * @throws io.sallyport.spark.RefusedException PARAM_INVALID when it is anything but a list of
   *     columns of simple types, or a simple type
   */
  public static DataType type(String text) {
    Optional<SimpleType> alone = SimpleType.of(text);
    if (alone.isPresent()) {
      return type(alone.get());
    }
    DataType.Struct.Builder struct = DataType.Struct.newBuilder();
    for (LocalColumn column : LocalSchema.of(text).columns()) {
      struct.addFields(
          DataType.StructField.newBuilder()
              .setName(column.name())
              .setDataType(type(column.type()))
              .setNullable(column.nullable()));
    }
    return DataType.newBuilder().setStruct(struct).build();
  }

  private static DataType type(SimpleType type) {
    DataType.Builder named = DataType.newBuilder();
    switch (type.kind()) {
      case BOOLEAN -> named.setBoolean(DataType.Boolean.getDefaultInstance());
      case BYTE -> named.setByte(DataType.Byte.getDefaultInstance());
      case SHORT -> named.setShort(DataType.Short.getDefaultInstance());
      case INTEGER -> named.setInteger(DataType.Integer.getDefaultInstance());
      case LONG -> named.setLong(DataType.Long.getDefaultInstance());
      case FLOAT -> named.setFloat(DataType.Float.getDefaultInstance());
      case DOUBLE -> named.setDouble(DataType.Double.getDefaultInstance());
      case DECIMAL ->
          named.getDecimalBuilder().setPrecision(type.precision()).setScale(type.scale());
      case STRING -> named.setString(DataType.String.getDefaultInstance());
      case DATE -> named.setDate(DataType.Date.getDefaultInstance());
      case TIMESTAMP -> named.setTimestamp(DataType.Timestamp.getDefaultInstance());
      case TIMESTAMP_NTZ -> named.setTimestampNtz(DataType.TimestampNTZ.getDefaultInstance());
    }
    return named.build();
  }
}
