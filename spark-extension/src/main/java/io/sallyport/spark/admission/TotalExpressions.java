package io.sallyport.spark.admission;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.apache.spark.sql.catalyst.expressions.*;
import org.apache.spark.sql.catalyst.expressions.aggregate.*;
import org.apache.spark.sql.types.DataTypes;

/**
 * The short list of admitted expressions that are proved to have a value, or NULL, for each value
 * of their operands, outside ANSI mode, with the types for which that is proved. What is not here
 * may fail: {@link TotalPlan} lets it run in its TRY form only.
 *
 * <p>An expression speaks for itself alone: its operands are judged too. {@code EveryEndTest}
 * drives each class at the ends of each type, in the form in which it is let run.
 */
final class TotalExpressions {

  /** Hands on what it is given, or chooses among it; or stands for other expressions below it. */
  private static final Set<Class<?>> STRUCTURE =
      Set.of(
          AttributeReference.class,
          Alias.class,
          Literal.class,
          SortOrder.class,
          CreateArray.class,
          With.class,
          CommonExpressionDef.class,
          CommonExpressionRef.class,
          TryEval.class,
          UnaryPositive.class,
          And.class,
          Or.class,
          Not.class,
          IsNull.class,
          IsNotNull.class,
          IsNaN.class,
          If.class,
          CaseWhen.class,
          Coalesce.class,
          Between.class, // stands for comparisons
          Nvl.class, // for coalesce
          NullIf.class, // for an IF
          Left.class, // for a substring
          Extract.class, // for a part of a date
          DatetimeSub.class, // for an addition
          ExtractANSIIntervalDays.class); // of a constant

  private static final Set<Class<?>> COMPARISONS =
      Set.of(
          EqualTo.class,
          EqualNullSafe.class,
          LessThan.class,
          LessThanOrEqual.class,
          GreaterThan.class,
          GreaterThanOrEqual.class,
          In.class,
          InSet.class,
          Least.class,
          Greatest.class,
          Min.class,
          Max.class);

  /** NULL where a decimal has no place for the result; machine numbers wrap or become infinite. */
  private static final Set<Class<?>> SUMS_AND_PRODUCTS =
      Set.of(Add.class, Subtract.class, Multiply.class, Divide.class, Sum.class, Average.class);

  /** Of decimals, some fail: a quotient may have more digits than are reckoned with. */
  private static final Set<Class<?>> OF_MACHINE_NUMBERS =
      Set.of(
          IntegralDivide.class,
          Remainder.class,
          Pmod.class,
          Floor.class,
          Ceil.class,
          ShiftRight.class,
          BitwiseAnd.class);

  /** Real functions give NaN, an infinity or NULL. */
  private static final Set<Class<?>> OF_DOUBLES =
      Set.of(
          Sqrt.class,
          Exp.class,
          Log.class,
          Log10.class,
          Pow.class,
          StddevSamp.class,
          StddevPop.class,
          VarianceSamp.class,
          VariancePop.class,
          Corr.class,
          CovSample.class,
          CovPopulation.class);

  private static final Set<Class<?>> OF_TEXTS =
      Set.of(
          StartsWith.class,
          EndsWith.class,
          Contains.class,
          Like.class, // {@link LikePatterns} says which
          Upper.class,
          Lower.class,
          StringTrim.class,
          Length.class);

  private static final Set<Class<?>> OF_DATES =
      Set.of(
          Year.class,
          Quarter.class,
          Month.class,
          DayOfMonth.class,
          DayOfWeek.class,
          DateDiff.class);

  /** Numbers of rows, places among rows, and rows themselves. */
  private static final Set<Class<?>> ROWS =
      Set.of(
          AggregateExpression.class,
          Count.class,
          CountIf.class,
          RegrCount.class,
          HyperLogLogPlusPlus.class,
          PivotFirst.class, // places a value in an array
          Explode.class,
          PosExplode.class,
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

  /** Aggregates of numbers, and of what is counted as one. */
  private static final Set<Class<?>> AGGREGATES_OF_NUMBERS =
      Set.of(
          RegrAvgX.class, // stands for an average
          RegrAvgY.class,
          RegrR2.class,
          RegrSXX.class,
          RegrSXY.class,
          RegrSYY.class,
          RegrSlope.class,
          RegrIntercept.class,
          Median.class, // for a percentile
          Percentile.class,
          ApproximatePercentile.class,
          HistogramNumeric.class);

  private static final Map<Class<?>, Predicate<Expression>> PROVED = proved();

  private TotalExpressions() {}

  /** Whether there could be a row on which Spark raises an error. */
  static boolean mayFail(Expression expression) {
    Predicate<Expression> proof = PROVED.get(expression.getClass());
    return proof == null || !proof.test(expression);
  }

  /** The classes on the list. */
  static Set<Class<?>> classes() {
    return PROVED.keySet();
  }

  private static Map<Class<?>, Predicate<Expression>> proved() {
    Map<Class<?>, Predicate<Expression>> proved = new HashMap<>();
    add(proved, STRUCTURE, e -> true);
    add(proved, ROWS, e -> true);
    add(proved, COMPARISONS, TotalTypes.operands(TotalTypes::areComparable));
    add(proved, SUMS_AND_PRODUCTS, TotalTypes.operands(TotalTypes::isNumber));
    add(proved, OF_MACHINE_NUMBERS, TotalTypes.operands(TotalTypes::isMachineNumber));
    add(proved, OF_DOUBLES, TotalTypes.operands(DataTypes.DoubleType::equals));
    add(proved, OF_TEXTS, TotalTypes.operands(DataTypes.StringType::equals));
    add(proved, OF_DATES, TotalTypes.operands(DataTypes.DateType::equals));
    add(proved, AGGREGATES_OF_NUMBERS, TotalTypes.argument(TotalTypes::isNumberOrMoment));
    add(proved, Set.of(UnaryMinus.class, Abs.class), TotalTypes.operands(TotalTypes::isNegatable));
    add(proved, Set.of(Round.class), TotalTypes.argument(TotalTypes::isMachineNumber));
    add(proved, Set.of(Hour.class), TotalTypes.argument(DataTypes.TimestampType::equals));
    add(proved, Set.of(Substring.class), TotalTypes.argument(DataTypes.StringType::equals));
    add(
        proved,
        Set.of(Cast.class),
        e -> TotalTypes.casts(((Cast) e).child().dataType(), e.dataType()));
    return Map.copyOf(proved);
  }

  private static void add(
      Map<Class<?>, Predicate<Expression>> proved,
      Set<Class<?>> classes,
      Predicate<Expression> proof) {
    classes.forEach(each -> require(proved.put(each, proof) == null, each));
  }

  private static void require(boolean first, Class<?> expression) {
    if (!first) {
      throw new IllegalStateException(expression + " is on the list twice");
    }
  }
}
