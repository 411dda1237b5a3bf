package io.sallyport.spark.certificate;

import io.sallyport.spark.scala.Scala;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.spark.sql.catalyst.expressions.Alias;
import org.apache.spark.sql.catalyst.expressions.AttributeReference;
import org.apache.spark.sql.catalyst.expressions.BitwiseAnd;
import org.apache.spark.sql.catalyst.expressions.ExprId;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.Literal;
import org.apache.spark.sql.catalyst.expressions.NamedExpression;
import org.apache.spark.sql.catalyst.expressions.ShiftRight;
import org.apache.spark.sql.catalyst.expressions.aggregate.AggregateExpression;
import org.apache.spark.sql.catalyst.expressions.aggregate.AggregateFunction;
import org.apache.spark.sql.catalyst.expressions.aggregate.Count;
import org.apache.spark.sql.catalyst.expressions.aggregate.Sum;
import org.apache.spark.sql.catalyst.plans.logical.Aggregate;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.types.DataTypes;

/**
 * How far one person moves the exact numbers behind a release, by the plan alone.
 *
 * <p>The last node adds up, per group: the keys; the number of rows, which is that of people; for
 * each of several frames a number that is 0 or 1, for one the number of rows again; for each
 * statistic the upper and the lower bits of one bounded integer column, or one such column as it
 * is, or a number of rows. Anything else is rejected, and so is a sum that may be too large for 64
 * bits with fewer than 2^39 people in a group.
 *
 * @param keys the key columns
 * @param values all values of each key, where the plan lets no others through
 * @param groups in how many groups one person is
 * @param most how far one person moves each statistic in one group
 * @param oneRow why each person has one row, if so
 */
