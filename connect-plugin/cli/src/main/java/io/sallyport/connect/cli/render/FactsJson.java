package io.sallyport.connect.cli.render;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sallyport.connect.cli.server.Answer;
import java.util.List;
import java.util.Map;

/**
 * What a server told, as JSON for programs: the same facts as for people, none cut. Characters
 * beyond ASCII are escapes, so that nothing in it steers a terminal.
 */
public final class FactsJson {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private FactsJson() {}

  /** An array with an object for each row. */
  public static String rows(Answer answer) {
    ArrayNode rows = JsonNodeFactory.instance.arrayNode();
    for (int i = 0; i < answer.rows().size(); i++) {
      rows.add(object(answer.row(i)));
    }
    return text(rows);
  }

  /** An object of a request's fields, its evidence as JSON, and its result. */
  public static String request(Map<String, String> fields, Answer result) {
    ObjectNode request = object(fields);
    try {
      request.set("evidence", MAPPER.readTree(fields.getOrDefault("evidence", "")));
    } catch (JsonProcessingException e) {
      // It stays the text that it is.
    }
    ObjectNode shown = request.putObject("result");
    ArrayNode columns = shown.putArray("columns");
    result.columns().forEach(columns::add);
    ArrayNode rows = shown.putArray("rows");
    for (List<String> row : result.rows()) {
      ArrayNode values = rows.addArray();
      row.forEach(values::add);
    }
    return text(request);
  }

  private static ObjectNode object(Map<String, String> fields) {
    ObjectNode object = JsonNodeFactory.instance.objectNode();
    fields.forEach(object::put);
    return object;
  }

  private static String text(JsonNode node) {
    StringBuilder ascii = new StringBuilder();
    node.toPrettyString()
        .chars()
        .forEach(
            c -> {
              if (c == '\n' || (c >= ' ' && c < 0x7f)) {
                ascii.append((char) c);
              } else {
                ascii.append(String.format("\\u%04x", c));
              }
            });
    return ascii.toString();
  }
}
