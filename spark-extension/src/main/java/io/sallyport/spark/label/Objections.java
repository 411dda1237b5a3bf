package io.sallyport.spark.label;

import io.sallyport.policy.frame.FrameName;
import io.sallyport.policy.question.Objection;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * For each frame, why the rows are not fit for an aggregation over enough people, in plan order.
 */
public record Objections(Map<FrameName, List<Objection>> byFrame) {

  static final Objections NONE = new Objections(Map.of());

  public Objections {
    Map<FrameName, List<Objection>> copy = new TreeMap<>();
    byFrame.forEach((frame, objections) -> copy.put(frame, List.copyOf(objections)));
    byFrame = Map.copyOf(copy);
  }

  public List<Objection> against(FrameName frame) {
    return byFrame.getOrDefault(frame, List.of());
  }

  Objections and(FrameName frame, Objection objection) {
    return and(new Objections(Map.of(frame, List.of(objection))));
  }

  Objections and(Objections others) {
    Map<FrameName, List<Objection>> union = new TreeMap<>();
    byFrame.forEach((frame, objections) -> union.put(frame, new ArrayList<>(objections)));
    others.byFrame.forEach(
        (frame, objections) ->
            objections.stream()
                .filter(o -> !union.getOrDefault(frame, List.of()).contains(o))
                .forEach(o -> union.computeIfAbsent(frame, f -> new ArrayList<>()).add(o)));
    return new Objections(union);
  }

  static Objections all(Collection<NodeLabel> labels) {
    return labels.stream().map(NodeLabel::objections).reduce(NONE, Objections::and);
  }
}
