package io.sallyport.spark.exact;

import io.sallyport.policy.decision.RefusalCode;
import io.sallyport.spark.scala.Catalyst;
import io.sallyport.spark.scala.Scala;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Function;
import org.apache.spark.sql.catalyst.expressions.Add;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.expressions.Coalesce;
import org.apache.spark.sql.catalyst.expressions.EvalMode;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.GreaterThan;
import org.apache.spark.sql.catalyst.expressions.Multiply;
import org.apache.spark.sql.catalyst.expressions.Not;
import org.apache.spark.sql.catalyst.expressions.NumericEvalContext;
import org.apache.spark.sql.catalyst.expressions.aggregate.AggregateExpression;
import org.apache.spark.sql.catalyst.expressions.aggregate.AggregateFunction;
import org.apache.spark.sql.catalyst.expressions.aggregate.Average;
import org.apache.spark.sql.catalyst.expressions.aggregate.Count;
import org.apache.spark.sql.catalyst.expressions.aggregate.CountIf;
import org.apache.spark.sql.catalyst.expressions.aggregate.Max;
import org.apache.spark.sql.catalyst.expressions.aggregate.Min;
import org.apache.spark.sql.catalyst.expressions.aggregate.Sum;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.DoubleType;
import org.apache.spark.sql.types.LongType;

/**
 * One aggregate of a person's rows: numbers of rows, sums of stored columns, and the average, least
 * or greatest of one. What the analyst multiplies and adds stays outside, over the columns.
 */
final class PersonalAggregate {

  private static final NumericEvalContext PLAIN = new NumericEvalContext(EvalMode.LEGACY(), true);

  private final Origins origins;
  private final Part part;
  private final Expression passes;
  private final Function<Expression, Attribute> count;
  private final BiFunction<Expression, String, Attribute> column;
  private final Consumer<PersonalColumn> columns;

  /**
   * @param count the column that counts the rows that meet a condition
   * @param column a new column for an aggregate
   * @param columns is told what columns are
   */
  PersonalAggregate(
      Origins origins,
      Part part,
      Expression passes,
      Function<Expression, Attribute> count,
      BiFunction<Expression, String, Attribute> column,
      Consumer<PersonalColumn> columns) {
    this.origins = origins;
    this.part = part;
    this.passes = passes;
    this.count = count;
    this.column = column;
    this.columns = columns;
  }

  Expression of(AggregateExpression expression) {
    AggregateFunction function = expression.aggregateFunction();
    if (expression.isDistinct()) {
      throw notAvailable(function);
    }
    Expression within = passes;
    if (expression.filter().isDefined()) {
      within = Part.both(within, condition(expression.filter().get()));
    }
    if (function instanceof CountIf counted) {
      return count.apply(Part.both(within, condition(counted.child())));
    }
    if (function.getClass() == Count.class) {
      for (Expression argument : Scala.children(function)) {
        if (argument.nullable() && !part.isUnit(argument)) {
          within = Part.both(within, condition(NumberReader.present(argument).expression()));
        }
      }
      return count.apply(within);
    }
    if (function instanceof Sum sum) {
      return sum(sum, within);
    }
    if (function instanceof Average || function instanceof Min || function instanceof Max) {
      return ofColumn(function, within);
    }
    throw notAvailable(function);
  }

  /** The analyst's condition over stored columns, true or false. */
  private Expression condition(Expression overColumns) {
    Expression written = part.written(overColumns);
    origins.requireNoneInCondition(written, "a condition inside an aggregate");
    return Condition.of(written).bit();
  }

  private Expression sum(Sum sum, Expression within) {
    Expression argument = part.written(sum.child());
    origins.requireNone(argument, RefusalCode.AGG_NOT_ALLOWED, "sum", "sum of another column");
    List<Expression> parts = new ArrayList<>();
    List<Expression> there = new ArrayList<>();
    for (Case one : new NumberReader(part.stored()).read(argument)) {
      one.value()
          .ifPresent(
              number -> {
                Expression region = Part.both(within, region(one.region()));
                for (Monomial mentioned : number.mentioned()) {
                  region = Part.both(region, present(mentioned, sum));
                }
                there.add(count.apply(region));
                parts.addAll(terms(number, region, sum));
              });
    }
    Expression total =
        parts.stream()
            .reduce((a, b) -> new Add(a, b, PLAIN))
            .orElseGet(() -> Catalyst.nothing(sum.dataType()));
    Expression rows =
        there.stream()
            .reduce((a, b) -> new Add(a, b, PLAIN))
            .orElse(Catalyst.literal(0L, DataTypes.LongType));
    return Catalyst.where(new GreaterThan(rows, Catalyst.literal(0L, DataTypes.LongType)), total);
  }

