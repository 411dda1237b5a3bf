package io.sallyport.connect.cli.render;

import com.fasterxml.jackson.databind.JsonNode;
import io.sallyport.connect.cli.server.Answer;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * The server's evidence: for each aggregate, how many people of each frame are inside and how many
 * are left out, and on how many each group rests, the smallest groups first.
 */
final class EvidencePoints {
  private static final int MOST_GROUPS = 20;
  private static final String INDENT = "  ";

  private final int width;
  private final List<String> lines = new ArrayList<>();

  private EvidencePoints(int width) {
    this.width = width;
  }

  static List<String> lines(JsonNode points, int width) {
    EvidencePoints evidence = new EvidencePoints(width);
    points.forEach(evidence::add);
    return evidence.lines.isEmpty()
        ? List.of(INDENT + "nothing was counted")
        : List.copyOf(evidence.lines);
  }

  private void add(JsonNode point) {
    if (point.has("note")) {
      lines.add(INDENT + SafeText.line(point.path("note").asText()));
      return;
    }
    lines.add(INDENT + title(point));
    addFrames(point.path("frames"));
    addGroups(point);
  }

  private static String title(JsonNode point) {
    List<String> keys = new ArrayList<>();
    point.path("keys").forEach(key -> keys.add(SafeText.line(key.asText())));
    return keys.isEmpty() ? "All rows together:" : "For each " + String.join(", ", keys) + ":";
  }

  private void addFrames(JsonNode frames) {
    List<List<String>> rows = new ArrayList<>();
    frames
        .properties()
        .forEach(
            frame ->
                rows.add(
                    List.of(
                        frame.getKey(),
                        frame.getValue().path("inside").asText(),
                        frame.getValue().path("left_out").asText(),
                        frame.getValue().path("total").asText())));
    addTable(new Answer(List.of("FRAME", "PEOPLE INSIDE", "LEFT OUT", "IN ALL"), rows));
  }

  private void addGroups(JsonNode point) {
    JsonNode groups = point.path("groups");
    if (groups.isEmpty()) {
      return;
    }
    Set<String> frames = new LinkedHashSet<>();
    groups.forEach(group -> group.path("units").fieldNames().forEachRemaining(frames::add));
    List<List<String>> rows = new ArrayList<>();
    for (JsonNode group : groups) {
      if (rows.size() < MOST_GROUPS) {
        rows.add(group(group, frames));
      }
    }
    List<String> columns = new ArrayList<>(List.of("GROUP"));
    frames.forEach(frame -> columns.add("PEOPLE OF " + frame));
    addTable(new Answer(columns, rows));
    long more = point.path("group_count").asLong(groups.size()) - rows.size();
    if (more > 0) {
      lines.add(INDENT + INDENT + "and " + more + " groups of at least as many people");
    }
  }

  private static List<String> group(JsonNode group, Set<String> frames) {
    List<String> key = new ArrayList<>();
    group.path("key").forEach(part -> key.add(part.asText()));
    List<String> row = new ArrayList<>(List.of(String.join(", ", key)));
    frames.forEach(frame -> row.add(group.path("units").path(frame).asText()));
    return row;
  }

  private void addTable(Answer table) {
    if (!table.rows().isEmpty()) {
      String indent = INDENT + INDENT;
      TextTable.lines(table, width - indent.length()).forEach(line -> lines.add(indent + line));
    }
  }
}
