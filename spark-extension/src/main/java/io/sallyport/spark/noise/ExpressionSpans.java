package io.sallyport.spark.noise;

import io.sallyport.dp.bounds.Interval;
import io.sallyport.dp.bounds.IntervalArithmetic;
import io.sallyport.spark.scala.Scala;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.apache.spark.sql.catalyst.expressions.Abs;
import org.apache.spark.sql.catalyst.expressions.Add;
import org.apache.spark.sql.catalyst.expressions.Alias;
import org.apache.spark.sql.catalyst.expressions.AttributeReference;
import org.apache.spark.sql.catalyst.expressions.CaseWhen;
import org.apache.spark.sql.catalyst.expressions.Cast;
import org.apache.spark.sql.catalyst.expressions.Coalesce;
import org.apache.spark.sql.catalyst.expressions.DayOfMonth;
import org.apache.spark.sql.catalyst.expressions.DayOfWeek;
import org.apache.spark.sql.catalyst.expressions.DayOfYear;
import org.apache.spark.sql.catalyst.expressions.Divide;
import org.apache.spark.sql.catalyst.expressions.ExprId;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.Extract;
import org.apache.spark.sql.catalyst.expressions.Greatest;
import org.apache.spark.sql.catalyst.expressions.Hour;
import org.apache.spark.sql.catalyst.expressions.If;
import org.apache.spark.sql.catalyst.expressions.Least;
import org.apache.spark.sql.catalyst.expressions.Literal;
import org.apache.spark.sql.catalyst.expressions.Minute;
import org.apache.spark.sql.catalyst.expressions.Month;
import org.apache.spark.sql.catalyst.expressions.Multiply;
import org.apache.spark.sql.catalyst.expressions.Quarter;
import org.apache.spark.sql.catalyst.expressions.Second;
import org.apache.spark.sql.catalyst.expressions.Sqrt;
import org.apache.spark.sql.catalyst.expressions.Subtract;
import org.apache.spark.sql.catalyst.expressions.TryEval;
import org.apache.spark.sql.catalyst.expressions.UnaryMinus;
import org.apache.spark.sql.catalyst.expressions.UnaryPositive;
import org.apache.spark.sql.catalyst.expressions.WeekDay;
import org.apache.spark.sql.catalyst.expressions.WeekOfYear;
import org.apache.spark.sql.types.BooleanType;
import org.apache.spark.sql.types.Decimal;
import org.apache.spark.sql.types.NumericType;

/**
 * The span of an expression from the spans of its columns. What is not known here has none, and its
 * aggregate asks the analyst for bounds.
 */
final class ExpressionSpans {

  /** What no argument can leave. */
  private static final Map<Class<?>, Span> BY_NATURE =
      Map.ofEntries(
          Map.entry(Quarter.class, new Span(1, 4)),
          Map.entry(Month.class, new Span(1, 12)),
          Map.entry(WeekOfYear.class, new Span(1, 53)),
          Map.entry(DayOfYear.class, new Span(1, 366)),
          Map.entry(DayOfMonth.class, new Span(1, 31)),
          Map.entry(DayOfWeek.class, new Span(1, 7)),
          Map.entry(WeekDay.class, new Span(0, 6)),
          Map.entry(Hour.class, new Span(0, 23)),
          Map.entry(Minute.class, new Span(0, 59)),
          Map.entry(Second.class, new Span(0, 59)));

  private final Map<ExprId, Span> columns;

  ExpressionSpans(Map<ExprId, Span> columns) {
    this.columns = columns;
  }

  Span of(Expression expression) {
    if (expression instanceof AttributeReference column) {
      return columns.getOrDefault(column.exprId(), Span.UNKNOWN);
    }
    if (expression instanceof Literal literal) {
      return literal(literal);
    }
    if (expression instanceof Cast cast) {
      return cast(cast);
    }
    if (expression instanceof Alias
        || expression instanceof UnaryPositive
        || expression instanceof TryEval // the value, or NULL
        || expression instanceof Extract) {
      return of(Scala.children(expression).get(0));
    }
    if (expression instanceof If || expression instanceof CaseWhen) {
      return Span.either(branches(expression).map(this::of));
    }
    return arithmetic(expression);
  }

  private Span arithmetic(Expression expression) {
    List<Span> of = new ArrayList<>();
    Scala.children(expression).forEach(child -> of.add(of(child)));
    if (expression instanceof Add) {
      return Span.combine(of.get(0), of.get(1), IntervalArithmetic::plus);
    }
    if (expression instanceof Subtract) {
      return Span.combine(of.get(0), of.get(1), IntervalArithmetic::minus);
    }
    if (expression instanceof Multiply product) {
      return product.left().semanticEquals(product.right())
          ? Span.combine(of.get(0), of.get(1), (a, b) -> IntervalArithmetic.square(a))
          : Span.combine(of.get(0), of.get(1), IntervalArithmetic::times);
    }
    if (expression instanceof Divide) {
      return Span.combine(of.get(0), of.get(1), IntervalArithmetic::dividedBy);
    }
    if (expression instanceof UnaryMinus) {
      return bounded(of.get(0), IntervalArithmetic::negated);
    }
    if (expression instanceof Abs) {
      return bounded(of.get(0), IntervalArithmetic::absolute);
    }
    if (expression instanceof Sqrt) {
      return of.get(0)
          .interval()
          .flatMap(IntervalArithmetic::squareRoot)
          .map(Span::of)
          .orElse(Span.UNKNOWN);
    }
    if (expression instanceof Least) {
      return Span.least(of.stream());
    }
    if (expression instanceof Greatest) {
      return Span.greatest(of.stream());
    }
    return expression instanceof Coalesce
        ? Span.either(of.stream())
        : BY_NATURE.getOrDefault(expression.getClass(), Span.UNKNOWN);
  }

  private static Span bounded(Span span, UnaryOperator<Interval> operator) {
    return span.interval().map(operator).map(Span::of).orElse(Span.UNKNOWN);
  }

  private static Stream<Expression> branches(Expression expression) {
    if (expression instanceof If choice) {
      return Stream.of(choice.trueValue(), choice.falseValue()).filter(ExpressionSpans::isValue);
    }
    CaseWhen choice = (CaseWhen) expression;
    Stream<Expression> values = Scala.list(choice.branches()).stream().map(branch -> branch._2());
    Optional<Expression> otherwise = Scala.optional(choice.elseValue());
    return Stream.concat(values, otherwise.stream()).filter(ExpressionSpans::isValue);
  }

  private static boolean isValue(Expression branch) {
    return !(branch instanceof Literal literal && literal.value() == null);
  }

  private Span cast(Cast cast) {
    if (!(cast.dataType() instanceof NumericType)) {
      return Span.UNKNOWN;
    }
    if (cast.child().dataType() instanceof BooleanType) {
      return new Span(0, 1);
    }
    // A narrower type may cut or round, but never away from what is nearer to zero by more than
    // one.
    return cast.child().dataType() instanceof NumericType ? of(cast.child()) : Span.UNKNOWN;
  }

  private static Span literal(Literal literal) {
    if (literal.value() instanceof Decimal decimal) {
      return Span.exactly(decimal.toDouble());
    }
    return literal.dataType() instanceof NumericType && literal.value() instanceof Number number
        ? Span.exactly(number.doubleValue())
        : Span.UNKNOWN;
  }
}
