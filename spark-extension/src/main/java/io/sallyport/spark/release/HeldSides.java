package io.sallyport.spark.release;

import io.sallyport.policy.decision.RefusalCode;
import io.sallyport.spark.RefusedException;
import io.sallyport.spark.admission.RowTexts;
import io.sallyport.spark.rows.MadeRows;
import io.sallyport.spark.scala.Scala;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.Literal;
import org.apache.spark.sql.catalyst.planning.ExtractEquiJoinKeys$;
import org.apache.spark.sql.catalyst.plans.FullOuter$;
import org.apache.spark.sql.catalyst.plans.InnerLike;
import org.apache.spark.sql.catalyst.plans.LeftExistence$;
import org.apache.spark.sql.catalyst.plans.logical.Generate;
import org.apache.spark.sql.catalyst.plans.logical.Join;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.catalyst.plans.logical.Sample;
import org.apache.spark.sql.catalyst.plans.logical.Sort;
import org.apache.spark.unsafe.types.UTF8String;

/**
 * Sides of joins that Spark would hold in memory whole: the driver's, to send them to every task,
 * or a task's, where a full outer join keeps all rows of a key. It takes a side for small by an
 * estimate that knows neither how many rows a list makes nor how long a text becomes, and looks at
 * its true size only when all of it is there.
 *
 * <p>So where the estimate is not to be trusted, nothing is sent because it seems small. An outer
 * join without equal keys is run in no other way: there, what is held has a bound.
 *
 * <p>Both look at what the optimizer made of a plan, for that is what runs.
 */
final class HeldSides {

  /** Of one side, as far as the plan tells. */
  private static final double MOST_BYTES = 64L << 20;

  /** Computed texts of a row that the estimate may leave out. */
  private static final double LONG = 4096;

  /** Computed texts of a row that is sorted. */
  private static final double WIDE = 256 << 10;

  /** A table's rows; how many it has is not for a refusal to tell. */
  private static final double TABLE = 10_000;

  private static final double BYTES_OF_A_COLUMN = 16;

  /** Of more joins none is taken for known: each is looked at with all that is below it. */
  private static final long LOOKED_AT = 100;

  private HeldSides() {}

  /**
   * Whether some join of a plan has a side whose size Spark estimates too low, or one row of it may
   * become so many that all of them are not to be in memory at once, as generated code has them.
   */
  static boolean areUnknown(LogicalPlan optimized) {
    List<Join> joins = new ArrayList<>();
    joins(optimized, joins);
    return joins.size() > LOOKED_AT
        || makesRows(optimized)
        || joins.stream()
            .anyMatch(join -> isEstimateLow(join.left()) || isEstimateLow(join.right()))
        || joins.stream().mapToDouble(join -> sent(join.left()) + sent(join.right())).sum()
            > MOST_BYTES
        || (!joins.isEmpty() && hasLongTexts(optimized))
        || sortsWideRows(optimized);
  }

  /** A sorted limit keeps some rows outside the memory manager. */
  private static boolean sortsWideRows(LogicalPlan plan) {
    return (plan instanceof Sort sort && RowTexts.of(sort.child()).made() > WIDE)
        || inputs(plan).stream().anyMatch(HeldSides::sortsWideRows);
  }

  /**
   * Requires that what must be held has a bound.
   *
   * @throws RefusedException LIMIT_EXCEEDED; whether, depends on the plan and on how many rows came
   *     along or were released, not on governed data
   */
  static void require(LogicalPlan optimized) {
    List<Join> joins = new ArrayList<>();
    joins(optimized, joins);
    joins.forEach(HeldSides::require);
  }

  private static void require(Join join) {
    if (join.joinType() instanceof InnerLike) {
      return;
    }
    if (!ExtractEquiJoinKeys$.MODULE$.unapply(join).isEmpty()) {
      if (join.joinType() == FullOuter$.MODULE$) {
        requireFewOfAKey(join, join.left());
        requireFewOfAKey(join, join.right());
      }
      return;
    }
    requireFewUnknown(join.left());
    requireFewUnknown(join.right());
    double left = isJudged(join.left()) ? bytes(join.left()) : 0;
    double right = isJudged(join.right()) ? bytes(join.right()) : 0;
    boolean isExistence = !LeftExistence$.MODULE$.unapply(join.joinType()).isEmpty();
    if ((isExistence ? right : Math.min(left, right)) > MOST_BYTES) {
      throw tooLarge();
    }
  }

  /** A plain table is bounded by Spark, where its size is known. */
  private static boolean isJudged(LogicalPlan side) {
    return rows(side) > 1;
  }

