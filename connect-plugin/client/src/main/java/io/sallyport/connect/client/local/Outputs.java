package io.sallyport.connect.client.local;

import static io.sallyport.connect.client.local.ScalaViews.list;
import static io.sallyport.connect.client.local.ScalaViews.optional;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.internal.Alias;
import org.apache.spark.sql.internal.ColumnNode;
import org.apache.spark.sql.internal.SqlExpression;
import org.apache.spark.sql.internal.UnresolvedAttribute;
import org.apache.spark.sql.internal.UnresolvedFunction;
import org.apache.spark.sql.internal.UnresolvedRegex;
import org.apache.spark.sql.internal.UnresolvedStar;

/** The columns that a projection puts out. */
final class Outputs {

  /** Functions for which the name that Spark makes up is known. */
  private static final Set<String> PLAINLY_NAMED = Set.of("sum", "avg", "min", "max", "count");

  private final Scope scope;
  private final ColumnTypes types;

  private Outputs(Scope scope) {
    this.scope = scope;
    this.types = new ColumnTypes(scope);
  }

  /** One or more columns for each of these. */
  static List<LocalColumn> of(Scope scope, List<Column> columns) {
    Outputs outputs = new Outputs(scope);
    List<LocalColumn> made = new ArrayList<>();
    for (Column column : columns) {
      List<LocalColumn> next = outputs.of(column.node());
      made.addAll(next);
      if (column.node() instanceof Alias) {
        next.forEach(scope::sees);
      }
    }
    return made;
  }

  private List<LocalColumn> of(ColumnNode node) {
    if (node instanceof UnresolvedStar star) {
      return star(star);
    }
    if (node instanceof UnresolvedRegex) {
      throw LocalError.in(scope.operator(), "Columns cannot be chosen by a pattern");
    }
    if (node instanceof SqlExpression text) {
      if (text.expression().strip().equals("*")) {
        return scope.schema().columns();
      }
      SqlText parsed = SqlText.parse(scope, text.expression());
      return List.of(
          parsed.column().orElseGet(() -> LocalColumn.made(parsed.name(), parsed.type())));
    }
    if (node instanceof UnresolvedAttribute attribute) {
      return List.of(
          scope
              .resolve(attribute)
              .orElseGet(
                  () -> LocalColumn.made(lastOf(list(attribute.nameParts())), Optional.empty())));
    }
    if (node instanceof Alias alias && alias.name().size() == 1) {
      return List.of(LocalColumn.made(list(alias.name()).get(0), types.of(alias.child())));
    }
    return List.of(LocalColumn.made(name(node), types.of(node)));
  }

  private List<LocalColumn> star(UnresolvedStar star) {
    if (optional(star.planId()).isEmpty() && star.unparsedTarget().isEmpty()) {
      return scope.schema().columns();
    }
    return List.of(LocalColumn.made(Optional.empty(), Optional.empty()));
  }

  private static String lastOf(List<String> parts) {
    return parts.get(parts.size() - 1);
  }

  private static Optional<String> name(ColumnNode node) {
    if (node instanceof UnresolvedFunction function
        && PLAINLY_NAMED.contains(function.functionName().toLowerCase(Locale.ROOT))
        && !function.isDistinct()
        && function.arguments().size() == 1
        && function.arguments().head() instanceof UnresolvedAttribute argument
        && argument.nameParts().size() == 1) {
      return Optional.of(
          function.functionName().toLowerCase(Locale.ROOT)
              + "("
              + list(argument.nameParts()).get(0)
              + ")");
    }
    return Optional.empty();
  }
}
