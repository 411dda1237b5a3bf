package io.sallyport.spark.certificate;

import io.sallyport.spark.bounding.FirstGroups;
import io.sallyport.spark.scala.Scala;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.spark.sql.catalyst.expressions.Alias;
import org.apache.spark.sql.catalyst.expressions.AttributeReference;
import org.apache.spark.sql.catalyst.expressions.DenseRank;
import org.apache.spark.sql.catalyst.expressions.ExprId;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.Literal;
import org.apache.spark.sql.catalyst.expressions.NamedExpression;
import org.apache.spark.sql.catalyst.expressions.RowNumber;
import org.apache.spark.sql.catalyst.expressions.SortOrder;
import org.apache.spark.sql.catalyst.expressions.WindowExpression;
import org.apache.spark.sql.catalyst.expressions.aggregate.AggregateExpression;
import org.apache.spark.sql.catalyst.expressions.aggregate.Count;
import org.apache.spark.sql.catalyst.expressions.aggregate.Max;
import org.apache.spark.sql.catalyst.plans.logical.Aggregate;
import org.apache.spark.sql.catalyst.plans.logical.Window;

/** Rows of operators that look at several rows, all of one person. */
final class GroupRules {

  private GroupRules() {}

  /** One row per person and further keys. */
  static RowFacts aggregate(Aggregate aggregate, List<RowFacts> inputs) {
    RowFacts rows = inputs.get(0);
    List<Expression> keys = Scala.list(aggregate.groupingExpressions());
    List<NamedExpression> list = Scala.list(aggregate.aggregateExpressions());
    RowLocal local = RowLocal.over(List.of(aggregate.child()));
    local.rows(keys);
    local.groups(list.stream().map(Columns::value).toList());
    NotCertifiedException.unless(
        keys.stream().anyMatch(key -> isWhole(key, rows)),
        "an aggregate whose groups are not each of one person");
    Set<ExprId> others = new HashSet<>();
    boolean allColumns = true;
    for (Expression key : keys) {
      if (isWhole(key, rows)) {
        continue;
      }
      if (key.getClass() != AttributeReference.class) {
        allColumns = false;
      } else {
        others.add(((AttributeReference) key).exprId());
      }
    }
    Map<ExprId, ColumnFacts> columns = new HashMap<>();
    Map<ExprId, ExprId> passed = new HashMap<>();
    Set<Set<ExprId>> covers = new HashSet<>();
    for (NamedExpression column : list) {
      Expression value = ofItsRows(Columns.value(column));
      columns.put(column.exprId(), fact(value, allColumns ? others : Set.of(), allColumns, rows));
      if (isWhole(value, rows)) {
        covers.add(Set.of(column.exprId()));
      }
      if (Columns.value(column).getClass() == AttributeReference.class) {
        passed.putIfAbsent(((AttributeReference) value).exprId(), column.exprId());
      }
    }
    Optional<Set<ExprId>> unique = allColumns ? Columns.renamed(others, passed) : Optional.empty();
    RowFacts grouped = RowFacts.of(rows.space(), columns, covers).withUnique(unique);
    if (allColumns && others.isEmpty()) {
      return grouped.withOneRow(OneRow.ONE_PER_PERSON);
    }
    return rows.most().map(grouped::withMost).orElse(grouped);
  }

  /** The greatest of a person's values is one of them: what holds of each, holds of it. */
  private static Expression ofItsRows(Expression value) {
    return value instanceof AggregateExpression aggregate
            && aggregate.aggregateFunction() instanceof Max max
            && max.child().getClass() == AttributeReference.class
            && aggregate.filter().isEmpty()
        ? max.child()
        : value;
  }

  private static ColumnFacts fact(
      Expression value, Set<ExprId> others, boolean allColumns, RowFacts rows) {
    if (value.getClass() == AttributeReference.class || isWhole(value, rows)) {
      return Columns.of(value, rows);
    }
    if (value.getClass() == Literal.class) {
      return ColumnFacts.within(Extent.of(value, rows));
    }
    if (value instanceof AggregateExpression number
        && number.aggregateFunction().getClass() == Count.class) {
      return ColumnFacts.within(Optional.of(Extent.of(0, Long.MAX_VALUE)));
    }
    return allColumns
            && value instanceof AggregateExpression aggregate
            && aggregate.aggregateFunction() instanceof FirstGroups first
            && !aggregate.isDistinct()
            && aggregate.filter().isEmpty()
        ? groups(first, others, rows)
        : ColumnFacts.UNKNOWN;
  }

