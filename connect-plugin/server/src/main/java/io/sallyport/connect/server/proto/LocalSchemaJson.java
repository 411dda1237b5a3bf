package io.sallyport.connect.server.proto;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Set;

/** A schema in Spark's JSON: one struct, its fields flat, every key known and there. */
final class LocalSchemaJson {

  private static final ObjectMapper JSON =
      new ObjectMapper(
              JsonFactory.builder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder()
                          .maxNestingDepth(4)
                          .maxStringLength(4 * Bounds.NAME)
                          .maxNameLength(Bounds.NAME)
                          .maxNumberLength(32)
                          .build())
                  .build())
          .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

  private static final Set<String> STRUCT = Set.of("type", "fields");
  private static final Set<String> FIELD = Set.of("name", "type", "nullable", "metadata");

  private LocalSchemaJson() {}

  static LocalSchema parse(String text) {
    JsonNode struct = tree(text);
    require(keys(struct).equals(STRUCT), "it is not one struct");
    require("struct".equals(struct.path("type").textValue()), "it is not a struct");
    require(struct.path("fields").isArray(), "it has no list of fields");
    List<LocalColumn> columns = new ArrayList<>();
    for (JsonNode field : struct.path("fields")) {
      columns.add(column(field));
    }
    return new LocalSchema(columns);
  }

  private static LocalColumn column(JsonNode field) {
    require(keys(field).equals(FIELD), "a field has more or less than name, type and nullable");
    JsonNode metadata = field.path("metadata");
    require(metadata.isObject() && metadata.isEmpty(), "a field has metadata");
    require(field.path("name").isTextual(), "a field has no name");
    require(field.path("nullable").isBoolean(), "a field is nullable or not");
    require(field.path("type").isTextual(), "a field's type is not simple");
    SimpleType type =
        SimpleType.of(field.path("type").textValue())
            .orElseThrow(() -> LocalSchema.invalid("a field's type is not simple"));
    return new LocalColumn(
        field.path("name").textValue(), type, field.path("nullable").booleanValue());
  }

  private static JsonNode tree(String text) {
    try {
      return JSON.readTree(text);
    } catch (JsonProcessingException e) {
      throw LocalSchema.invalid("it is no JSON");
    }
  }

  private static Set<String> keys(JsonNode node) {
    Set<String> keys = new HashSet<>();
    for (Iterator<String> names = node.fieldNames(); names.hasNext(); ) {
      keys.add(names.next());
    }
    return keys;
  }

  private static void require(boolean holds, String otherwise) {
    if (!holds) {
      throw LocalSchema.invalid(otherwise);
    }
  }
}
