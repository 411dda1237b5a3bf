package io.sallyport.spark.certificate;

import io.sallyport.spark.scala.Scala;
import java.math.BigInteger;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.spark.sql.catalyst.expressions.Alias;
import org.apache.spark.sql.catalyst.expressions.AttributeReference;
import org.apache.spark.sql.catalyst.expressions.CurrentRow$;
import org.apache.spark.sql.catalyst.expressions.ExprId;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.GreaterThan;
import org.apache.spark.sql.catalyst.expressions.Greatest;
import org.apache.spark.sql.catalyst.expressions.Least;
import org.apache.spark.sql.catalyst.expressions.Literal;
import org.apache.spark.sql.catalyst.expressions.NamedExpression;
import org.apache.spark.sql.catalyst.expressions.RowFrame$;
import org.apache.spark.sql.catalyst.expressions.SpecifiedWindowFrame;
import org.apache.spark.sql.catalyst.expressions.Subtract;
import org.apache.spark.sql.catalyst.expressions.UnboundedPreceding$;
import org.apache.spark.sql.catalyst.expressions.WindowExpression;
import org.apache.spark.sql.catalyst.expressions.aggregate.AggregateExpression;
import org.apache.spark.sql.catalyst.expressions.aggregate.AggregateFunction;
import org.apache.spark.sql.catalyst.expressions.aggregate.Count;
import org.apache.spark.sql.catalyst.expressions.aggregate.Sum;
import org.apache.spark.sql.catalyst.plans.logical.Aggregate;
import org.apache.spark.sql.catalyst.plans.logical.Filter;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.catalyst.plans.logical.Window;
import org.apache.spark.sql.types.DataTypes;

/**
 * How far one person moves counts by value, by the plan alone.
 *
 * <p>The last node adds up, per group and value, how many rows of each person still count there: a
 * running sum of a person's rows in a group is cut at a literal, so that what a person adds to all
 * values of a group is that literal at most. Numbers of different values count the values for which
 * something is left. Anything else is rejected.
 *
 * @param groups in how many groups one person is
 * @param most how many rows, or values, of one person count in a group
 * @param steps what was derived of the nodes below, leaves first
 */
record ValueTotals(BigInteger groups, BigInteger most, List<Step> steps) {

  static ValueTotals of(LogicalPlan plan, int keys, ValuesClaim claim) {
    Aggregate byValue =
        aggregate(claim.leaves().isPresent() ? plan : counted(aggregate(plan), keys));
    List<ExprId> by = ids(Scala.list(byValue.groupingExpressions()));
    List<NamedExpression> columns = Scala.list(byValue.aggregateExpressions());
    NotCertifiedException.unless(
        columns.size() == by.size() + 1 && by.size() >= keys && isThose(columns, by),
        "counts by value without keys");
    AggregateFunction sum = function(columns.get(by.size()));
    NotCertifiedException.unless(sum.getClass() == Sum.class, "counts by value that are no sums");
    Set<ExprId> groupKeys = new HashSet<>(by.subList(0, keys));
    PlanFacts facts = new PlanFacts();
    RowFacts rows = facts.of(byValue.child());
    NotCertifiedException.unless(!rows.isPublic(), "counts by value of nobody");
    BigInteger groups =
        GroupRules.groups(groupKeys, rows)
            .orElseThrow(() -> new NotCertifiedException("people in any number of groups"));
    BigInteger most = most(byValue.child(), ((Sum) sum).child(), groupKeys, rows);
    if (claim.leaves().isPresent()) {
      NotCertifiedException.unless(by.size() == keys + 1, "leaves of more than one column");
      Optional<Extent> leaf = rows.column(by.get(keys)).extent();
      Extent leaves = Extent.of(0, claim.leaves().getAsInt() - 1L);
      NotCertifiedException.unless(
          leaf.filter(where -> where.isWithin(leaves)).isPresent(), "leaves that nobody counts");
    }
    return new ValueTotals(groups, most, facts.steps());
  }

  /** What is below a count of the values of which something is left. */
  private static LogicalPlan counted(Aggregate values, int keys) {
    List<ExprId> by = ids(Scala.list(values.groupingExpressions()));
    List<NamedExpression> columns = Scala.list(values.aggregateExpressions());
    NotCertifiedException.unless(
        by.size() == keys
            && columns.size() == keys + 1
            && isThose(columns, by)
            && function(columns.get(keys)).getClass() == Count.class
            && Scala.children(function(columns.get(keys))).get(0) instanceof Literal
            && values.child().getClass() == Filter.class,
        "a number of values that is none");
    Filter held = (Filter) values.child();
    Aggregate byValue = aggregate(held.child());
    List<NamedExpression> below = Scala.list(byValue.aggregateExpressions());
    Expression last = below.get(below.size() - 1).toAttribute();
    Expression isLeft = new GreaterThan(last, number(BigInteger.ZERO));
    NotCertifiedException.unless(
        held.condition().semanticEquals(isLeft)
            && isThose(below.subList(0, Math.min(keys, below.size())), by),
        "values of which nothing is left");
    return byValue;
  }

