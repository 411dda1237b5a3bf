package io.sallyport.spark.admission;

import io.sallyport.spark.scala.Scala;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.spark.sql.catalyst.analysis.UnresolvedNamespace;
import org.apache.spark.sql.catalyst.analysis.UnresolvedTableOrView;
import org.apache.spark.sql.catalyst.plans.logical.DescribeRelation;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.catalyst.plans.logical.ShowColumns;
import org.apache.spark.sql.catalyst.plans.logical.ShowTables;
import org.apache.spark.sql.catalyst.plans.logical.ShowViews;

/**
 * The commands that ask what is there, as queries over our own tables of the catalog: {@code SHOW
 * TABLES}, {@code VIEWS}, {@code DATABASES}, {@code COLUMNS} and {@code FUNCTIONS}, and {@code
 * DESCRIBE}.
 */
public final class CatalogText {

  /** The one namespace there is. */
  public static final String NAMESPACE = "default";

  /** The one catalog there is. */
  public static final String CATALOG = "sallyport";

  private static final String FUNCTIONS =
      FunctionTable.admitted().stream()
          .sorted()
          .map(name -> "('" + name + "')")
          .collect(Collectors.joining(", "));

  private CatalogText() {}

  /** The query that answers a command; empty for every other plan. */
  static Optional<String> of(LogicalPlan parsed) {
    if (parsed instanceof ShowTables show) {
      return Optional.of(
          "SELECT '' AS namespace, name AS tableName, kind = 'TEMPORARY' AS isTemporary"
              + " FROM sallyport.tables WHERE "
              + (isHere(show.namespace()) ? like("name", pattern(show.pattern())) : "false"));
    }
    if (parsed instanceof ShowViews show) {
      return Optional.of(
          "SELECT '' AS namespace, name AS viewName, true AS isTemporary"
              + " FROM sallyport.tables WHERE kind = 'TEMPORARY' AND "
              + (isHere(show.namespace()) ? like("name", pattern(show.pattern())) : "false"));
    }
    if (parsed.getClass().getSimpleName().startsWith("ShowNamespaces")) {
      return Optional.of("SELECT '" + NAMESPACE + "' AS namespace");
    }
    if (parsed.getClass().getSimpleName().startsWith("ShowFunctions")) {
      return Optional.of("SELECT function FROM VALUES " + FUNCTIONS + " AS t(function)");
    }
    if (parsed instanceof ShowColumns show && show.child() instanceof UnresolvedTableOrView table) {
      return Optional.of("SELECT col_name FROM " + columnsOf(table));
    }
    if (parsed instanceof DescribeRelation describe
        && describe.relation() instanceof UnresolvedTableOrView table) {
      return Optional.of("SELECT col_name, data_type, comment FROM " + columnsOf(table));
    }
    return Optional.empty();
  }

  /**
   * The condition that a name meets a pattern of Spark's: {@code *} for anything, and {@code |}.
   */
  public static String like(String column, Optional<String> pattern) {
    return pattern
        .map(
            text ->
                Pattern.compile("|", Pattern.LITERAL)
                    .splitAsStream(text)
                    .map(one -> "lower(" + column + ") LIKE '" + escaped(one) + "'")
                    .collect(Collectors.joining(" OR ", "(", ")")))
        .orElse("true");
  }

  private static String escaped(String pattern) {
    StringBuilder sql = new StringBuilder();
    for (char c : pattern.strip().toLowerCase(Locale.ROOT).toCharArray()) {
      if (c == '*' || c == '%') {
        sql.append('%');
      } else if (Character.isLetterOrDigit(c) && c < 128) {
        sql.append(c);
      } else if (c == '_' || c == '\\') {
        sql.append(c == '_' ? "\\\\_" : "\\\\\\\\");
      } else {
        sql.append("\\u%04x".formatted((int) c));
      }
    }
    return sql.toString();
  }

  private static Optional<String> pattern(scala.Option<String> pattern) {
    return Scala.optional(pattern);
  }

  private static boolean isHere(LogicalPlan namespace) {
    return !(namespace instanceof UnresolvedNamespace named)
        || Scala.<String>list(named.multipartIdentifier()).stream()
            .map(part -> part.toLowerCase(Locale.ROOT))
            .allMatch(part -> part.equals(NAMESPACE) || part.equals(CATALOG));
  }

  private static String columnsOf(UnresolvedTableOrView table) {
    return columnsOf(Scala.<String>list(table.multipartIdentifier()));
  }

  /** The table of a table's columns. */
  public static String columnsOf(List<String> nameParts) {
    return "sallyport.columns." + quoted(nameParts);
  }

  /** The table of one table. */
  public static String tableOf(List<String> nameParts) {
    return "sallyport.tables." + quoted(nameParts);
  }

  private static String quoted(List<String> nameParts) {
    return nameParts.stream()
        .map(part -> "`" + part.replace("`", "``") + "`")
        .collect(Collectors.joining("."));
  }
}
