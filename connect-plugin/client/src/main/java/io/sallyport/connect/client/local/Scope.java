package io.sallyport.connect.client.local;

import static io.sallyport.connect.client.local.ScalaViews.list;
import static io.sallyport.connect.client.local.ScalaViews.optional;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.internal.UnresolvedAttribute;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.StructType;

/** The names that an operator's columns can use, resolved as Spark resolves them. */
final class Scope {

  private final String operator;
  private final LocalSchema schema;
  private final boolean reachesHidden;
  private final List<LocalColumn> lateral = new ArrayList<>();

  private Scope(String operator, LocalSchema schema, boolean reachesHidden) {
    this.operator = operator;
    this.schema = schema;
    this.reachesHidden = reachesHidden;
  }

  /** Of an operator that sees its input's columns only. */
  static Scope of(String operator, LocalSchema schema) {
    return new Scope(operator, schema, false);
  }

  /** Of a filter or a sort, for which Spark also looks below a projection. */
  static Scope reachingDown(String operator, LocalSchema schema) {
    return new Scope(operator, schema, true);
  }

  String operator() {
    return operator;
  }

  LocalSchema schema() {
    return schema;
  }

  /** From here on this name can be used as well: an alias in the same projection. */
  void sees(LocalColumn made) {
    lateral.add(made);
  }

  /**
   * The column that is meant; empty when only the server can tell.
   *
   * @throws LocalError when there is none, or there are several
   */
  Optional<LocalColumn> resolve(UnresolvedAttribute attribute) {
    List<String> parts = list(attribute.nameParts());
    Optional<Long> planId = optional(attribute.planId()).map(Long.class::cast);
    if (attribute.isMetadataColumn()) {
      throw LocalError.in(operator, "Metadata columns cannot be used");
    }
    if (planId.isEmpty()) {
      return resolve(parts);
    }
    List<LocalColumn> frame = schema.frame(planId.get()).orElse(List.of());
    return frame.isEmpty() ? Optional.empty() : ofFrame(parts, frame);
  }

  /** The column that a name stands for; empty when only the server can tell. */
  Optional<LocalColumn> resolve(List<String> parts) {
    List<LocalColumn> found = named(parts, schema.columns());
    if (found.isEmpty()) {
      found = named(parts, lateral);
    }
    if (found.isEmpty() && reachesHidden) {
      return below(parts);
    }
    if (found.size() > 1) {
      throw LocalError.ambiguousColumn(
          operator, String.join(".", parts), found.stream().map(LocalColumn::shown).toList());
    }
    if (found.isEmpty() && !mayBeQualified(parts) && !schema.hasUnknownNames()) {
      throw unknown(parts);
    }
    return found.stream().findFirst();
  }

  private Optional<LocalColumn> below(List<String> parts) {
    if (named(parts, schema.hidden()).isEmpty()
        && !mayBeQualified(parts)
        && !schema.hasUnknownNames()) {
      throw unknown(parts);
    }
    return Optional.empty();
  }

  private Optional<LocalColumn> ofFrame(List<String> parts, List<LocalColumn> frame) {
    List<LocalColumn> inFrame = named(parts, frame);
    if (inFrame.isEmpty()
        && parts.size() == 1
        && frame.stream().allMatch(column -> column.name().isPresent())) {
      throw LocalError.unknownColumn(
          operator,
          parts.get(0),
          frame.stream().flatMap(column -> column.name().stream()).toList());
    }
    if (inFrame.size() > 1) {
      throw LocalError.ambiguousColumn(
          operator, String.join(".", parts), inFrame.stream().map(LocalColumn::shown).toList());
    }
    return inFrame.stream()
        .findFirst()
        .filter(
            column ->
                schema.columns().stream().anyMatch(mine -> mine.identity() == column.identity()));
  }

  private LocalError unknown(List<String> parts) {
    return LocalError.unknownColumn(operator, String.join(".", parts), schema.names());
  }

  /** A name of several parts that could be qualified in a way which is not known here. */
  private boolean mayBeQualified(List<String> parts) {
    return parts.size() > 1
        && schema.columns().stream().anyMatch(column -> parts.stream().anyMatch(column::isNamed));
  }

  /** The columns a name can stand for, each column once. */
  private static List<LocalColumn> named(List<String> parts, List<LocalColumn> columns) {
    Map<Object, LocalColumn> found = new LinkedHashMap<>();
    for (LocalColumn column : columns) {
      match(parts, column).ifPresent(match -> found.putIfAbsent(column.identity(), match));
    }
    return List.copyOf(found.values());
  }

  private static Optional<LocalColumn> match(List<String> parts, LocalColumn column) {
    for (int used = 0; used < parts.size(); used++) {
      if (endsWith(column.qualifier(), parts.subList(0, used)) && column.isNamed(parts.get(used))) {
        List<String> fields = parts.subList(used + 1, parts.size());
        return Optional.of(fields.isEmpty() ? column : field(column, fields));
      }
    }
    return Optional.empty();
  }

  private static boolean endsWith(List<String> qualifier, List<String> used) {
    int from = qualifier.size() - used.size();
    if (from < 0) {
      return false;
    }
    for (int i = 0; i < used.size(); i++) {
      if (!qualifier.get(from + i).equalsIgnoreCase(used.get(i))) {
        return false;
      }
    }
    return true;
  }

  private static LocalColumn field(LocalColumn column, List<String> fields) {
    Optional<DataType> type = column.type();
    for (String field : fields) {
      type = type.flatMap(outer -> fieldType(outer, field));
    }
    return LocalColumn.made(fields.get(fields.size() - 1), type);
  }

  private static Optional<DataType> fieldType(DataType outer, String name) {
    if (!(outer instanceof StructType struct)) {
      return Optional.empty();
    }
    for (var field : struct.fields()) {
      if (field.name().equalsIgnoreCase(name)) {
        return Optional.of(field.dataType());
      }
    }
    return Optional.empty();
  }
}