  private static void requireFewUnknown(LogicalPlan side) {
    if (isEstimateLow(side) && bytes(side) > MOST_BYTES) {
      throw tooLarge();
    }
  }

  private static RefusedException tooLarge() {
    return RefusedException.of(
        RefusalCode.LIMIT_EXCEEDED,
        "one side of an outer join without equal columns may have more than "
            + (long) MOST_BYTES
            + " bytes of rows that lists and ranges make, or of computed texts (held-side)",
        "a join ON equal columns, an inner join, or shorter texts and fewer rows");
  }

  private static void requireFewOfAKey(Join join, LogicalPlan side) {
    double rows;
    try {
      rows = (double) MadeRows.of(new IdentityHashMap<>()).ofAKey(join, side);
    } catch (RefusedException tooMany) {
      rows = Double.POSITIVE_INFINITY;
    }
    if (rows <= 1 && RowTexts.of(side).made() <= LONG) {
      return;
    }
    if (Math.max(rows, ofTables(side)) * bytesOfARow(side) > MOST_BYTES) {
      throw RefusedException.of(
          RefusalCode.LIMIT_EXCEEDED,
          "one side of a full outer join may have more than "
              + (long) MOST_BYTES
              + " bytes of rows with the same key (held-side)",
          "a join on columns that tell rows apart, a left or inner join, or fewer rows");
    }
  }

  private static boolean isEstimateLow(LogicalPlan side) {
    return makesRows(side) || RowTexts.of(side).made() > LONG;
  }

  /**
   * Bytes of a side of computed texts that Spark would send, by its own estimate of the rows and
   * ours of what is in one; where a plan tells how many rows there are, not less than they have.
   */
  private static double sent(LogicalPlan side) {
    double estimated = side.stats().sizeInBytes().doubleValue();
    double made = RowTexts.of(side).made();
    if (made == 0 || estimated > side.conf().autoBroadcastJoinThreshold()) {
      return 0;
    }
    double byRows = ofTables(side) > 0 ? 0 : bytes(side);
    return Math.max(byRows, estimated * (1 + made / estimatedRow(side)));
  }

  /** What Spark takes a row for. */
  private static double estimatedRow(LogicalPlan side) {
    return Scala.<Attribute>list(side.output()).stream()
            .mapToDouble(column -> column.dataType().defaultSize())
            .sum()
        + Long.BYTES;
  }

  private static boolean hasLongTexts(LogicalPlan plan) {
    return RowTexts.of(plan).made() > LONG || writtenTexts(plan) > LONG;
  }

  private static long writtenTexts(LogicalPlan plan) {
    long own =
        Scala.<Expression>list(plan.expressions()).stream().mapToLong(HeldSides::writtenText).sum();
    return own + inputs(plan).stream().mapToLong(HeldSides::writtenTexts).sum();
  }

  private static long writtenText(Expression expression) {
    long own =
        expression instanceof Literal literal && literal.value() instanceof UTF8String text
            ? text.numBytes()
            : 0;
    return own + Scala.children(expression).stream().mapToLong(HeldSides::writtenText).sum();
  }

  private static void joins(LogicalPlan plan, List<Join> joins) {
    if (plan instanceof Join join) {
      joins.add(join);
    }
    inputs(plan).forEach(input -> joins(input, joins));
  }

  private static boolean makesRows(LogicalPlan plan) {
    return plan instanceof Generate
        || (plan instanceof Sample sample && sample.withReplacement())
        || inputs(plan).stream().anyMatch(HeldSides::makesRows);
  }

  /** What an operator reads, and what the subqueries in its expressions do. */
  private static List<LogicalPlan> inputs(LogicalPlan plan) {
    List<LogicalPlan> inputs = new ArrayList<>(Scala.children(plan));
    inputs.addAll(Scala.<LogicalPlan>list(plan.subqueries()));
    return inputs;
  }

  private static double bytes(LogicalPlan side) {
    return Math.max(rows(side), ofTables(side)) * bytesOfARow(side);
  }

  /** Rows of a table, each as often as lists and joins repeat it. */
  private static double ofTables(LogicalPlan side) {
    return TABLE * (double) MadeRows.of(new IdentityHashMap<>()).ofATable(side);
  }

  private static double bytesOfARow(LogicalPlan side) {
    return BYTES_OF_A_COLUMN * (1 + side.output().size()) + RowTexts.of(side).all();
  }

  private static double rows(LogicalPlan side) {
    try {
      return (double) MadeRows.rowsOf(side);
    } catch (RefusedException tooMany) { // as admission would have said, had it seen this plan
      return Double.POSITIVE_INFINITY;
    }
  }
}
