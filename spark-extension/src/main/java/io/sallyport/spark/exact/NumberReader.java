package io.sallyport.spark.exact;

import io.sallyport.policy.decision.RefusalCode;
import io.sallyport.spark.scala.Catalyst;
import io.sallyport.spark.scala.Scala;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BinaryOperator;
import org.apache.spark.sql.catalyst.expressions.Abs;
import org.apache.spark.sql.catalyst.expressions.Add;
import org.apache.spark.sql.catalyst.expressions.Alias;
import org.apache.spark.sql.catalyst.expressions.And;
import org.apache.spark.sql.catalyst.expressions.AttributeReference;
import org.apache.spark.sql.catalyst.expressions.CaseWhen;
import org.apache.spark.sql.catalyst.expressions.Cast;
import org.apache.spark.sql.catalyst.expressions.Coalesce;
import org.apache.spark.sql.catalyst.expressions.Divide;
import org.apache.spark.sql.catalyst.expressions.ExprId;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.GreaterThanOrEqual;
import org.apache.spark.sql.catalyst.expressions.Greatest;
import org.apache.spark.sql.catalyst.expressions.If;
import org.apache.spark.sql.catalyst.expressions.IsNotNull;
import org.apache.spark.sql.catalyst.expressions.IsNull;
import org.apache.spark.sql.catalyst.expressions.Least;
import org.apache.spark.sql.catalyst.expressions.LessThan;
import org.apache.spark.sql.catalyst.expressions.LessThanOrEqual;
import org.apache.spark.sql.catalyst.expressions.Multiply;
import org.apache.spark.sql.catalyst.expressions.Or;
import org.apache.spark.sql.catalyst.expressions.RuntimeReplaceable;
import org.apache.spark.sql.catalyst.expressions.Subtract;
import org.apache.spark.sql.catalyst.expressions.TryEval;
import org.apache.spark.sql.catalyst.expressions.UnaryMinus;
import org.apache.spark.sql.catalyst.expressions.UnaryPositive;
import org.apache.spark.sql.types.BooleanType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.Decimal;
import org.apache.spark.sql.types.DecimalType;
import org.apache.spark.sql.types.DoubleType;
import org.apache.spark.sql.types.FloatType;
import org.apache.spark.sql.types.IntegralType;
import org.apache.spark.sql.types.NumericType;
import scala.Tuple2;
import scala.collection.immutable.Seq;

/**
 * Reads an argument symbolically: its conditions become cases, and what remains is a polynomial in
 * stored columns. What is no such polynomial is a key of the cells: its values are cells, so it is
 * constant in each.
 *
 * <p>The reader is not trusted. It decides how a number is computed from the cells' statistics,
 * never what is added up: a misreading gives a wrong number, not another scan.
 */
final class NumberReader {

  /** So many cases may one argument have. */
  private static final int MOST_CASES = 4096;

  private final Set<ExprId> stored;

  /**
   * @param stored the columns that may be added up as they are
   */
  NumberReader(Set<ExprId> stored) {
    this.stored = stored;
  }

  /**
   * The cases of a number over stored columns.
   *
   * @throws Unreadable when it has too many cases
   */
  List<Case> read(Expression value) {
    Expression meant = written(value);
    return readable(meant).orElseGet(() -> key(meant));
  }

  /** What an expression stands for, without names of it. */
  private static Expression written(Expression value) {
    if (value instanceof Alias || value instanceof UnaryPositive) {
      return written(Scala.children(value).get(0));
    }
    return value instanceof RuntimeReplaceable replaced ? written(replaced.replacement()) : value;
  }

  /** Empty when the expression is a key; each part is read once. */
  private Optional<List<Case>> readable(Expression value) {
    if (value.foldable()) {
      return Optional.of(List.of(Case.everywhere(constant(value).map(Polynomial::constant))));
    }
    if (value instanceof TryEval total) {
      // what is no polynomial is a key as it is written, so that it fails on no row
      return readable(written(total.child()));
    }
    if (value instanceof AttributeReference column && stored.contains(column.exprId())) {
      return Optional.of(
          List.of(Case.everywhere(Optional.of(Polynomial.of(Monomial.raw(column))))));
    }
    if (value instanceof If choice) {
      return Optional.of(
          choice(
              Condition.of(choice.predicate()),
              read(choice.trueValue()),
              read(choice.falseValue())));
    }
    if (value instanceof CaseWhen choice) {
      return Optional.of(caseWhen(choice));
    }
    if (value instanceof Coalesce first) {
      return Optional.of(coalesce(Scala.children(first), 0));
    }
    return arithmetic(value);
  }