  private List<Expression> terms(Polynomial number, Expression region, Sum sum) {
    List<Expression> terms = new ArrayList<>();
    number
        .terms()
        .forEach(
            (monomial, coefficient) -> {
              if (monomial.degree() > 1 || !monomial.keyed().isEmpty()) {
                throw notAvailable(sum);
              }
              Expression added =
                  monomial.degree() == 0
                      ? count.apply(region)
                      : summed(monomial.raw().get(0).expression(), region);
              terms.add(times(added, coefficient, sum.dataType(), sum));
            });
    if (terms.isEmpty()) {
      terms.add(Catalyst.where(Catalyst.yes(), zero(sum.dataType(), sum)));
    }
    return terms;
  }

  private Expression summed(Expression stored, Expression region) {
    Attribute added = column(new Sum(Catalyst.where(region, stored)), "sum");
    columns.accept(
        new PersonalColumn(
            PersonalColumn.Kind.SUM,
            added,
            Optional.of(
                rows(
                    stored,
                    region,
                    added,
                    column(new Average(Catalyst.where(region, stored)), "average")))));
    return new Coalesce(
        Scala.seq(List.of(added, Catalyst.cast(Catalyst.integer(0), added.dataType()))));
  }

  /** What a sum or an average tells beside other numbers; it is read where it is told of only. */
  private PersonalColumn.Rows rows(
      Expression stored, Expression region, Attribute sum, Attribute average) {
    return new PersonalColumn.Rows(
        stored.canonicalized(),
        count.apply(region),
        sum,
        average,
        column(new Min(Catalyst.where(region, stored)), "least"),
        column(new Max(Catalyst.where(region, stored)), "greatest"));
  }

  private Attribute column(AggregateFunction function, String name) {
    return column.apply(Catalyst.aggregate(function, false), name);
  }

  private static Expression times(
      Expression added, BigDecimal coefficient, DataType type, Sum sum) {
    if (coefficient.compareTo(BigDecimal.ONE) == 0 && added.dataType().equals(type)) {
      return added;
    }
    if (type instanceof DoubleType) {
      return new Multiply(
          Catalyst.cast(added, type), Catalyst.literal(coefficient.doubleValue(), type), PLAIN);
    }
    if (type instanceof LongType
        && added.dataType() instanceof LongType
        && coefficient.stripTrailingZeros().scale() <= 0
        && coefficient.abs().compareTo(BigDecimal.valueOf(Integer.MAX_VALUE)) <= 0) {
      return new Multiply(added, Catalyst.literal(coefficient.longValue(), type), PLAIN);
    }
    throw notAvailable(sum);
  }

  private static Expression zero(DataType type, Sum sum) {
    if (type instanceof DoubleType) {
      return Catalyst.literal(0.0, type);
    }
    if (type instanceof LongType) {
      return Catalyst.literal(0L, type);
    }
    throw notAvailable(sum);
  }

  private Expression present(Monomial mentioned, Sum sum) {
    if (mentioned.degree() != 1 || !mentioned.keyed().isEmpty()) {
      throw notAvailable(sum);
    }
    return Presence.of(mentioned.raw().get(0).expression());
  }

  private static Expression region(Map<Condition, Boolean> region) {
    Expression all = Catalyst.yes();
    for (Map.Entry<Condition, Boolean> one : region.entrySet()) {
      Expression bit = one.getKey().bit();
      all = Part.both(all, one.getValue() ? bit : new Not(bit));
    }
    return all;
  }

  private Expression ofColumn(AggregateFunction function, Expression within) {
    Expression argument = part.written(Scala.children(function).get(0));
    origins.requireNone(
        argument,
        RefusalCode.AGG_NOT_ALLOWED,
        function.prettyName(),
        function.prettyName() + " of another column");
    boolean isStored =
        argument instanceof org.apache.spark.sql.catalyst.expressions.AttributeReference a
            && part.stored().contains(a.exprId());
    if (!isStored) {
      throw notAvailable(function);
    }
    Expression region = Part.both(within, Presence.of(argument));
    Attribute rows = count.apply(region);
    Expression chosen = Catalyst.where(region, argument);
    Expression whole = Scala.withChildren((Expression) function, List.of(chosen));
    Attribute value = column((AggregateFunction) whole, "value");
    columns.accept(
        function instanceof Average
            ? new PersonalColumn(
                PersonalColumn.Kind.AVERAGE,
                value,
                Optional.of(rows(argument, region, column(new Sum(chosen), "sum"), value)))
            : PersonalColumn.of(PersonalColumn.Kind.EXTREME, value));
    return Catalyst.where(new GreaterThan(rows, Catalyst.literal(0L, DataTypes.LongType)), value);
  }

  private static Unreadable notAvailable(AggregateFunction function) {
    String name = function.prettyName();
    return new Unreadable(
        RefusalCode.AGG_NOT_ALLOWED,
        name + " of each person's rows, as it is written here",
        "count, or sum, avg, min or max of one column, for each person");
  }
}
