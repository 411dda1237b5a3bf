package io.sallyport.spark.admission;

import io.sallyport.policy.decision.RefusalCode;
import io.sallyport.spark.RefusedException;
import io.sallyport.spark.SqlWords;
import io.sallyport.spark.scala.Scala;
import io.sallyport.spark.subquery.SubqueryRefusals;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.BRound;
import org.apache.spark.sql.catalyst.expressions.BinaryArithmetic;
import org.apache.spark.sql.catalyst.expressions.Cast;
import org.apache.spark.sql.catalyst.expressions.EvalMode;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.FormatNumber;
import org.apache.spark.sql.catalyst.expressions.InSubquery;
import org.apache.spark.sql.catalyst.expressions.Literal;
import org.apache.spark.sql.catalyst.expressions.Round;
import org.apache.spark.sql.catalyst.expressions.RoundCeil;
import org.apache.spark.sql.catalyst.expressions.RoundFloor;
import org.apache.spark.sql.catalyst.expressions.SubqueryExpression;
import org.apache.spark.sql.catalyst.expressions.SubstringIndex;
import org.apache.spark.sql.catalyst.expressions.aggregate.AggregateFunction;
import org.apache.spark.sql.catalyst.expressions.aggregate.Percentile;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.catalyst.plans.logical.Sample;
import org.apache.spark.sql.catalyst.plans.logical.Window;
import org.apache.spark.sql.types.TimeType;

/**
 * The inner door: an analysed plan passes when every operator and every expression in it is of a
 * listed class and cannot fail on a row. Pure: it reads the plan, nothing else.
 */
public final class AdmitPlan {

  /** As many as a decimal has. */
  private static final int MOST_DIGITS = 38;

  private static final Set<Class<?>> TAKES_DIGITS =
      Set.of(Round.class, BRound.class, RoundCeil.class, RoundFloor.class, FormatNumber.class);

  private AdmitPlan() {}

  /**
   * Admits an analysed plan whose common table expressions are inlined.
   *
   * @return the same plan, with NULL where an expression would fail on a row
   * @throws RefusedException naming the first operator or expression that is not on the lists
   */
  public static LogicalPlan admitted(LogicalPlan plan) {
    return TotalPlan.of(asWritten(plan));
  }

  /**
   * Admits the same plan and leaves it as the analyst wrote it, for those who read its arithmetic.
   * It must not run: {@link TotalPlan} makes of it what may.
   *
   * @throws RefusedException naming the first operator or expression that is not on the lists
   */
  public static LogicalPlan asWritten(LogicalPlan plan) {
    admit(plan);
    TextGrowth.require(plan);
    return plan;
  }

  private static void admit(LogicalPlan plan) {
    if (!AdmittedOperators.admitsAnalysed(plan.getClass())) {
      throw refusedOperator(plan);
    }
    if (plan.isStreaming()) {
      throw RefusedException.of(
          RefusalCode.RELATION_NOT_ALLOWED, "streaming is not available", "a batch query");
    }
    if (plan instanceof Window window) {
      AdmitWindow.operator(window);
    }
    if (plan instanceof Sample sample) {
      Samples.require(sample);
    }
    for (Expression expression : Scala.<Expression>list(plan.expressions())) {
      AdmitIntervals.whole(expression);
      MadeLists.whole(expression);
      admit(expression);
    }
    Scala.children(plan).forEach(AdmitPlan::admit);
  }

  private static void admit(Expression expression) {
    if (!AdmittedExpressions.admitsAnalysed(expression.getClass())) {
      throw refusedExpression(expression);
    }
    if (mayFail(expression)) {
      throw RefusedException.of(
          RefusalCode.MAY_FAIL,
          expression.prettyName() + " in ANSI mode can fail on a row's value",
          "try_cast, or the same without ANSI mode");
    }
    if (expression instanceof Percentile percentile
        && !(percentile.frequencyExpression() instanceof Literal)) {
      throw RefusedException.of(
          RefusalCode.MAY_FAIL,
          "percentile with a frequency for each row can fail on a row's value",
          "percentile without a frequency");
    }
    requireKnownType(expression);
    AdmitWindow.expression(expression);
    AdmitIntervals.expression(expression);
    requireTotalOrTry(expression);
    LikePatterns.require(expression);
    if (expression instanceof SubstringIndex part) {
      requireCount(part.countExpr());
    }
    DatePatterns.require(expression);
    RegexPatterns.require(expression);
    WrittenPatterns.require(expression);
    MadeLists.operandsOf(expression);
    if (TAKES_DIGITS.contains(expression.getClass())) {
      requireFewDigits(expression);
    }
    Scala.children(expression).forEach(AdmitPlan::admit);
  }

