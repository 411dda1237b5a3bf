package io.sallyport.spark.certificate;

import io.sallyport.spark.scala.Scala;
import java.math.BigInteger;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.spark.sql.catalyst.expressions.Alias;
import org.apache.spark.sql.catalyst.expressions.AttributeReference;
import org.apache.spark.sql.catalyst.expressions.Coalesce;
import org.apache.spark.sql.catalyst.expressions.ExprId;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.Literal;
import org.apache.spark.sql.catalyst.expressions.NamedExpression;

/** What is known of columns that are computed from others, row by row. */
final class Columns {

  private Columns() {}

  static Expression value(NamedExpression column) {
    return column instanceof Alias alias ? alias.child() : (Expression) column;
  }

  /**
   * What is known of a value: a person's column stays one only as it is, or as the first of some.
   */
  static ColumnFacts of(Expression value, RowFacts rows) {
    if (value.getClass() == AttributeReference.class) {
      return rows.column(((AttributeReference) value).exprId()).unranked();
    }
    if (value.getClass() == Literal.class && ((Literal) value).value() == null) {
      return ColumnFacts.ABSENT;
    }
    if (!peopleOf(value, rows).isEmpty()) {
      return ColumnFacts.PERSON;
    }
    return ColumnFacts.within(Extent.of(value, rows));
  }

  /** The columns of which the value is the first that is not NULL, where all hold the person. */
  static Set<ExprId> peopleOf(Expression value, RowFacts rows) {
    List<Expression> parts =
        value.getClass() == Coalesce.class ? Scala.children(value) : List.of(value);
    Set<ExprId> people = new HashSet<>();
    for (Expression part : parts) {
      if (part.getClass() != AttributeReference.class
          || !rows.column(((AttributeReference) part).exprId()).namesNobodyElse()) {
        return Set.of();
      }
      people.add(((AttributeReference) part).exprId());
    }
    boolean named = people.stream().anyMatch(id -> rows.column(id).person());
    return named ? people : Set.of();
  }

  /** The rows under a list of new columns. */
  static RowFacts project(List<NamedExpression> list, RowFacts rows) {
    Map<ExprId, ColumnFacts> columns = new HashMap<>();
    Map<ExprId, ExprId> passed = new HashMap<>();
    Set<Set<ExprId>> covers = new HashSet<>();
    for (NamedExpression column : list) {
      Expression value = value(column);
      columns.put(column.exprId(), of(value, rows));
      if (value.getClass() == AttributeReference.class) {
        passed.putIfAbsent(((AttributeReference) value).exprId(), column.exprId());
      }
      if (rows.isCovered(peopleOf(value, rows))) {
        covers.add(Set.of(column.exprId()));
      }
    }
    rows.covers().forEach(cover -> renamed(cover, passed).ifPresent(covers::add));
    columns.replaceAll((id, facts) -> facts.renamed(passed));
    Optional<Set<ExprId>> unique = rows.unique().flatMap(ids -> renamed(ids, passed));
    Map<Set<ExprId>, BigInteger> different = new HashMap<>();
    rows.different()
        .forEach((ids, most) -> renamed(ids, passed).ifPresent(to -> different.put(to, most)));
    return new RowFacts(
        rows.space(),
        columns,
        covers,
        rows.most(),
        rows.oneRow(),
        unique,
        different,
        rows.nobodys());
  }

  /** Some columns under their new names; empty when one is gone. */
  static Optional<Set<ExprId>> renamed(Set<ExprId> ids, Map<ExprId, ExprId> passed) {
    Set<ExprId> renamed = new HashSet<>();
    for (ExprId id : ids) {
      if (!passed.containsKey(id)) {
        return Optional.empty();
      }
      renamed.add(passed.get(id));
    }
    return Optional.of(Set.copyOf(renamed));
  }
}
