package io.sallyport.spark.exact;

import io.sallyport.policy.rule.AggregateFamily;
import io.sallyport.spark.scala.Scala;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.BoundReference;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.GenericInternalRow;
import org.apache.spark.sql.catalyst.expressions.JoinedRow;
import org.apache.spark.sql.catalyst.expressions.NamedExpression;
import org.apache.spark.sql.catalyst.expressions.RuntimeReplaceable;
import org.apache.spark.sql.catalyst.expressions.UnsafeProjection;
import org.apache.spark.sql.catalyst.expressions.UnsafeRow;
import org.apache.spark.sql.catalyst.expressions.aggregate.AggregateExpression;
import org.apache.spark.sql.types.DataType;

/**
 * A release point's rows, computed of its groups' statistics: what the analyst wrote above the
 * aggregate functions is evaluated on their values.
 */
public final class Answer {

  private final List<Expression> keys;
  private final List<Expression> columns = new ArrayList<>();
  private int functions;

  /** Of a point that was read. */
  public Answer(PointReading point) {
    this.keys = Scala.list(point.aggregate().groupingExpressions());
    for (NamedExpression column :
        Scala.<NamedExpression>list(point.aggregate().aggregateExpressions())) {
      columns.add(evaluable(overValues((Expression) column)));
    }
  }

  /** In the order in which {@link TermReader} met the functions. */
  private Expression overValues(Expression expression) {
    if (expression instanceof AggregateExpression function) {
      return new BoundReference(keys.size() + functions++, function.dataType(), true);
    }
    for (int i = 0; i < keys.size(); i++) {
      if (keys.get(i).canonicalized().equals(expression.canonicalized())) {
        return new BoundReference(i, expression.dataType(), true);
      }
    }
    List<Expression> children = Scala.children(expression);
    return children.isEmpty()
        ? expression
        : Scala.withChildren(expression, children.stream().map(this::overValues).toList());
  }

  /** What Spark's optimizer makes of an expression before it is evaluated. */
  private static Expression evaluable(Expression expression) {
    Expression replaced =
        Scala.rewriteUp(
            expression,
            part ->
                part instanceof RuntimeReplaceable shorthand
                    ? evaluable(shorthand.replacement())
                    : part);
    return new Substitution(Map.of()).in(replaced);
  }

  /**
   * The output row of a group.
   *
   * @param people for each function that counts distinct people, by its ordinal, their number
   * @param quantiles likewise the values of quantiles; NULL for what is not there
   */
  UnsafeRow row(GroupCells group, Map<Integer, Long> people, Map<Integer, Object> quantiles) {
    List<Term> terms = group.cells().get(0).piece().terms();
    Object[] values = new Object[terms.size()];
    for (int i = 0; i < terms.size(); i++) {
      DataType type = terms.get(i).function().dataType();
      values[i] =
          terms.get(i).people()
              ? people.get(i)
              : isQuantile(terms.get(i))
                  ? quantiles.get(i)
                  : terms.get(i).values().isPresent()
                      ? different(i, group)
                      : Statistics.value(terms.get(i), Estimate.of(i, group), type);
    }
    InternalRow all = new JoinedRow(group.key(), new GenericInternalRow(values));
    return UnsafeProjection.create(Scala.<Expression>seq(columns)).apply(all).copy();
  }

  private static boolean isQuantile(Term term) {
    return term.family() == AggregateFamily.QUANTILE;
  }

  /** How many different values the cells of a group have, of what a function counts. */
  private static long different(int ordinal, GroupCells group) {
    Set<UnsafeRow> different = new HashSet<>();
    for (GroupCells.In in : group.cells()) {
      Term term = in.piece().terms().get(ordinal);
      Expression counted = term.values().orElseThrow();
      int key = in.table().shape().key(in.piece(), counted);
      UnsafeProjection value =
          UnsafeProjection.create(
              Scala.<Expression>seq(List.of(new BoundReference(key, counted.dataType(), true))));
      if (in.table().shown(in.piece(), term, in.cell()).isPresent()) {
        different.add(value.apply(in.cell().values()).copy());
      }
    }
    return different.size();
  }
}
