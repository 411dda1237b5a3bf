package io.sallyport.connect.client.local;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.spark.sql.types.StructType;

/**
 * What is known here about a plan: its columns, those that a filter or a sort may still reach below
 * them, and the columns of every frame that it is made of. Immutable.
 */
public final class LocalSchema {

  private final List<LocalColumn> columns;
  private final List<LocalColumn> hidden;
  private final Map<Long, List<LocalColumn>> frames;

  private LocalSchema(
      List<LocalColumn> columns, List<LocalColumn> hidden, Map<Long, List<LocalColumn>> frames) {
    this.columns = List.copyOf(columns);
    this.hidden = List.copyOf(hidden);
    this.frames = Map.copyOf(frames);
  }

  /** The schema of a frame, as the server told it. */
  public static LocalSchema of(StructType schema, List<String> qualifier, long planId) {
    List<LocalColumn> columns =
        Arrays.stream(schema.fields())
            .map(
                field ->
                    new LocalColumn(
                        Optional.of(field.name()),
                        Optional.of(field.dataType()),
                        qualifier,
                        new Object()))
            .toList();
    return new LocalSchema(columns, List.of(), Map.of(planId, columns));
  }

  /** The columns, in their order. */
  public List<LocalColumn> columns() {
    return columns;
  }

  /** Columns below the last projection: a filter or a sort still reaches them. */
  List<LocalColumn> hidden() {
    return hidden;
  }

  /** The columns of a frame that this plan is made of; empty when it is no such frame. */
  Optional<List<LocalColumn>> frame(long planId) {
    return Optional.ofNullable(frames.get(planId));
  }

  /** The names that are known. */
  List<String> names() {
    return columns.stream().flatMap(column -> column.name().stream()).toList();
  }

  /** Whether Spark makes up a name that is not known here. */
  boolean hasUnknownNames() {
    return columns.stream().anyMatch(column -> column.name().isEmpty());
  }

  /** Whether a column here may stand for several that only the server knows. */
  boolean hasUnknownStar() {
    return columns.stream().anyMatch(column -> column.name().isEmpty() && column.type().isEmpty());
  }

  /** The same columns under the number of the operator that passes them on. */
  LocalSchema passedOn(long planId) {
    return with(columns, hidden, planId);
  }

  /** Other columns, made from these. */
  LocalSchema projected(List<LocalColumn> made, long planId) {
    List<LocalColumn> below = new ArrayList<>(columns);
    below.addAll(hidden);
    return with(made, below, planId);
  }

  /** Other columns; these are out of reach. */
  LocalSchema replaced(List<LocalColumn> made, long planId) {
    return with(made, List.of(), planId);
  }

  /** The columns of both sides; a column that is on both is another one on the right. */
  LocalSchema joined(LocalSchema right) {
    Set<Object> onTheLeft = new HashSet<>();
    columns.forEach(column -> onTheLeft.add(column.identity()));
    List<LocalColumn> both = new ArrayList<>(columns);
    for (LocalColumn column : right.columns) {
      both.add(onTheLeft.contains(column.identity()) ? column.again() : column);
    }
    Map<Long, List<LocalColumn>> known = new HashMap<>(frames);
    right.frames.forEach(
        (planId, theirs) -> known.merge(planId, theirs, (one, other) -> List.of()));
    return new LocalSchema(both, List.of(), known);
  }

  private LocalSchema with(List<LocalColumn> made, List<LocalColumn> below, long planId) {
    Map<Long, List<LocalColumn>> known = new HashMap<>(frames);
    known.put(planId, made);
    return new LocalSchema(made, below, known);
  }
}
