package io.sallyport.spark.rows;

import io.sallyport.policy.decision.RefusalCode;
import io.sallyport.spark.RefusedException;
import io.sallyport.spark.scala.Scala;
import java.util.IdentityHashMap;
import java.util.List;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.Literal;
import org.apache.spark.sql.catalyst.expressions.SubqueryExpression;
import org.apache.spark.sql.catalyst.plans.logical.Aggregate;
import org.apache.spark.sql.catalyst.plans.logical.Expand;
import org.apache.spark.sql.catalyst.plans.logical.Generate;
import org.apache.spark.sql.catalyst.plans.logical.GlobalLimit;
import org.apache.spark.sql.catalyst.plans.logical.Join;
import org.apache.spark.sql.catalyst.plans.logical.LocalLimit;
import org.apache.spark.sql.catalyst.plans.logical.LocalRelation;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.catalyst.plans.logical.Range;
import org.apache.spark.sql.catalyst.plans.logical.Sample;
import org.apache.spark.sql.catalyst.plans.logical.Union;
import org.apache.spark.sql.execution.LogicalRDD;

/**
 * How many rows the operators of an analysed plan make, as far as the plan tells: ranges and lists
 * are as long as they say, what was released has the rows that it has, and a join makes every pair
 * unless its columns tell the rows of one side apart ({@link RowsOfAKey}). A table counts as one
 * row, because how many it has is not for a refusal to tell: what is bounded is how many times over
 * it is gone through.
 */
public final class MadeRows {

  static final long MOST = 100_000_000;

  private final IdentityHashMap<Aggregate, Long> released;
  private final IdentityHashMap<LogicalPlan, Long> counted = new IdentityHashMap<>();
  private final RowsOfAKey keys = new RowsOfAKey(this);
  private final RepeatedTables repeated = new RepeatedTables(this, keys);
  private double kept;

  private MadeRows(IdentityHashMap<Aggregate, Long> released) {
    this.released = released;
  }

  /**
   * Requires that no operator makes too many rows.
   *
   * @throws RefusedException LIMIT_EXCEEDED beyond 100 million
   */
  public static void require(LogicalPlan analysed) {
    require(analysed, new IdentityHashMap<>());
  }

  /**
   * The same of a plan of which some aggregates were released.
   *
   * @param released how many rows each of them has, by identity
   * @throws RefusedException LIMIT_EXCEEDED beyond 100 million
   */
  public static void require(LogicalPlan plan, IdentityHashMap<Aggregate, Long> released) {
    of(released).count(plan);
  }

  /**
   * How many rows a plan makes, a table being one.
   *
   * @throws RefusedException LIMIT_EXCEEDED beyond 100 million
   */
  public static long rowsOf(LogicalPlan plan) {
    return of(new IdentityHashMap<>()).count(plan);
  }

  /**
   * Counts the rows of one plan's operators.
   *
   * @param released how many rows each of the aggregates that were released has, by identity
   */
  public static MadeRows of(IdentityHashMap<Aggregate, Long> released) {
    return new MadeRows(released);
  }

  /**
   * The rows that an operator makes, a table being one.
   *
   * @throws RefusedException LIMIT_EXCEEDED beyond 100 million
   */
  public long count(LogicalPlan plan) {
    Long known = counted.get(plan);
    if (known == null) {
      known = counting(plan);
      counted.put(plan, known);
    }
    return known;
  }

  private long counting(LogicalPlan plan) {
    if (isReleased(plan)) {
      return released.get((Aggregate) plan);
    }
    for (Expression expression : Scala.<Expression>list(plan.expressions())) {
      subqueries(expression);
    }
    List<Long> inputs = Scala.children(plan).stream().map(this::count).toList();
    if (plan instanceof GlobalLimit limit) {
      return atMost(inputs.get(0), limit.limitExpr());
    }
    if (plan instanceof LocalLimit limit) {
      return atMost(inputs.get(0), limit.limitExpr());
    }
    for (int i = 0; i < inputs.size(); i++) {
      LogicalPlan input = Scala.children(plan).get(i);
      kept += HeldRows.require(plan, inputs.get(i), repeated.ofATable(input));
    }
    HeldRows.requireFew(kept);
    return bounded(made(plan, inputs));
  }

  /** Whether an operator's rows are those of a release, and no table's any more. */
  boolean isReleased(LogicalPlan plan) {
    return plan instanceof Aggregate aggregate && released.containsKey(aggregate);
  }

  private long made(LogicalPlan plan, List<Long> inputs) {
    if (inputs.isEmpty()) {
      return leaf(plan);
    }
    if (plan instanceof Join join) {
      return keys.pairs(join);
    }
    if (plan instanceof Union) {
      return inputs.stream().mapToLong(Long::longValue).sum();
    }
    if (plan instanceof Generate generate) {
      return times(inputs.get(0), entries(generate));
    }
    if (plan instanceof Expand expand) {
      return times(inputs.get(0), expand.projections().size());
    }
    if (plan instanceof Aggregate aggregate && aggregate.groupingExpressions().isEmpty()) {
      return 1;
    }
    if (plan instanceof Sample sample && sample.withReplacement()) {
      return repeated(inputs.get(0), sample.upperBound() - sample.lowerBound());
    }
    return inputs.get(0);
  }

  /** How many rows of one side of a join may have the same values in what it equates. */
  public long ofAKey(Join join, LogicalPlan side) {
    return Math.min(count(side), keys.met(join, side));
  }

  /** How often each row of a table is among the rows of a plan; 0 where no table is read. */
  public long ofATable(LogicalPlan plan) {
    return repeated.ofATable(plan);
  }

  /** Each row is there so many times on average, and as it is: a table is not one row of itself. */
  private static long repeated(long rows, double times) {
    double made = Math.ceil(rows * Math.max(1, times));
    return made > MOST ? MOST + 1 : (long) made;
  }

  private static long leaf(LogicalPlan plan) {
    if (KeptRows.isMany(plan)) {
      return ((KeptRdd) ((LogicalRDD) plan).rdd()).rows();
    }
    if (plan instanceof Range range) {
      return range.numElements().bitLength() < Long.SIZE
          ? range.numElements().longValue()
          : Long.MAX_VALUE;
    }
    return plan instanceof LocalRelation rows ? rows.data().size() : 1;
  }

  static long entries(Generate generate) {
    Expression list = Scala.children((Expression) generate.generator()).get(0);
    return new ListLength(generate.child()).of(list);
  }

  private void subqueries(Expression expression) {
    if (expression instanceof SubqueryExpression subquery) {
      count(subquery.plan());
    }
    Scala.children(expression).forEach(this::subqueries);
  }

  private static long atMost(long rows, Expression limit) {
    return limit instanceof Literal literal && literal.value() instanceof Integer most
        ? Math.min(rows, most)
        : rows;
  }

  static long times(long rows, long each) {
    return each != 0 && rows > MOST / each ? MOST + 1 : rows * each;
  }

  private static long bounded(long rows) {
    if (rows > MOST) {
      throw RefusedException.of(
          RefusalCode.LIMIT_EXCEEDED,
          "ranges, lists and joins whose columns tell the rows of neither side apart make more than"
              + " %d rows (made-rows)".formatted(MOST),
          "a join ON all columns that one side is grouped by, or fewer rows on either side");
    }
    return rows;
  }
}
