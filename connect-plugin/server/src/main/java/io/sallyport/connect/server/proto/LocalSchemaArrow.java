package io.sallyport.connect.server.proto;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.arrow.flatbuf.Field;
import org.apache.arrow.flatbuf.Schema;
import org.apache.arrow.vector.types.pojo.ArrowType;

/**
 * A schema as the header of an Arrow stream has it: pandas and Arrow data come without another. Of
 * an Arrow type only those are read that Spark's own clients write for a flat type.
 */
final class LocalSchemaArrow {

  private LocalSchemaArrow() {}

  /**
   * @throws io.sallyport.spark.RefusedException PARAM_INVALID when a column is not of a simple type
   */
  static LocalSchema of(Schema header) {
    // Each field takes bytes of the header, so there cannot be many for nothing.
    List<LocalColumn> columns = new ArrayList<>();
    for (int i = 0; i < header.fieldsLength() && i <= Bounds.LIST; i++) {
      columns.add(column(header.fields(i)));
    }
    return new LocalSchema(columns);
  }

  private static LocalColumn column(Field field) {
    String name = Optional.ofNullable(field.name()).orElse("");
    ArrowType type = ArrowType.getTypeForField(field);
    return new LocalColumn(
        name,
        simple(type).orElseThrow(() -> LocalSchema.invalid("a column's type is not simple")),
        field.nullable());
  }

  private static Optional<SimpleType> simple(ArrowType type) {
    return type instanceof ArrowType.Decimal decimal
        ? SimpleType.of("decimal(" + decimal.getPrecision() + "," + decimal.getScale() + ")")
        : LocalColumn.WITHOUT_PARAMETERS.stream()
            .filter(simple -> new LocalColumn("", simple, true).isHeldBy(type))
            .findFirst();
  }
}
