package io.sallyport.spark.release;

import io.sallyport.policy.decision.RefusalCode;
import io.sallyport.spark.RefusedException;
import io.sallyport.spark.admission.TextGrowth;
import io.sallyport.spark.rows.MadeRows;
import io.sallyport.spark.scala.Scala;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.Literal;
import org.apache.spark.sql.catalyst.planning.ExtractEquiJoinKeys$;
import org.apache.spark.sql.catalyst.plans.InnerLike;
import org.apache.spark.sql.catalyst.plans.logical.Generate;
import org.apache.spark.sql.catalyst.plans.logical.Join;
import org.apache.spark.sql.catalyst.plans.logical.LocalRelation;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.catalyst.plans.logical.OneRowRelation;
import org.apache.spark.sql.catalyst.plans.logical.Range;
import org.apache.spark.sql.catalyst.plans.logical.Sample;
import org.apache.spark.unsafe.types.UTF8String;

/**
 * Sides of joins that Spark would hold in the driver's memory whole, to send them to every task. It
 * takes a side for small by an estimate that knows neither how many rows a list makes nor how long
 * a text becomes, and looks at its true size only when all of it is there.
 *
 * <p>So where the estimate is not to be trusted, nothing is sent because it seems small. An outer
 * join without equal keys is run in no other way: there, such a side has a bound.
 */
final class HeldSides {

  /** Of one side, as far as the plan tells. */
  private static final long MOST_BYTES = 64L << 20;

  /** Computed texts of a row that the estimate may leave out. */
  private static final double LONG = 4096;

  /** A table's rows; how many it has is not for a refusal to tell. */
  private static final double TABLE = 10_000;

  private static final double BYTES_OF_A_COLUMN = 16;
  private static final double STORED_TEXT = 256;

  /** Of more joins none is taken for known: each is looked at with all that is below it. */
  private static final long LOOKED_AT = 100;

  private HeldSides() {}

  /**
   * Whether some join of a plan has a side whose size Spark estimates too low, or one row of it may
   * become so many that all of them are not to be in memory at once, as generated code has them.
   */
  static boolean areUnknown(LogicalPlan plan) {
    return joins(plan) > LOOKED_AT
        || isOneUnknown(plan)
        || makesRows(plan)
        || (joins(plan) > 0 && hasLongTexts(plan));
  }

  private static boolean hasLongTexts(LogicalPlan plan) {
    return isLong(plan) || writtenTexts(plan) > LONG;
  }

  private static long writtenTexts(LogicalPlan plan) {
    long own =
        Scala.<Expression>list(plan.expressions()).stream().mapToLong(HeldSides::writtenText).sum();
    return own + Scala.children(plan).stream().mapToLong(HeldSides::writtenTexts).sum();
  }

  private static long writtenText(Expression expression) {
    long own =
        expression instanceof Literal literal && literal.value() instanceof UTF8String text
            ? text.numBytes()
            : 0;
    return own + Scala.children(expression).stream().mapToLong(HeldSides::writtenText).sum();
  }

  private static long joins(LogicalPlan plan) {
    long below = Scala.children(plan).stream().mapToLong(HeldSides::joins).sum();
    return plan instanceof Join ? below + 1 : below;
  }

  private static boolean isOneUnknown(LogicalPlan plan) {
    return (plan instanceof Join join && (isUnknown(join.left()) || isUnknown(join.right())))
        || Scala.children(plan).stream().anyMatch(HeldSides::isOneUnknown);
  }

  /**
   * Requires that what must be held has a bound.
   *
   * @param optimized what is left of a plan's conditions after Spark has folded them
   * @throws RefusedException LIMIT_EXCEEDED; whether, depends on the plan alone
   */
  static void require(LogicalPlan optimized) {
    if (optimized instanceof Join join
        && !(join.joinType() instanceof InnerLike)
        && ExtractEquiJoinKeys$.MODULE$.unapply(join).isEmpty()) {
      requireFew(join.left());
      requireFew(join.right());
    }
    Scala.children(optimized).forEach(HeldSides::require);
  }

  private static void requireFew(LogicalPlan side) {
    if (isUnknown(side) && bytes(side) > MOST_BYTES) {
      throw RefusedException.of(
          RefusalCode.LIMIT_EXCEEDED,
          "one side of an outer join without equal columns may have more than "
              + MOST_BYTES
              + " bytes of rows that lists make, or of computed texts (held-side)",
          "a join ON equal columns, an inner join, or shorter texts and fewer rows");
    }
  }

  private static boolean isUnknown(LogicalPlan side) {
    return makesRows(side) || isLong(side);
  }

  /** What does not tell how long its texts are has none that admission did not bound. */
  private static boolean isLong(LogicalPlan plan) {
    double longest = TextGrowth.longest(plan) + STORED_TEXT * TextGrowth.grown(plan);
    return longest > LONG && Double.isFinite(longest);
  }

  private static boolean makesRows(LogicalPlan plan) {
    return plan instanceof Generate
        || (plan instanceof Sample sample && sample.withReplacement())
        || Scala.children(plan).stream().anyMatch(HeldSides::makesRows);
  }

  private static double bytes(LogicalPlan side) {
    double row =
        BYTES_OF_A_COLUMN * (1 + side.output().size())
            + TextGrowth.longest(side)
            + STORED_TEXT * TextGrowth.times(side);
    return MadeRows.rowsOf(side) * tables(side) * row;
  }

  private static double tables(LogicalPlan side) {
    return Scala.<LogicalPlan>list(side.collectLeaves()).stream().allMatch(HeldSides::isMade)
        ? 1
        : TABLE;
  }

  private static boolean isMade(LogicalPlan leaf) {
    return leaf instanceof LocalRelation || leaf instanceof OneRowRelation || leaf instanceof Range;
  }
}