  /** How much one person adds up to in a group, over all values. */
  private static BigInteger most(
      LogicalPlan plan, Expression kept, Set<ExprId> keys, RowFacts rows) {
    if (kept.semanticEquals(number(BigInteger.ONE))) {
      return rows.most().orElseThrow(() -> new NotCertifiedException("people with several rows"));
    }
    NotCertifiedException.unless(plan.getClass() == Window.class, "rows that are not counted on");
    Window window = (Window) plan;
    List<NamedExpression> running = Scala.list(window.windowExpressions());
    NotCertifiedException.unless(
        running.size() == 1 && GroupRules.isAmong(window, keys, rows),
        "rows counted on over more than a group");
    AttributeReference counted = counted(running.get(0));
    NotCertifiedException.unless(
        rows.column(counted.exprId()).extent().filter(e -> e.lower().signum() >= 0).isPresent(),
        "a number of rows that may be negative");
    NotCertifiedException.unless(
        kept.getClass() == Least.class
            && Scala.children(kept).size() == 2
            && Scala.children(kept).get(1) instanceof Literal bound
            && bound.value() instanceof Long,
        "rows without a bound");
    BigInteger most = BigInteger.valueOf((Long) ((Literal) Scala.children(kept).get(1)).value());
    Expression before = new Subtract((Expression) running.get(0).toAttribute(), counted);
    Expression left = new Subtract(number(most), before);
    Expression cut = least(greatest(least(counted, left), number(BigInteger.ZERO)), number(most));
    NotCertifiedException.unless(
        most.signum() >= 0 && kept.semanticEquals(cut), "rows that are cut in another way");
    return most;
  }

  /** The column of which a window gives the sum up to each row. */
  private static AttributeReference counted(NamedExpression running) {
    if (running instanceof Alias alias
        && alias.child() instanceof WindowExpression window
        && window.windowFunction() instanceof AggregateExpression aggregate
        && !aggregate.isDistinct()
        && aggregate.filter().isEmpty()
        && aggregate.aggregateFunction() instanceof Sum sum
        && sum.child() instanceof AttributeReference column
        && column.dataType().equals(DataTypes.LongType)
        && window.windowSpec().frameSpecification() instanceof SpecifiedWindowFrame frame
        && frame.frameType().equals(RowFrame$.MODULE$)
        && frame.lower().equals(UnboundedPreceding$.MODULE$)
        && frame.upper().equals(CurrentRow$.MODULE$)) {
      return column;
    }
    throw new NotCertifiedException("rows that are not counted on one by one");
  }

  private static Aggregate aggregate(LogicalPlan plan) {
    NotCertifiedException.unless(plan.getClass() == Aggregate.class, "no counts by value");
    return (Aggregate) plan;
  }

  private static AggregateFunction function(NamedExpression column) {
    NotCertifiedException.unless(
        column instanceof Alias alias
            && alias.child() instanceof AggregateExpression aggregate
            && !aggregate.isDistinct()
            && aggregate.filter().isEmpty(),
        "a column that is no plain aggregate");
    return ((AggregateExpression) ((Alias) column).child()).aggregateFunction();
  }

  private static List<ExprId> ids(List<Expression> columns) {
    return columns.stream()
        .map(
            column -> {
              NotCertifiedException.unless(
                  column.getClass() == AttributeReference.class, "a key that is no column");
              return ((AttributeReference) column).exprId();
            })
        .toList();
  }

  private static boolean isThose(List<NamedExpression> columns, List<ExprId> ids) {
    for (int i = 0; i < ids.size(); i++) {
      if (!(columns.get(i) instanceof AttributeReference column)
          || !column.exprId().equals(ids.get(i))) {
        return false;
      }
    }
    return true;
  }

  private static Literal number(BigInteger value) {
    return new Literal(value.longValueExact(), DataTypes.LongType);
  }

  private static Expression least(Expression a, Expression b) {
    return new Least(Scala.seq(List.of(a, b)));
  }

  private static Expression greatest(Expression a, Expression b) {
    return new Greatest(Scala.seq(List.of(a, b)));
  }
}
