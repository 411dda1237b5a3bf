package io.sallyport.spark.seal;

import io.sallyport.policy.frame.Frame;
import io.sallyport.policy.principal.Principal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.types.StructField;

/**
 * What the catalog says to analysts: {@code sallyport.tables} has a row for each table that they
 * may ask about, {@code sallyport.tables.t} the one of table {@code t}, and {@code
 * sallyport.columns.t} its columns. {@code SHOW TABLES}, {@code DESCRIBE} and {@code spark.catalog}
 * are queries over these.
 */
public final class CatalogTables implements NamedTables {

  private static final String OURS = "sallyport";

  private final FrameCatalog frames;

  public CatalogTables(FrameCatalog frames) {
    this.frames = frames;
  }

  @Override
  public Optional<LogicalPlan> find(List<String> nameParts, Principal principal) {
    if (nameParts.size() < 2 || !lower(nameParts.get(0)).equals(OURS)) {
      return Optional.empty();
    }
    List<String> table = nameParts.subList(2, nameParts.size());
    return switch (lower(nameParts.get(1))) {
      case "tables" -> Optional.of(tables(table.isEmpty() ? frames.tables() : List.of(one(table))));
      case "columns" -> table.isEmpty() ? Optional.empty() : Optional.of(columns(one(table)));
      default -> Optional.empty();
    };
  }

  /** Refused like the table itself where there is none. */
  private FrameTable one(List<String> nameParts) {
    return frames.seal(nameParts).table();
  }

  private static LogicalPlan tables(Collection<FrameTable> tables) {
    List<List<String>> rows = new ArrayList<>();
    for (FrameTable table : tables) {
      rows.add(List.of(table.name().value(), description(table)));
    }
    return TextTable.of(List.of("name", "description"), rows);
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
    Optional<String> person = table.frame().flatMap(CatalogTables::person);
    List<List<String>> rows = new ArrayList<>();
    for (StructField column : table.schema().fields()) {
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