  /** Each person's first groups, among those that agree on the columns beside the person. */
  private static ColumnFacts groups(FirstGroups first, Set<ExprId> others, RowFacts rows) {
    Set<ExprId> keys = new HashSet<>();
    List<Optional<Set<Object>>> values = new ArrayList<>();
    for (Expression key : first.keys()) {
      if (key.getClass() != AttributeReference.class) {
        return ColumnFacts.UNKNOWN;
      }
      ExprId id = ((AttributeReference) key).exprId();
      keys.add(id);
      values.add(rows.column(id).values());
    }
    if (!keys.containsAll(others)) {
      return ColumnFacts.UNKNOWN;
    }
    return rows.different(keys, others, BigInteger.valueOf(first.most()))
        .map(most -> ColumnFacts.groups(new ColumnFacts.Groups(most, values)))
        .orElse(ColumnFacts.UNKNOWN);
  }

  /** Whether a value is the person of every row: a column, or the first of some. */
  private static boolean isWhole(Expression value, RowFacts rows) {
    Set<ExprId> people = Columns.peopleOf(value, rows);
    return !people.isEmpty() && rows.isCovered(people);
  }

  /** The same rows, each with what depends on rows of its own person. */
  static RowFacts window(Window window, List<RowFacts> inputs) {
    RowFacts rows = inputs.get(0);
    List<Expression> partition = Scala.list(window.partitionSpec());
    RowLocal local = RowLocal.over(List.of(window.child()));
    local.rows(partition);
    local.rows(Scala.<Expression>list(window.orderSpec()));
    NotCertifiedException.unless(
        partition.stream().anyMatch(key -> isWhole(key, rows)),
        "a window whose partitions are not each of one person");
    RowFacts numbered = rows;
    for (NamedExpression column : Scala.<NamedExpression>list(window.windowExpressions())) {
      NotCertifiedException.unless(
          column.getClass() == Alias.class
              && ((Alias) column).child().getClass() == WindowExpression.class,
          "a window function inside another expression");
      WindowExpression expression = (WindowExpression) ((Alias) column).child();
      local.window(expression);
      Optional<ColumnFacts.Rank> rank = rank(expression.windowFunction(), window, rows);
      if (rank.isPresent()) {
        numbered = numbered.withColumn(column.exprId(), ColumnFacts.rank(rank.get()));
      }
    }
    return numbered;
  }

  /** Numbers from 1 of a person's rows, or of their different values in the order's columns. */
  private static Optional<ColumnFacts.Rank> rank(
      Expression function, Window window, RowFacts rows) {
    Optional<Set<ExprId>> among = others(Scala.list(window.partitionSpec()), rows);
    if (function.getClass() == RowNumber.class) {
      return among.map(columns -> new ColumnFacts.Rank(columns, Optional.empty()));
    }
    if (function.getClass() != DenseRank.class) {
      return Optional.empty();
    }
    Set<ExprId> counted = new HashSet<>();
    for (SortOrder order : Scala.<SortOrder>list(window.orderSpec())) {
      if (order.child().getClass() == AttributeReference.class) {
        counted.add(((AttributeReference) order.child()).exprId());
      }
    }
    return among.map(columns -> new ColumnFacts.Rank(columns, Optional.of(counted)));
  }

  /** The columns that partition beside the person. */
  private static Optional<Set<ExprId>> others(List<Expression> partition, RowFacts rows) {
    Set<ExprId> others = new HashSet<>();
    for (Expression key : partition) {
      if (isWhole(key, rows)) {
        continue;
      }
      if (key.getClass() != AttributeReference.class) {
        return Optional.empty();
      }
      others.add(((AttributeReference) key).exprId());
    }
    return Optional.of(others);
  }

  /** Whether each partition of a window is one person's, in one of the groups by some keys. */
  static boolean isAmong(Window window, Set<ExprId> keys, RowFacts rows) {
    List<Expression> partition = Scala.list(window.partitionSpec());
    return partition.stream().anyMatch(key -> isWhole(key, rows))
        && others(partition, rows).filter(keys::containsAll).isPresent();
  }

  /** In how many groups a person's rows are; empty when there is no bound. */
  static Optional<BigInteger> groups(Set<ExprId> keys, RowFacts rows) {
    return rows.different(keys);
  }

  /** How many rows a person has in a group; empty when there is no bound. */
  static Optional<BigInteger> rowsInGroup(Set<ExprId> keys, RowFacts rows) {
    boolean toldApart = rows.unique().filter(keys::containsAll).isPresent();
    return toldApart ? Optional.of(BigInteger.ONE) : rows.most();
  }
}
