package io.sallyport.spark.seal;

import io.sallyport.policy.frame.Frame;
import io.sallyport.policy.frame.FrameName;
import io.sallyport.policy.frame.FrameSource;
import io.sallyport.policy.frame.PolicySet;
import io.sallyport.policy.frame.PrivacyUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.apache.spark.sql.types.BooleanType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DateType;
import org.apache.spark.sql.types.DecimalType;
import org.apache.spark.sql.types.IntegralType;
import org.apache.spark.sql.types.StringType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/** Start-up: every table of the policies is found and its columns are those that policies name. */
public final class LoadFrames {

  private final FrameRelations relations;
  private final List<String> problems = new ArrayList<>();

  private LoadFrames(FrameRelations relations) {
    this.relations = relations;
  }

  /**
   * Reads each table's schema.
   *
   * @throws IllegalStateException listing every table that cannot be found and every column that a
   *     policy names and the data do not have
   */
  public static FrameCatalog load(PolicySet policies, FrameRelations relations) {
    LoadFrames loading = new LoadFrames(relations);
    List<FrameTable> tables = new ArrayList<>();
    policies.frames().forEach(frame -> loading.governed(frame).ifPresent(tables::add));
    policies.publicTables().forEach(name -> loading.publicTable(name).ifPresent(tables::add));
    if (!loading.problems.isEmpty()) {
      throw new IllegalStateException(
          "Sallyport does not start, because of its frames:\n  - "
              + String.join("\n  - ", loading.problems));
    }
    return new FrameCatalog(tables);
  }

  private Optional<FrameTable> governed(Frame frame) {
    Optional<StructType> schema = schema(frame.name(), frame.source());
    schema.ifPresent(found -> checkTwins(frame.name(), found));
    schema.ifPresent(found -> checkColumns(frame, found));
    return schema.map(
        found -> new FrameTable(frame.name(), frame.source(), found, Optional.of(frame)));
  }

  private Optional<FrameTable> publicTable(FrameName name) {
    FrameSource source = new FrameSource.Table(name.value());
    Optional<StructType> schema = schema(name, source);
    schema.ifPresent(found -> checkTwins(name, found));
    return schema.map(found -> new FrameTable(name, source, found, Optional.empty()));
  }

  private Optional<StructType> schema(FrameName name, FrameSource source) {
    try {
      return Optional.of(relations.schema(source));
    } catch (RuntimeException e) {
      problems.add(name.value() + ": its data cannot be found or read: " + e.getMessage());
      return Optional.empty();
    } catch (Exception e) { // Spark's AnalysisException is checked, and Scala does not declare it
      problems.add(name.value() + ": its data cannot be found or read: " + e.getMessage());
      return Optional.empty();
    }
  }

  private void checkTwins(FrameName name, StructType schema) {
    ColumnNames.twins(List.of(schema.fieldNames()))
        .ifPresent(
            twins ->
                problems.add(
                    "%s: its columns '%s' and '%s' are one name, because upper and lower case do not matter; valid is a source whose columns have different names, for example a view that renames one"
                        .formatted(name, twins.first(), twins.second())));
  }

  private void checkColumns(Frame frame, StructType schema) {
    if (frame.unit() instanceof PrivacyUnit.Column unit) {
      Optional<StructField> column = field(schema, unit.name());
      column.ifPresentOrElse(
          found -> checkUnitType(frame, found),
          () -> problems.add(noColumn(frame, "privacy-unit", unit.name(), schema)));
    }
    problems.addAll(DeclaredFit.problems(frame, schema));
    Set<String> named = new TreeSet<>(frame.blacklist());
    named.forEach(c -> checkColumn(frame, "blacklist", c, schema));
    frame.identifiers().forEach(c -> checkColumn(frame, "identifiers", c, schema));
    frame.facts().unique().forEach(c -> checkColumn(frame, "unique", c, schema));
    frame
        .facts()
        .missing()
        .columns()
        .keySet()
        .forEach(c -> checkColumn(frame, "column." + c + ".missing", c, schema));
  }

  private void checkColumn(Frame frame, String key, String column, StructType schema) {
    if (field(schema, column).isEmpty()) {
      problems.add(noColumn(frame, key, column, schema));
    }
  }

  /** A unit must compare as it is stored: a collation or a float would merge or split people. */
  private void checkUnitType(Frame frame, StructField unit) {
    DataType type = unit.dataType();
    boolean exact =
        type instanceof IntegralType
            || type instanceof DecimalType
            || type instanceof DateType
            || type instanceof BooleanType
            || (type instanceof StringType string && string.isUTF8BinaryCollation());
    if (!exact) {
      problems.add(
          frame.name().value()
              + ": privacy-unit '"
              + unit.name()
              + "' is of type "
              + type.catalogString()
              + "; valid are integers, decimals, dates and strings without a collation");
    }
  }

  private static Optional<StructField> field(StructType schema, String name) {
    return Arrays.stream(schema.fields()).filter(f -> f.name().equalsIgnoreCase(name)).findFirst();
  }

  private static String noColumn(Frame frame, String key, String column, StructType schema) {
    return "spark.sallyport.frame."
        + frame.name().value()
        + "."
        + key
        + ": there is no column '"
        + column
        + "'; its columns are "
        + String.join(", ", schema.fieldNames());
  }
}