record Totals(
    List<ExprId> keys,
    List<Optional<Set<Object>>> values,
    BigInteger groups,
    List<BigInteger> most,
    Optional<OneRow> oneRow) {

  /** Sums of fewer than 2^39 numbers of so many bits fit in a long. */
  private static final int LOW_BITS = 24;

  private static final Extent INDICATOR = Extent.of(0, 1);

  /**
   * Reads the last node.
   *
   * @param rows what is known of the rows that it adds up
   * @param frames how many numbers of people per frame there are to be
   */
  static Totals of(LogicalPlan plan, RowFacts rows, int frames) {
    NotCertifiedException.unless(
        plan.getClass() == Aggregate.class && !rows.isPublic(), "no sums of people's rows");
    Aggregate aggregate = (Aggregate) plan;
    List<ExprId> keys =
        Scala.<Expression>list(aggregate.groupingExpressions()).stream()
            .map(key -> column(key).exprId())
            .toList();
    List<NamedExpression> columns = Scala.list(aggregate.aggregateExpressions());
    int first = keys.size() + 1 + frames;
    NotCertifiedException.unless(
        columns.size() >= first && (columns.size() - first) % 2 == 0, "columns without a claim");
    for (int i = 0; i < keys.size(); i++) {
      NotCertifiedException.unless(
          column((Expression) columns.get(i)).exprId().equals(keys.get(i)), "a key out of place");
    }
    requireCountOfRows(columns.get(keys.size()));
    Set<ExprId> by = Set.copyOf(keys);
    BigInteger groups =
        GroupRules.groups(by, rows).orElseThrow(() -> unbounded("number of groups"));
    BigInteger inGroup =
        GroupRules.rowsInGroup(by, rows).orElseThrow(() -> unbounded("number of rows"));
    NotCertifiedException.unless(
        inGroup.compareTo(BigInteger.ONE) <= 0, "people who count more than once in a group");
    if (frames == 1) {
      requireCountOfRows(columns.get(keys.size() + 1)); // the frame's people are all there are
    }
    for (int i = keys.size() + 1; i < first && frames > 1; i++) {
      Expression counted = summed(columns.get(i));
      NotCertifiedException.unless(
          extent(column(counted), rows).isWithin(INDICATOR), "a number of people that is none");
    }
    List<BigInteger> most = new ArrayList<>();
    for (int i = first; i < columns.size(); i += 2) {
      BigInteger each =
          isZero(columns.get(i))
              ? whole(function(columns.get(i + 1)), rows)
              : inParts(split(summed(columns.get(i)), summed(columns.get(i + 1))), rows);
      most.add(each.multiply(inGroup));
    }
    return new Totals(
        keys,
        keys.stream().map(key -> rows.column(key).values()).toList(),
        groups,
        most,
        rows.oneRow());
  }

  /** How far a row moves a number that is added up as it is, or counts rows. */
  private static BigInteger whole(AggregateFunction function, RowFacts rows) {
    return function.getClass() == Count.class
        ? counted(Scala.children(function))
        : within(LOW_BITS, extent(column(summed(function)), rows).most());
  }

  /** A row is one, or none where what is counted is NULL. */
  private static BigInteger counted(List<Expression> marks) {
    NotCertifiedException.unless(
        marks.size() == 1
            && (marks.get(0).getClass() == AttributeReference.class
                || marks.get(0).getClass() == Literal.class),
        "a count of what is no column");
    return BigInteger.ONE;
  }

  /** How far a row moves a number that is added up as two. */
  private static BigInteger inParts(AttributeReference steps, RowFacts rows) {
    return within(2 * LOW_BITS, extent(steps, rows).most());
  }

  private static BigInteger within(int bits, BigInteger most) {
    NotCertifiedException.unless(
        most.compareTo(BigInteger.ONE.shiftLeft(bits)) <= 0, "a sum that 64 bits may not hold");
    return most;
  }

  int statistics() {
    return most.size();
  }

  /** All combinations of the keys' values, as sets; empty where the plan lets others through. */
  Optional<List<Set<Object>>> allValues() {
    return values.stream().allMatch(Optional::isPresent)
        ? Optional.of(values.stream().map(Optional::get).collect(Collectors.toList()))
        : Optional.empty();
  }

  private static NotCertifiedException unbounded(String what) {
    return new NotCertifiedException("people whose " + what + " has no bound");
  }

  private static Extent extent(AttributeReference column, RowFacts rows) {
    return rows.column(column.exprId())
        .extent()
        .orElseThrow(() -> new NotCertifiedException("a sum of what no clamp bounds"));
  }

  private static AttributeReference column(Expression value) {
    NotCertifiedException.unless(
        value.getClass() == AttributeReference.class, "a value that is no column");
    return (AttributeReference) value;
  }

  private static AggregateFunction function(NamedExpression column) {
    NotCertifiedException.unless(
        column instanceof Alias alias && alias.child().getClass() == AggregateExpression.class,
        "a column that is no aggregate");
    AggregateExpression aggregate = (AggregateExpression) ((Alias) column).child();
    NotCertifiedException.unless(
        !aggregate.isDistinct() && aggregate.filter().isEmpty(), "an aggregate of some rows");
    return aggregate.aggregateFunction();
  }

  private static void requireCountOfRows(NamedExpression column) {
    AggregateFunction function = function(column);
    boolean rows =
        function.getClass() == Count.class
            && Scala.children(function).size() == 1
            && Scala.children(function).get(0) instanceof Literal one
            && one.value() != null;
    NotCertifiedException.unless(rows, "no number of people");
  }

  private static Expression summed(NamedExpression column) {
    return summed(function(column));
  }

  private static Expression summed(AggregateFunction function) {
    NotCertifiedException.unless(function.getClass() == Sum.class, "an aggregate that is no sum");
    return ((Sum) function).child();
  }

  /** Whether all bits are in the lower part. */
  private static boolean isZero(NamedExpression high) {
    return high instanceof Alias alias
        && alias.child() instanceof Literal zero
        && Long.valueOf(0).equals(zero.value());
  }

  /** The column whose upper and lower bits these are. */
  private static AttributeReference split(Expression high, Expression low) {
    if (high instanceof ShiftRight upper
        && upper.right() instanceof Literal bits
        && Integer.valueOf(LOW_BITS).equals(bits.value())
        && low instanceof BitwiseAnd lower
        && lower.right() instanceof Literal mask
        && Long.valueOf((1L << LOW_BITS) - 1).equals(mask.value())) {
      AttributeReference column = column(upper.left());
      NotCertifiedException.unless(
          column.exprId().equals(column(lower.left()).exprId())
              && DataTypes.LongType.equals(column.dataType()),
          "parts of different columns");
      return column;
    }
    throw new NotCertifiedException("a sum that is not of upper and lower bits");
  }
}
