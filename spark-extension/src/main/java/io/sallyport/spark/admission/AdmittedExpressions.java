package io.sallyport.spark.admission;

import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.sql.catalyst.analysis.UnresolvedAlias;
import org.apache.spark.sql.catalyst.analysis.UnresolvedAttribute;
import org.apache.spark.sql.catalyst.analysis.UnresolvedFunction;
import org.apache.spark.sql.catalyst.analysis.UnresolvedOrdinal;
import org.apache.spark.sql.catalyst.analysis.UnresolvedStar;
import org.apache.spark.sql.catalyst.expressions.*;
import org.apache.spark.sql.catalyst.expressions.aggregate.*;

/**
 * The expressions that exist for analysts, by exact class: a subclass is another expression.
 *
 * <p>Being here says nothing about failing on a row: {@link TotalExpressions} says, by type, what
 * cannot, and {@link TotalPlan} puts the rest in its TRY form.
 */
public final class AdmittedExpressions {

  /** Shapes that carry names and values. */
  private static final Set<Class<?>> CARRIERS =
      Set.of(
          AttributeReference.class,
          Alias.class,
          Literal.class,
          SortOrder.class,
          CreateArray.class, // of constants: several percentages
          With.class, // what BETWEEN becomes: its operand, named once
          CommonExpressionDef.class,
          CommonExpressionRef.class,
          TryEval.class); // NULL for an error

  /** True, false or unknown. */
  private static final Set<Class<?>> PREDICATES =
      Set.of(
          And.class,
          Or.class,
          Not.class,
          EqualTo.class,
          EqualNullSafe.class,
          LessThan.class,
          LessThanOrEqual.class,
          GreaterThan.class,
          GreaterThanOrEqual.class,
          Between.class,
          In.class,
          InSet.class,
          IsNull.class,
          IsNotNull.class,
          IsNaN.class,
          StartsWith.class,
          EndsWith.class,
          Contains.class,
          Like.class); // {@link LikePatterns} says which

  /** Arithmetic outside ANSI mode, where most of it gives NULL instead of an error. */
  private static final Set<Class<?>> ARITHMETIC =
      Set.of(
          Add.class,
          Subtract.class,
          Multiply.class,
          Divide.class,
          IntegralDivide.class,
          Remainder.class,
          Pmod.class,
          UnaryMinus.class,
          UnaryPositive.class,
          Abs.class,
          Floor.class,
          Ceil.class,
          Sqrt.class,
          Exp.class,
          Log.class,
          Log10.class,
          Pow.class,
          Cast.class,
          Round.class);

  /** Which grouping a row is a total of, as bits; and several rows of one. */
  private static final Set<Class<?>> REPETITIONS =
      Set.of(ShiftRight.class, BitwiseAnd.class, Explode.class, PosExplode.class);

  /** Values over a person's rows, or over released ones; {@link AdmitWindow} has more to say. */
  private static final Set<Class<?>> WINDOWS =
      Set.of(
          WindowExpression.class,
          WindowSpecDefinition.class,
          SpecifiedWindowFrame.class,
          UnboundedPreceding$.class,
          UnboundedFollowing$.class,
          CurrentRow$.class,
          RowNumber.class,
          Rank.class,
          DenseRank.class,
          PercentRank.class,
          CumeDist.class,
          NTile.class,
          Lag.class,
          Lead.class);

  private static final Set<Class<?>> CONDITIONALS =
      Set.of(
          If.class,
          CaseWhen.class,
          Coalesce.class,
          Nvl.class,
          NullIf.class,
          Least.class, // bounds, in an answer with noise
          Greatest.class); // likewise

  /** Text functions whose result is no longer than their input. */
  private static final Set<Class<?>> TEXT =
      Set.of(Upper.class, Lower.class, StringTrim.class, Substring.class, Length.class, Left.class);

  private static final Set<Class<?>> CALENDAR =
      Set.of(
          Year.class,
          Quarter.class,
          Month.class,
          DayOfMonth.class,
          DayOfWeek.class,
          Hour.class,
          DateDiff.class,
          Extract.class, // another spelling of the above
          DateAdd.class,
          DateSub.class,
          DateAddYMInterval.class,
          TimestampAddInterval.class,
          TimestampAddYMInterval.class,
          DatetimeSub.class, // another spelling of these additions
          ExtractANSIIntervalDays.class, // of a constant
          TruncDate.class,
          TruncTimestamp.class);

  /** Aggregates that exist; which of them a release may show is the label fold's business. */
  private static final Set<Class<?>> AGGREGATES =
      Set.of(
          AggregateExpression.class,
          Count.class,
          CountIf.class, // a condition, counted
          Sum.class,
          Average.class,
          StddevSamp.class,
          StddevPop.class,
          VarianceSamp.class,
          VariancePop.class,
          Corr.class,
          CovSample.class,
          CovPopulation.class,
          RegrCount.class,
          RegrAvgX.class,
          RegrAvgY.class,
          RegrR2.class,
          RegrSXX.class,
          RegrSXY.class,
          RegrSYY.class,
          RegrSlope.class,
          RegrIntercept.class,
          Min.class, // with noise as a quantile; exactly over what was released, or per person
          Max.class, // likewise
          Median.class, // likewise
          Percentile.class, // likewise
          ApproximatePercentile.class, // likewise
          HistogramNumeric.class, // with noise as counts of equal bins; likewise
          HyperLogLogPlusPlus.class); // with noise as a count of different values; likewise

  private static final Set<Class<?>> ANALYSED =
      Stream.of(
              CARRIERS,
              PREDICATES,
              ARITHMETIC,
              REPETITIONS,
              WINDOWS,
              CONDITIONALS,
              TEXT,
              CALENDAR,
              AGGREGATES)
          .flatMap(Set::stream)
          .collect(Collectors.toUnmodifiableSet());

  /** Expressions that only the parser makes. */
  private static final Set<Class<?>> PARSED =
      Set.of(
          UnresolvedAttribute.class,
          UnresolvedAlias.class,
          UnresolvedStar.class,
          UnresolvedOrdinal.class, // ORDER BY 1
          UnspecifiedFrame$.class, // OVER without ROWS or RANGE
          Rollup.class, // become an Expand
          Cube.class,
          GroupingSets.class,
          UnresolvedFunction.class); // its name is looked up in FunctionTable

  private AdmittedExpressions() {}

  static boolean admitsAnalysed(Class<?> expression) {
    return ANALYSED.contains(expression);
  }

  static boolean admitsParsed(Class<?> expression) {
    return ANALYSED.contains(expression) || PARSED.contains(expression);
  }

  /** The expressions that may stand in an analysed plan. */
  public static Set<Class<?>> analysed() {
    return ANALYSED;
  }
}
