package io.sallyport.connect.server.proto;

import static io.sallyport.policy.decision.RefusalCode.LIMIT_EXCEEDED;
import static io.sallyport.policy.decision.RefusalCode.PARAM_INVALID;
import static io.sallyport.policy.decision.RefusalCode.RELATION_NOT_ALLOWED;

import io.sallyport.spark.RefusedException;
import java.math.BigInteger;
import org.apache.spark.connect.proto.Aggregate;
import org.apache.spark.connect.proto.DataType;
import org.apache.spark.connect.proto.Deduplicate;
import org.apache.spark.connect.proto.Expression;
import org.apache.spark.connect.proto.Join;
import org.apache.spark.connect.proto.LocalRelation;
import org.apache.spark.connect.proto.Range;
import org.apache.spark.connect.proto.Sample;
import org.apache.spark.connect.proto.SqlCommand;

/** What must hold between the fields of one message. */
final class Demands {

  /** The last part of a split ends where its weights add up to: not at one exactly. */
  private static final double ROUNDING = 1e-6;

  /** How often a row may be in a sample with replacement, on average. */
  private static final double MOST_TIMES = 10_000;

  private Demands() {}

  static void schemaOrData(LocalRelation local) {
    require(local.hasSchema() || local.hasData(), "A local relation has neither schema nor data");
  }

  static void boundedRange(Range range) {
    BigInteger span =
        BigInteger.valueOf(range.getEnd()).subtract(BigInteger.valueOf(range.getStart()));
    BigInteger rows = span.divide(BigInteger.valueOf(range.getStep()));
    if (rows.compareTo(BigInteger.valueOf(Bounds.RANGE_ROWS)) > 0) {
      throw RefusedException.of(
          LIMIT_EXCEEDED, "The range has too many rows", "at most " + Bounds.RANGE_ROWS);
    }
  }

  static void oneJoinCondition(Join join) {
    require(
        !join.hasJoinCondition() || join.getUsingColumnsCount() == 0,
        "A join has a condition and using columns");
  }

  static void oneDeduplicationKey(Deduplicate deduplicate) {
    require(
        deduplicate.getAllColumnsAsKeys() == (deduplicate.getColumnNamesCount() == 0),
        "A deduplicate is by all columns or by some");
  }

  static void pivotValues(Aggregate aggregate) {
    boolean pivots = aggregate.getGroupType() == Aggregate.GroupType.GROUP_TYPE_PIVOT;
    require(pivots == aggregate.hasPivot(), "An aggregate is a pivot or has none");
    if (pivots && aggregate.getPivot().getValuesCount() == 0) {
      throw RefusedException.of(
          RELATION_NOT_ALLOWED,
          "pivot without values would look up what is in the data, for the columns' names",
          "pivot(column, [values]), or groupBy with both columns as keys");
    }
  }

  /** Spark's analysis fails where there are none, in words of its own. */
  static void setsOfKeys(Aggregate aggregate) {
    boolean sets = aggregate.getGroupType() == Aggregate.GroupType.GROUP_TYPE_GROUPING_SETS;
    require(
        sets == (aggregate.getGroupingSetsCount() > 0),
        "An aggregate has sets of keys, or is of another type");
  }

  /** Spark's samplers throw for other parts, some of them only while they run. */
  static void partOfTheRows(Sample sample) {
    double lower = sample.getLowerBound();
    double upper = sample.getUpperBound();
    double most = sample.getWithReplacement() ? MOST_TIMES : 1 + ROUNDING;
    if (!(lower >= -ROUNDING && lower <= upper && upper <= most)) {
      throw RefusedException.of(
          PARAM_INVALID,
          "a sample takes a part of the rows that there is not",
          "df.sample(fraction) with a fraction from 0 to 1, df.randomSplit(weights)");
    }
  }

  static void oneName(Expression.Alias alias) {
    require(alias.getNameCount() == 1, "An alias has more than one name");
  }

  static void oneStarTarget(Expression.UnresolvedStar star) {
    require(!star.hasUnparsedTarget() || !star.hasPlanId(), "A star has a target and a plan id");
  }

  static void typeOfNullOnly(Expression.Literal literal) {
    require(!literal.hasDataType() || literal.hasNull(), "A scalar literal has one type, its own");
  }

  static void scaleWithinPrecision(DataType.Decimal decimal) {
    int precision = decimal.hasPrecision() ? decimal.getPrecision() : SimpleType.USUAL_PRECISION;
    require(decimal.getScale() <= precision, "A decimal's scale is above its precision");
  }

  static void oneText(SqlCommand command) {
    require(
        text(command).isEmpty() == command.hasInput(),
        "A SQL command has its text once: as sql or as input");
  }

  /** The deprecated field, which is the one that the stock JVM client sends. */
  @SuppressWarnings("deprecation")
  static String text(SqlCommand command) {
    return command.getSql();
  }

  private static void require(boolean holds, String otherwise) {
    if (!holds) {
      throw RefusedException.of(PARAM_INVALID, otherwise, "the request as stock clients send it");
    }
  }
}