  private List<Case> choice(Condition condition, List<Case> then, List<Case> otherwise) {
    List<Case> cases = new ArrayList<>();
    then.forEach(one -> one.where(condition, true).ifPresent(cases::add));
    otherwise.forEach(one -> one.where(condition, false).ifPresent(cases::add));
    return few(cases);
  }

  private List<Case> caseWhen(CaseWhen choice) {
    List<Case> cases =
        Scala.optional(choice.elseValue())
            .map(this::read)
            .orElseGet(() -> List.of(Case.everywhere(Optional.empty())));
    List<Tuple2<Expression, Expression>> branches = Scala.list(choice.branches());
    for (int i = branches.size() - 1; i >= 0; i--) {
      cases = choice(Condition.of(branches.get(i)._1()), read(branches.get(i)._2()), cases);
    }
    return cases;
  }

  private List<Case> coalesce(List<Expression> values, int from) {
    List<Case> first = read(values.get(from));
    if (from == values.size() - 1 || !values.get(from).nullable()) {
      return first;
    }
    return choice(Condition.of(new IsNotNull(values.get(from))), first, coalesce(values, from + 1));
  }

  /** Empty when the expression is no polynomial of its parts. */
  private Optional<List<Case>> arithmetic(Expression value) {
    if (value instanceof Cast cast) {
      return cast(cast);
    }
    if (value instanceof UnaryMinus minus) {
      return Optional.of(
          each(read(minus.child()), number -> number.times(BigDecimal.ONE.negate())));
    }
    if (value instanceof Add sum) {
      return Optional.of(pairs(read(sum.left()), read(sum.right()), Polynomial::plus));
    }
    if (value instanceof Subtract difference) {
      return Optional.of(
          pairs(
              read(difference.left()),
              read(difference.right()),
              (a, b) -> a.plus(b.times(BigDecimal.ONE.negate()))));
    }
    if (value instanceof Multiply product) {
      return Optional.of(pairs(read(product.left()), read(product.right()), Polynomial::times));
    }
    if (value instanceof Divide quotient) {
      return divided(quotient);
    }
    if (!(value.dataType() instanceof NumericType)) {
      return Optional.empty();
    }
    return value instanceof Abs || value instanceof Least || value instanceof Greatest
        ? Optional.of(chosen(value))
        : Optional.empty();
  }

  /** One of the operands, or its opposite: which one is a condition. */
  private List<Case> chosen(Expression value) {
    List<Expression> operands = Scala.children(value);
    Expression first = operands.get(0);
    List<Case> asItIs = read(first);
    if (value instanceof Abs) {
      Expression zero = Catalyst.cast(Catalyst.integer(0), first.dataType());
      return choice(
          Condition.of(new LessThan(first, zero)),
          each(asItIs, number -> number.times(BigDecimal.ONE.negate())),
          asItIs);
    }
    if (operands.size() == 1) {
      return asItIs;
    }
    Seq<Expression> others = Scala.seq(operands.subList(1, operands.size()));
    boolean least = value instanceof Least;
    Expression rest =
        operands.size() == 2 ? operands.get(1) : least ? new Least(others) : new Greatest(others);
    Expression wins =
        least ? new LessThanOrEqual(first, rest) : new GreaterThanOrEqual(first, rest);
    return choice(
        Condition.of(new And(new IsNotNull(first), new Or(new IsNull(rest), wins))),
        asItIs,
        read(rest));
  }

  private Optional<List<Case>> divided(Divide quotient) {
    List<Case> divisors = read(quotient.right());
    boolean constants =
        divisors.stream()
            .allMatch(c -> c.value().isEmpty() || c.value().get().constantValue().isPresent());
    if (!constants) {
      return Optional.empty();
    }
    List<Case> cases = new ArrayList<>();
    for (Case a : read(quotient.left())) {
      for (Case b : divisors) {
        a.and(b)
            .ifPresent(
                both ->
                    cases.add(
                        both.withValue(
                            b.value()
                                .flatMap(Polynomial::constantValue)
                                .filter(divisor -> divisor.signum() != 0)
                                .flatMap(d -> a.value().map(number -> number.dividedBy(d))))));
      }
    }
    return Optional.of(few(cases));
  }

