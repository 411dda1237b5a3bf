package io.sallyport.connect.cli.render;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sallyport.connect.cli.server.Answer;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Evidence as the server gives it, and of whatever other form: of JSON, lists of objects become
 * tables and values become lines; what is no JSON is shown as text.
 */
final class EvidenceText {
  private static final int MOST_ROWS = 20;
  private static final String INDENT = "  ";
  private static final ObjectMapper MAPPER =
      new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

  private EvidenceText() {}

  static List<String> lines(String evidence, int width) {
    if (evidence.isBlank()) {
      return List.of(INDENT + "none");
    }
    try {
      JsonNode tree = MAPPER.readTree(evidence);
      if (tree.path("points").isArray()) {
        return EvidencePoints.lines(tree.get("points"), width);
      }
      List<String> lines = new ArrayList<>();
      add("", tree, INDENT, lines);
      return lines;
    } catch (JsonProcessingException e) {
      return Paragraph.lines(evidence, INDENT, width);
    }
  }

  private static void add(String name, JsonNode node, String indent, List<String> lines) {
    String title = name.isEmpty() ? indent : indent + SafeText.line(name) + ": ";
    if (isTable(node)) {
      addTitle(name, indent, lines);
      table(node).forEach(line -> lines.add(indent + line));
      if (node.size() > MOST_ROWS) {
        lines.add(indent + "and " + (node.size() - MOST_ROWS) + " more rows");
      }
    } else if (node.isObject()) {
      addTitle(name, indent, lines);
      String inner = name.isEmpty() ? indent : indent + INDENT;
      node.properties().forEach(f -> add(f.getKey(), f.getValue(), inner, lines));
    } else {
      String text = node.isTextual() ? node.textValue() : node.toString();
      lines.add(title + SafeText.line(text));
    }
  }

  private static void addTitle(String name, String indent, List<String> lines) {
    if (!name.isEmpty()) {
      lines.add(indent + SafeText.line(name) + ":");
    }
  }

  private static boolean isTable(JsonNode node) {
    if (!node.isArray() || node.isEmpty()) {
      return false;
    }
    for (JsonNode row : node) {
      if (!row.isObject()) {
        return false;
      }
    }
    return true;
  }

  private static List<String> table(JsonNode rows) {
    Set<String> columns = new LinkedHashSet<>();
    rows.forEach(row -> row.fieldNames().forEachRemaining(columns::add));
    List<List<String>> cells = new ArrayList<>();
    for (JsonNode row : rows) {
      if (cells.size() < MOST_ROWS) {
        cells.add(columns.stream().map(column -> cell(row.get(column))).toList());
      }
    }
    return TextTable.lines(new Answer(List.copyOf(columns), cells), Integer.MAX_VALUE);
  }

  private static String cell(JsonNode value) {
    if (value == null) {
      return "";
    }
    return value.isTextual() ? value.textValue() : value.toString();
  }
}
