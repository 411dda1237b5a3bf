package io.sallyport.connect.server.proto;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sallyport.policy.decision.RefusalCode;
import io.sallyport.spark.RefusedException;
import java.util.List;
import org.apache.arrow.vector.types.pojo.Schema;

/**
 * The columns of local data. Read from the client's text by parsers of our own that know flat types
 * only, and written anew for Spark.
 */
record LocalSchema(List<LocalColumn> columns) {

  LocalSchema {
    columns = List.copyOf(columns);
    if (columns.isEmpty() || columns.size() > Bounds.LIST) {
      throw invalid("it has no columns, or more than " + Bounds.LIST);
    }
    for (LocalColumn column : columns) {
      if (!Names.isColumn(column.name())) {
        throw invalid("a column's name is not admitted");
      }
    }
  }

  /**
   * @param text JSON as the JVM client sends it, or DDL
   * @throws RefusedException when it is anything but a list of columns of simple types
   */
  static LocalSchema of(String text) {
    return text.stripLeading().startsWith("{")
        ? LocalSchemaJson.parse(text)
        : LocalSchemaDdl.parse(text);
  }

  static RefusedException invalid(String why) {
    return RefusedException.of(
        RefusalCode.PARAM_INVALID,
        "The schema of a local relation is not admitted: " + why,
        "columns of type " + SimpleType.DEMAND);
  }

  /** The schema as Spark writes it; equal schemas give equal texts. */
  String json() {
    ObjectNode struct = JsonNodeFactory.instance.objectNode().put("type", "struct");
    ArrayNode fields = struct.putArray("fields");
    for (LocalColumn column : columns) {
      ObjectNode field = fields.addObject();
      field.put("name", column.name());
      field.put("type", column.type().json());
      field.put("nullable", column.nullable());
      field.putObject("metadata");
    }
    return struct.toString();
  }

  Schema arrow() {
    return new Schema(columns.stream().map(LocalColumn::field).toList());
  }
}
