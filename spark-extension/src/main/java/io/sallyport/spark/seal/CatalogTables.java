package io.sallyport.spark.seal;

import io.sallyport.policy.frame.Frame;
import io.sallyport.policy.principal.Principal;
import io.sallyport.spark.view.View;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * What the catalog says to analysts: {@code sallyport.tables} has a row for each table that they
 * may ask about and each view of their session, {@code sallyport.tables.t} the one of table {@code
 * t}, and {@code sallyport.columns.t} its columns. {@code SHOW TABLES}, {@code DESCRIBE} and {@code
 * spark.catalog} are queries over these.
 */
public final class CatalogTables implements NamedTables {

  private static final String OURS = "sallyport";

  private final FrameCatalog frames;
  private final List<View> views;

  /**
   * @param views of the session that asks; one that has a frame's name is not seen
   */
  public CatalogTables(FrameCatalog frames, List<View> views) {
    this.frames = frames;
    this.views = views.stream().filter(v -> frames.find(List.of(v.name())).isEmpty()).toList();
  }

  @Override
  public Optional<LogicalPlan> find(List<String> nameParts, Principal principal) {
    if (nameParts.size() < 2 || !lower(nameParts.get(0)).equals(OURS)) {
      return Optional.empty();
    }
    List<String> table = nameParts.subList(2, nameParts.size());
    return switch (lower(nameParts.get(1))) {
      case "tables" -> Optional.of(table.isEmpty() ? all() : one(table));
      case "columns" -> table.isEmpty() ? Optional.empty() : Optional.of(columns(table));
      default -> Optional.empty();
    };
  }

  private LogicalPlan all() {
    List<List<String>> rows = new ArrayList<>();
    frames.tables().forEach(table -> rows.add(row(table)));
    views.forEach(view -> rows.add(row(view)));
    return tables(rows);
  }

  private LogicalPlan one(List<String> nameParts) {
    return tables(
        List.of(view(nameParts).map(CatalogTables::row).orElseGet(() -> row(table(nameParts)))));
  }

  private LogicalPlan columns(List<String> nameParts) {
    return view(nameParts)
        .map(view -> columns(view.columns(), Optional.empty()))
        .orElseGet(() -> columns(table(nameParts)));
  }

  private Optional<View> view(List<String> nameParts) {
    return views.stream()
        .filter(view -> nameParts.size() == 1 && view.name().equalsIgnoreCase(nameParts.get(0)))
        .findFirst();
  }

  /** Refused like the table itself where there is none. */
  private FrameTable table(List<String> nameParts) {
    return frames.seal(nameParts).table();
  }

  private static LogicalPlan tables(List<List<String>> rows) {
    return TextTable.of(List.of("name", "description", "kind"), rows);
  }

  private static List<String> row(FrameTable table) {
    return List.of(table.name().value(), description(table), "TABLE");
  }

  private static List<String> row(View view) {
    return List.of(view.name(), "a view of this session", "TEMPORARY");
  }

  private static String description(FrameTable table) {
    return table
        .frame()
        .map(
            frame ->
                "rows of people, told apart by "
                    + person(frame).orElse("row")
                    + "; answered at once under "
                    + frame.policy().automatic().text())
        .orElse("public");
  }

  private static LogicalPlan columns(FrameTable table) {
    return columns(table.schema(), table.frame().flatMap(CatalogTables::person));
  }

  private static LogicalPlan columns(StructType columns, Optional<String> person) {
    List<List<String>> rows = new ArrayList<>();
    for (StructField column : columns.fields()) {
      boolean tells = person.filter(column.name()::equalsIgnoreCase).isPresent();
      rows.add(
          Arrays.asList(
              column.name(),
              column.dataType().catalogString(),
              tells ? "the person whose row it is: to join by, and to count" : null,
              String.valueOf(column.nullable())));
    }
    return TextTable.of(List.of("col_name", "data_type", "comment", "nullable"), rows);
  }

  private static Optional<String> person(Frame frame) {
    return frame.unit().fold(column -> Optional.of(column.name()), row -> Optional.empty());
  }

  private static String lower(String name) {
    return name.toLowerCase(Locale.ROOT);
  }
}