  private Optional<List<Case>> cast(Cast cast) {
    DataType from = cast.child().dataType();
    if (from instanceof BooleanType && cast.dataType() instanceof NumericType) {
      return Optional.of(number(cast.child()));
    }
    return keepsValue(from, cast.dataType()) ? Optional.of(read(cast.child())) : Optional.empty();
  }

  /** True is 1, false is 0, unknown is NULL. */
  private List<Case> number(Expression truth) {
    List<Case> known =
        choice(
            Condition.of(truth),
            List.of(Case.everywhere(Optional.of(Polynomial.constant(BigDecimal.ONE)))),
            List.of(Case.everywhere(Optional.of(Polynomial.constant(BigDecimal.ZERO)))));
    return truth.nullable()
        ? choice(Condition.of(new IsNull(truth)), List.of(Case.everywhere(Optional.empty())), known)
        : known;
  }

  /** Whether a cast only changes how a number is written. */
  private static boolean keepsValue(DataType from, DataType to) {
    if (!(from instanceof NumericType)) {
      return false;
    }
    if (to.equals(from) || to instanceof DoubleType) {
      return true;
    }
    if (to instanceof FloatType) {
      return false;
    }
    if (from instanceof IntegralType && to instanceof IntegralType) {
      return to.defaultSize() >= from.defaultSize();
    }
    return to instanceof DecimalType decimal && holds(decimal, from);
  }

  private static boolean holds(DecimalType to, DataType from) {
    if (from instanceof DecimalType exact) {
      return to.scale() >= exact.scale()
          && to.precision() - to.scale() >= exact.precision() - exact.scale();
    }
    return from instanceof IntegralType && to.precision() - to.scale() >= digits(from);
  }

  private static int digits(DataType integral) {
    return switch (integral.defaultSize()) {
      case 1 -> 3;
      case 2 -> 5;
      case 4 -> 10;
      default -> 19;
    };
  }

  private static List<Case> each(
      List<Case> cases, java.util.function.UnaryOperator<Polynomial> change) {
    return cases.stream().map(c -> c.withValue(c.value().map(change))).toList();
  }

  private static List<Case> pairs(
      List<Case> left, List<Case> right, BinaryOperator<Polynomial> operator) {
    List<Case> cases = new ArrayList<>();
    for (Case a : left) {
      for (Case b : right) {
        a.and(b)
            .ifPresent(
                both ->
                    cases.add(
                        both.withValue(
                            a.value().flatMap(x -> b.value().map(y -> operator.apply(x, y))))));
      }
    }
    return few(cases);
  }

  private List<Case> key(Expression value) {
    if (!(value.dataType() instanceof NumericType)) {
      throw new Unreadable(
          RefusalCode.AGG_NOT_ALLOWED,
          "the argument " + value.sql() + " is not a number",
          "an aggregate of a numeric column, or GROUP BY it");
    }
    return List.of(Case.everywhere(Optional.of(Polynomial.of(Monomial.keyed(value)))));
  }

  private static List<Case> few(List<Case> cases) {
    if (cases.size() > MOST_CASES) {
      throw new Unreadable(
          RefusalCode.LIMIT_EXCEEDED,
          "an aggregate has more than " + MOST_CASES + " cases",
          "fewer conditions in one aggregate");
    }
    return cases;
  }

  /** The value of a constant; empty for NULL and what is no finite number. */
  private static Optional<BigDecimal> constant(Expression foldable) {
    Object value = foldable.eval(null);
    if (value instanceof Double || value instanceof Float) {
      double number = ((Number) value).doubleValue();
      return Double.isFinite(number) ? Optional.of(new BigDecimal(number)) : Optional.empty();
    }
    if (value instanceof Number number) {
      return Optional.of(BigDecimal.valueOf(number.longValue()));
    }
    if (value instanceof Decimal decimal) {
      return Optional.of(decimal.toJavaBigDecimal());
    }
    if (value == null) {
      return Optional.empty();
    }
    throw new Unreadable(
        RefusalCode.AGG_NOT_ALLOWED,
        "the constant " + foldable.sql() + " is not a number",
        "an aggregate of a numeric column");
  }

  /** A condition that a value is there. */
  static Condition present(Expression value) {
    return Condition.of(new IsNotNull(value));
  }
}
