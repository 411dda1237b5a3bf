package io.sallyport.spark.admission;

import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.sql.catalyst.analysis.UnresolvedAlias;
import org.apache.spark.sql.catalyst.analysis.UnresolvedAttribute;
import org.apache.spark.sql.catalyst.analysis.UnresolvedExtractValue;
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
          CreateArray.class, // of constants, or used up at once: see {@link MadeLists}
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
          Like.class, // {@link LikePatterns} says which
          ILike.class, // likewise
          RLike.class); // {@link RegexPatterns} says which

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
          Expm1.class,
          Log1p.class,
          Log2.class,
          Log10.class,
          Logarithm.class, // to any base
          Cbrt.class,
          Pow.class,
          Signum.class,
          Sin.class,
          Cos.class,
          Tan.class,
          ToDegrees.class,
          ToRadians.class,
          Pi.class,
          EulerNumber.class,
          WidthBucket.class,
          TryAdd.class, // the same arithmetic
          TrySubtract.class,
          TryMultiply.class,
          TryDivide.class,
          TryMod.class,
          Cast.class,
          Rint.class,
          Round.class,
          BRound.class,
          RoundCeil.class, // of some digits
          RoundFloor.class);

  /** Further functions of numbers, and of their bits. */
  private static final Set<Class<?>> REAL_FUNCTIONS =
      Set.of(
          Acos.class,
          Acosh.class,
          Asin.class,
          Asinh.class,
          Atan.class,
          Atan2.class,
          Atanh.class,
          Cosh.class,
          Cot.class,
          Csc.class,
          Sec.class,
          Sinh.class,
          Tanh.class,
          Hypot.class,
          Factorial.class,
          Bin.class,
          Hex.class,
          Unhex.class,
          Conv.class,
          BitwiseOr.class,
          BitwiseXor.class,
          BitwiseNot.class,
          BitwiseCount.class,
          BitwiseGet.class,
          ShiftLeft.class,
          ShiftRightUnsigned.class);

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
          Nvl2.class,
          NullIf.class,
          NullIfZero.class,
          ZeroIfNull.class,
          NaNvl.class,
          EqualNull.class,
          Decode.class, // a CASE
          Least.class, // bounds, in an answer with noise
          Greatest.class); // likewise

  /** How long a text may become, {@link TextGrowth} says. */
  private static final Set<Class<?>> TEXT =
      Set.of(
          Upper.class,
          Lower.class,
          InitCap.class,
          StringTrim.class,
          StringTrimLeft.class,
          StringTrimRight.class,
          StringTrimBoth.class,
          StringLPad.class,
          StringRPad.class,
          StringRepeat.class,
          Reverse.class,
          Concat.class,
          ConcatWs.class,
          StringReplace.class,
          StringTranslate.class,
          StringSplit.class, // {@link MadeLists} says where
          SplitPart.class,
          GetArrayItem.class,
          ElementAt.class,
          Size.class,
          Substring.class,
          SubstringIndex.class,
          Left.class,
          Right.class,
          Length.class,
          OctetLength.class,
          StringLocate.class,
          StringInstr.class,
          FormatNumber.class);

  /** Patterns in texts, and texts in other forms. */
  private static final Set<Class<?>> TEXT_FORMS =
      Set.of(
          RegExpExtract.class, // {@link RegexPatterns} says with which patterns
          RegExpReplace.class,
          RegExpCount.class,
          RegExpSubStr.class,
          RegExpInStr.class,
          Ascii.class,
          Chr.class,
          Base64.class,
          UnBase64.class,
          BitLength.class,
          SoundEx.class,
          Levenshtein.class, // of a constant, says {@link Needles}
          Md5.class,
          Sha1.class,
          Sha2.class,
          Crc32.class,
          FindInSet.class,
          Elt.class,
          Overlay.class,
          StringSpace.class,
          Quote.class,
          UrlEncode.class,
          UrlDecode.class,
          TryUrlDecode.class,
          Luhncheck.class,
          ToNumber.class, // {@link WrittenPatterns} says how
          TryToNumber.class,
          ToCharacter.class,
          GetJsonObject.class,
          LengthOfJsonArray.class,
          TypeOf.class);

  /** Lists and structs of one row; {@link MadeLists} says where. */
  private static final Set<Class<?>> NESTED =
      Set.of(
          CreateNamedStruct.class,
          GetStructField.class,
          Get.class,
          TryElementAt.class,
          ArraySize.class,
          ArrayContains.class,
          ArrayMax.class,
          ArrayMin.class,
          ArrayPosition.class,
          ArrayJoin.class,
          ArraysOverlap.class,
          ArrayDistinct.class,
          ArrayRemove.class,
          SortArray.class,
          Slice.class);

  private static final Set<Class<?>> CALENDAR =
      Set.of(
          Year.class,
          Quarter.class,
          Month.class,
          DayOfMonth.class,
          DayOfWeek.class,
          WeekDay.class,
          DayOfYear.class,
          DayName.class,
          MonthName.class,
          WeekOfYear.class,
          YearOfWeek.class,
          Hour.class,
          Minute.class,
          Second.class,
          SecondWithFraction.class,
          LastDay.class,
          NextDay.class,
          AddMonths.class,
          MonthsBetween.class,
          MakeDate.class,
          MakeTimestamp.class,
          TryMakeTimestamp.class,
          ToUTCTimestamp.class, // {@link WrittenPatterns} says of which zone
          FromUTCTimestamp.class,
          ConvertTimezone.class,
          ParseToDate.class, // {@link DatePatterns} says with which patterns
          ParseToTimestamp.class,
          DateFormatClass.class,
          UnixTimestamp.class,
          ToUnixTimestamp.class,
          FromUnixTime.class,
          UnixDate.class,
          UnixSeconds.class,
          UnixMillis.class,
          UnixMicros.class,
          DateFromUnixDate.class,
          SecondsToTimestamp.class,
          MillisToTimestamp.class,
          MicrosToTimestamp.class,
          TimestampDiff.class,
          TimestampAdd.class,
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
          PivotFirst.class, // of PIVOT, over groups: the value of each
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
              REAL_FUNCTIONS,
              REPETITIONS,
              WINDOWS,
              CONDITIONALS,
              TEXT,
              TEXT_FORMS,
              NESTED,
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
          UnresolvedExtractValue.class, // split(...)[0]
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