  /** An aggregate has no TRY form: it runs for types for which it is total. */
  private static void requireTotalOrTry(Expression expression) {
    if (expression instanceof AggregateFunction && TotalExpressions.mayFail(expression)) {
      throw RefusedException.of(
          RefusalCode.MAY_FAIL,
          expression.prettyName() + " of such a column can fail on a row's value",
          expression.prettyName() + " of a number");
    }
  }

  /** Spark 4.2 has a type of times of the day that not all that handles rows knows yet. */
  private static void requireKnownType(Expression expression) {
    boolean made = expression instanceof Literal || expression instanceof Cast;
    if (made && expression.dataType() instanceof TimeType) {
      throw RefusedException.of(
          RefusalCode.PARAM_INVALID,
          "the type TIME is not available",
          "a TIMESTAMP, an INTERVAL, or the time as text");
    }
  }

  /** Spark writes the number out with all its digits. */
  private static void requireFewDigits(Expression round) {
    boolean few =
        Scala.children(round).get(1) instanceof Literal literal
            && literal.value() instanceof Integer digits
            && Math.abs((long) digits) <= MOST_DIGITS;
    if (!few) {
      throw RefusedException.of(
          RefusalCode.PARAM_INVALID,
          round.prettyName() + " to a number of digits that is not a constant, or too large",
          "at most " + MOST_DIGITS + " digits before or after the point");
    }
  }

  /** Spark asserts that the number is positive after it has changed its sign. */
  private static void requireCount(Expression count) {
    Object constant = count.foldable() ? count.eval(InternalRow.empty()) : null;
    if (!(constant instanceof Integer number) || number == Integer.MIN_VALUE) {
      throw RefusedException.of(
          RefusalCode.PARAM_INVALID,
          "substring_index with a number of delimiters that is not a constant",
          "a whole number, such as substring_index(x, '-', 2)");
    }
  }

  private static boolean mayFail(Expression expression) {
    if (expression instanceof Cast cast) {
      return cast.evalMode().equals(EvalMode.ANSI());
    }
    return expression instanceof BinaryArithmetic arithmetic
        && arithmetic.evalMode().equals(EvalMode.ANSI());
  }

  static RefusedException refusedOperator(LogicalPlan plan) {
    return RefusedException.of(
        RefusalCode.RELATION_NOT_ALLOWED,
        SqlWords.of(plan) + " is not available",
        "select, filter, join, union, groupBy, orderBy and limit");
  }

  static RefusedException refusedExpression(Expression expression) {
    if (expression instanceof SubqueryExpression || expression instanceof InSubquery) {
      return SubqueryRefusals.ofRows();
    }
    String name = expression.prettyName();
    return RefusedException.of(
        code(expression, name),
        "the expression " + name + " is not available",
        FunctionTable.remedy(name));
  }

  private static RefusalCode code(Expression expression, String name) {
    if (expression.getClass().getSimpleName().toUpperCase(Locale.ROOT).contains("UDF")) {
      return RefusalCode.UDF_NOT_ALLOWED;
    }
    if (expression instanceof AggregateFunction) {
      return RefusalCode.AGG_NOT_ALLOWED;
    }
    List<Expression> children = Scala.children(expression);
    boolean ownRandomness =
        !expression.deterministic() && children.stream().allMatch(Expression::deterministic);
    return ownRandomness ? RefusalCode.NONDETERMINISTIC : FunctionTable.refusalCode(name);
  }
}
