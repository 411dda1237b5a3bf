package io.sallyport.spark.noise;

import static io.sallyport.spark.noise.Arithmetic.between;
import static io.sallyport.spark.noise.Arithmetic.number;
import static io.sallyport.spark.noise.Arithmetic.rounded;

import io.sallyport.dp.bounds.Interval;
import io.sallyport.dp.sensitivity.CentredQuantizer;
import io.sallyport.dp.sensitivity.Grid;
import io.sallyport.dp.sensitivity.Quantizer;
import io.sallyport.spark.scala.Catalyst;
import java.io.Serializable;
import java.util.List;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.If;
import org.apache.spark.sql.catalyst.expressions.Literal;
import org.apache.spark.sql.catalyst.expressions.Multiply;
import org.apache.spark.sql.catalyst.expressions.ShiftRight;
import org.apache.spark.sql.catalyst.expressions.Subtract;

/**
 * One number that a release counts per group: the sum of what rows contribute, in whole steps of a
 * public grid, over the rows that meet a condition.
 *
 * <p>Guarantee: a row contributes at most {@link #largestSteps} steps, whatever is in it, because
 * steps are clamped as integers last. Rows where the condition is not true contribute nothing.
 *
 * @param kind what a row contributes
 * @param condition which rows do; includes that the arguments are there
 * @param arguments one for sums and squares, two for products, none for counts
 */
record Statistic(Kind kind, Expression condition, List<Argument> arguments)
    implements Serializable {

  /** What a row contributes. */
  enum Kind {
    /** One, for each row. */
    ROWS,
    /** One, for each person who has such rows in the group. */
    UNITS,
    /** The clamped argument on a grid of its own. */
    SUM,
    /** The argument's distance from the middle of its bounds, in parts of half their width. */
    CENTRED,
    /** The square of that. */
    SQUARE,
    /** The product of two of those. */
    PRODUCT
  }

  /**
   * No row contributes more than 2^24 steps, so the sum of fewer than 2^39 rows fits in 64 bits,
   * and where a row is a person it needs no {@link Split}.
   *
   * <p>A row is off by half a step at most, which is 2^-24 of its bounds' magnitude (of a square or
   * product, by one step of as much). All rows of a group off in the same direction are less than
   * the noise at an epsilon of 1, which is about the magnitude itself, as long as they are fewer
   * than ten million; in larger groups it is six millionths of a per cent of the largest sum that
   * there can be. Moments are coarser than that already.
   */
  private static final int MOST_BITS = 24;

  Statistic {
    arguments = List.copyOf(arguments);
  }

  /** The same statistic for the same rows: expressions compare by what they mean. */
  boolean isSame(Statistic other) {
    if (kind != other.kind
        || !condition.semanticEquals(other.condition)
        || arguments.size() != other.arguments.size()) {
      return false;
    }
    for (int i = 0; i < arguments.size(); i++) {
      Argument own = arguments.get(i);
      Argument others = other.arguments.get(i);
      if (!own.bounds().equals(others.bounds()) || !own.value().semanticEquals(others.value())) {
        return false;
      }
    }
    return true;
  }

  /** Whether it is the number of rows or persons. */
  boolean counts() {
    return kind == Kind.ROWS || kind == Kind.UNITS;
  }

  /** Whether it is the number of all rows or persons. */
  boolean countsAll() {
    return counts() && condition instanceof Literal always && Boolean.TRUE.equals(always.value());
  }

  /** What a row contributes, as a long that is never NULL. */
  Expression steps() {
    return new If(condition, contribution(), number(0L));
  }

  /** One where the row counts, NULL elsewhere: the same as something to count. */
  Expression marks() {
    return Catalyst.where(condition, number(1L));
  }

  private Expression contribution() {
    return switch (kind) {
      case ROWS, UNITS -> number(1L);
      case SUM -> plain(arguments.get(0));
      case CENTRED -> centred(arguments.get(0));
      case SQUARE -> squared(centred(arguments.get(0)), centred(arguments.get(0)));
      case PRODUCT -> squared(centred(arguments.get(0)), centred(arguments.get(1)));
    };
  }

  /**
   * As {@link Quantizer#steps}: scaling, rounding and the cast, which stops at the ends of 64 bits,
   * never change the order of two values, so clamping the steps is clamping the value.
   */
  private static Expression plain(Argument argument) {
    Quantizer quantizer = plainGrid(argument);
    double steps = 1 / quantizer.grid().step();
    return between(
        quantizer.lowerSteps(),
        rounded(new Multiply(argument.value(), number(steps))),
        quantizer.upperSteps());
  }

  private static Quantizer plainGrid(Argument argument) {
    double largest = Math.max(argument.bounds().magnitude(), Double.MIN_NORMAL);
    return new Quantizer(argument.bounds(), Grid.covering(largest, MOST_BITS));
  }

  /** As {@link CentredQuantizer#steps}, but for the last bit of the quotient; as above. */
  private static Expression centred(Argument argument) {
    Interval bounds = argument.bounds();
    double steps = CentredQuantizer.over(bounds).unit() / bounds.halfWidth();
    Expression fromMiddle = new Subtract(argument.value(), number(bounds.midpoint()));
    return between(
        centredSteps(bounds.lower(), bounds, steps),
        rounded(new Multiply(fromMiddle, number(steps))),
        centredSteps(bounds.upper(), bounds, steps));
  }

  private static long centredSteps(double end, Interval bounds, double steps) {
    long unit = CentredQuantizer.over(bounds).unit();
    long nearest = (long) Math.rint((end - bounds.midpoint()) * steps);
    return Math.max(-unit, Math.min(unit, nearest));
  }

  private static Expression squared(Expression left, Expression right) {
    int spare = 2 * CentredQuantizer.DEFAULT_BITS - MOST_BITS;
    return new ShiftRight(new Multiply(left, right), Catalyst.integer(spare));
  }

  /** The most steps that one row contributes, in absolute value. */
  long largestSteps() {
    return switch (kind) {
      case ROWS, UNITS -> 1;
      case SUM -> plainGrid(arguments.get(0)).largestSteps();
      case CENTRED -> 1L << CentredQuantizer.DEFAULT_BITS;
      case SQUARE, PRODUCT -> 1L << MOST_BITS;
    };
  }

  /** The fewest steps, with their sign, that one row contributes; at most 0. */
  long lowestSteps() {
    return switch (kind) {
      case ROWS, UNITS, SQUARE -> 0;
      case SUM -> Math.min(0, plainGrid(arguments.get(0)).lowerSteps());
      case CENTRED, PRODUCT -> -largestSteps();
    };
  }

  /** The most steps, with their sign; at least 0. */
  long highestSteps() {
    return kind == Kind.SUM
        ? Math.max(0, plainGrid(arguments.get(0)).upperSteps())
        : largestSteps();
  }

  /** The size of one step in the statistic's own unit. */
  double step() {
    return switch (kind) {
      case ROWS, UNITS -> 1;
      case SUM -> plainGrid(arguments.get(0)).grid().step();
      case CENTRED -> Math.scalb(1.0, -CentredQuantizer.DEFAULT_BITS);
      case SQUARE, PRODUCT -> Math.scalb(1.0, -MOST_BITS);
    };
  }
}
