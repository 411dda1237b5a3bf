package io.sallyport.connect.desk.page;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * On how many people a result rests, as the server has counted it.
 *
 * @param points one for each aggregate, or for the rows themselves
 * @param problem why nothing is known; empty when it is
 */
record Evidence(List<Point> points, Optional<String> problem) {

  private static final ObjectMapper MAPPER = new ObjectMapper();

  Evidence {
    points = List.copyOf(points);
  }

  /**
   * The people of one aggregate.
   *
   * @param keys what it is grouped by; empty for all rows together
   * @param outputs where in a row of the result each key stands; empty when that is not known
   * @param frames the people of each frame
   * @param groups the groups of the fewest people, these first
   * @param groupCount how many groups there are
   * @param note what was not counted, and why
   */
  record Point(
      List<String> keys,
      List<Integer> outputs,
      Map<String, Counts> frames,
      List<Group> groups,
      long groupCount,
      Optional<String> note) {

    /** Where the keys stand in rows of so many columns; nowhere unless the server said so. */
    List<Integer> outputs(int columns) {
      boolean fit =
          outputs.size() == keys.size() && outputs.stream().allMatch(at -> at >= 0 && at < columns);
      return fit ? outputs : List.of();
    }
  }

  /** How many people of a frame are in a result, and how many are not. */
  record Counts(long total, long inside, long leftOut) {}

  /** One group: its keys, of which NULL is null, and how many people of each frame. */
  record Group(List<String> key, Map<String, Long> people) {}

  /** Reads what the server gives; what it does not know it leaves out. */
  static Evidence of(String json) {
    if (json.isBlank()) {
      return new Evidence(List.of(), Optional.empty());
    }
    try {
      JsonNode tree = MAPPER.readTree(json);
      List<Point> points = new ArrayList<>();
      tree.path("points").forEach(point -> points.add(point(point)));
      return new Evidence(points, Optional.ofNullable(tree.path("problem").textValue()));
    } catch (JsonProcessingException e) {
      return new Evidence(List.of(), Optional.of("the evidence cannot be read"));
    }
  }

  private static Point point(JsonNode node) {
    List<String> keys = new ArrayList<>();
    node.path("keys").forEach(key -> keys.add(key.asText()));
    List<Integer> outputs = new ArrayList<>();
    node.path("outputs").forEach(at -> outputs.add(at.asInt(-1)));
    Map<String, Counts> frames = new LinkedHashMap<>();
    node.path("frames")
        .properties()
        .forEach(
            frame ->
                frames.put(
                    frame.getKey(),
                    new Counts(
                        frame.getValue().path("total").asLong(),
                        frame.getValue().path("inside").asLong(),
                        frame.getValue().path("left_out").asLong())));
    List<Group> groups = new ArrayList<>();
    node.path("groups").forEach(group -> groups.add(group(group)));
    return new Point(
        List.copyOf(keys),
        List.copyOf(outputs),
        frames,
        List.copyOf(groups),
        node.path("group_count").asLong(groups.size()),
        Optional.ofNullable(node.path("note").textValue()));
  }

  private static Group group(JsonNode node) {
    List<String> key = new ArrayList<>();
    node.path("key").forEach(part -> key.add(part.isNull() ? null : part.asText()));
    Map<String, Long> people = new LinkedHashMap<>();
    node.path("units")
        .properties()
        .forEach(frame -> people.put(frame.getKey(), frame.getValue().asLong()));
    return new Group(Collections.unmodifiableList(key), people);
  }
}
