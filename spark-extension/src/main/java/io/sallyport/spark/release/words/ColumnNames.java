package io.sallyport.spark.release.words;

import io.sallyport.spark.scala.Scala;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.expressions.ExprId;
import org.apache.spark.sql.catalyst.expressions.Expression;

/**
 * What the columns of one plan are called, and which columns of which tables they come from. No two
 * columns are called the same: a new column that takes an old one's name says its step.
 */
final class ColumnNames {

  private final boolean severalTables;
  private final Map<ExprId, String> names = new HashMap<>();
  private final Map<ExprId, Set<String>> origins = new HashMap<>();
  private final Set<ExprId> sources = new HashSet<>();
  private final Set<String> taken = new HashSet<>();

  /**
   * @param severalTables whether the name of a table's column needs the table's name
   */
  ColumnNames(boolean severalTables) {
    this.severalTables = severalTables;
  }

  /** A column of a table, or of whatever else a plan starts from. */
  void source(Attribute column, String source, int step) {
    String name = PlainText.name(column.name());
    String origin = name + " of " + source;
    names.putIfAbsent(column.exprId(), unique(severalTables ? origin : name, step));
    origins.put(column.exprId(), Set.of(origin));
    sources.add(column.exprId());
  }

  /** A column that a step makes. */
  void made(Attribute column, Set<String> from, int step) {
    names.putIfAbsent(column.exprId(), unique(PlainText.name(column.name()), step));
    origins.put(column.exprId(), Set.copyOf(from));
    sources.remove(column.exprId());
  }

  /** Whether it is a source's column, as it is there. */
  boolean isSource(Attribute column) {
    return sources.contains(column.exprId());
  }

  String of(Attribute column) {
    return names.getOrDefault(column.exprId(), PlainText.name(column.name()));
  }

  /** The tables' columns that an expression's value is computed from. */
  Set<String> origins(Expression expression) {
    Set<String> all = new TreeSet<>();
    if (expression instanceof Attribute column) {
      all.addAll(origins.getOrDefault(column.exprId(), Set.of()));
    }
    List<Expression> children = Scala.children(expression);
    children.forEach(child -> all.addAll(origins(child)));
    return all;
  }

  private String unique(String name, int step) {
    String unique = name;
    for (int i = 2; !taken.add(unique); i++) {
      unique = name + " (of step " + step + (i == 2 ? ")" : ", no. " + (i - 1) + ")");
    }
    return unique;
  }
}
