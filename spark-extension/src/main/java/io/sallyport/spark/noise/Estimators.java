package io.sallyport.spark.noise;

import io.sallyport.dp.bounds.Interval;
import io.sallyport.policy.decision.RefusalCode;
import io.sallyport.policy.question.Objection;
import io.sallyport.spark.noise.Statistic.Kind;
import io.sallyport.spark.scala.Catalyst;
import io.sallyport.spark.scala.Scala;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.spark.sql.catalyst.expressions.And;
import org.apache.spark.sql.catalyst.expressions.AttributeReference;
import org.apache.spark.sql.catalyst.expressions.Cast;
import org.apache.spark.sql.catalyst.expressions.ExprId;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.IsNotNull;
import org.apache.spark.sql.catalyst.expressions.Literal;
import org.apache.spark.sql.catalyst.expressions.aggregate.AggregateExpression;
import org.apache.spark.sql.catalyst.expressions.aggregate.AggregateFunction;
import org.apache.spark.sql.catalyst.expressions.aggregate.Average;
import org.apache.spark.sql.catalyst.expressions.aggregate.Count;
import org.apache.spark.sql.catalyst.expressions.aggregate.CountIf;
import org.apache.spark.sql.catalyst.expressions.aggregate.HistogramNumeric;
import org.apache.spark.sql.catalyst.expressions.aggregate.HyperLogLogPlusPlus;
import org.apache.spark.sql.catalyst.expressions.aggregate.StddevPop;
import org.apache.spark.sql.catalyst.expressions.aggregate.StddevSamp;
import org.apache.spark.sql.catalyst.expressions.aggregate.Sum;
import org.apache.spark.sql.catalyst.expressions.aggregate.VariancePop;
import org.apache.spark.sql.catalyst.expressions.aggregate.VarianceSamp;
import org.apache.spark.sql.types.DoubleType;
import org.apache.spark.sql.types.FloatType;
import org.apache.spark.sql.types.NumericType;

/**
 * The table of estimators: for each aggregate function that can be answered with noise, by exact
 * class, the statistics it is computed from. What is not in it is objected to.
 */
final class Estimators {

  private final PublicDomains domains;
  private final Presence presence;
  private final Set<ExprId> unitColumns;
  private final List<Objection> objections = new ArrayList<>();

  Estimators(PublicDomains domains, Presence presence, Set<ExprId> unitColumns) {
    this.domains = domains;
    this.presence = presence;
    this.unitColumns = Set.copyOf(unitColumns);
  }

  /** Why some function has no estimator. */
  List<Objection> objections() {
    return List.copyOf(objections);
  }

  /** Empty, with an objection, when there is none. */
  Optional<Estimator> of(AggregateExpression aggregate) {
    AggregateFunction function = aggregate.aggregateFunction();
    Expression filter = Scala.optional(aggregate.filter()).orElseGet(Catalyst::yes);
    if (aggregate.isDistinct()) {
      return countsUnits(function)
          ? Optional.of(units(aggregate, present(filter, Scala.children(function))))
          : function instanceof Count
              ? Optional.of(different(aggregate, filter, Scala.children(function)))
              : unsupported(
                  function.prettyName() + "(DISTINCT ...) cannot be answered with noise",
                  "count(DISTINCT ...), or the aggregate without DISTINCT");
    }
    if (function instanceof HyperLogLogPlusPlus sketch) {
      return Optional.of(different(aggregate, filter, List.of(sketch.child())));
    }
    if (function instanceof Count) {
      return Optional.of(rows(aggregate, present(filter, Scala.children(function))));
    }
    if (function instanceof CountIf counted) {
      return Optional.of(rows(aggregate, and(filter, counted.child())));
    }
    if (function instanceof Sum || function instanceof Average) {
      return ofOne(aggregate, filter, Scala.children(function).get(0));
    }
    if (function instanceof VariancePop
        || function instanceof VarianceSamp
        || function instanceof StddevPop
        || function instanceof StddevSamp) {
      return ofOne(aggregate, filter, Scala.children(function).get(0));
    }
    if (function instanceof HistogramNumeric histogram) {
      return ofBins(aggregate, filter, histogram);
    }
    Optional<Quantiles> quantiles = Quantiles.of(function);
    return quantiles.isPresent()
        ? ofRanks(aggregate, filter, quantiles.get())
        : ofTwo(aggregate, filter);
  }

  private Estimator different(
      AggregateExpression aggregate, Expression filter, List<Expression> columns) {
    DistinctValues values = new DistinctValues(present(filter, columns), columns);
    return Estimator.of(aggregate, values, noisy -> Math.max(0, noisy.of(values)));
  }

  private Optional<Estimator> ofRanks(
      AggregateExpression aggregate, Expression filter, Quantiles quantiles) {
    Expression value = quantiles.value();
    Optional<Argument> argument = argument(aggregate, value);
    return argument.map(
        x -> {
          Expression condition = numbers(filter, value);
          return x.bounds().width() == 0
              ? Estimator.of(aggregate, quantiles, x.bounds().lower())
              : Estimator.of(aggregate, Ranks.of(condition, x, value), quantiles);
        });
  }

  private Optional<Estimator> ofBins(
      AggregateExpression aggregate, Expression filter, HistogramNumeric histogram) {
    boolean few =
        histogram.nBins() instanceof Literal literal
            && literal.value() instanceof Integer number
            && number <= Bins.MOST;
    Optional<Argument> argument = argument(aggregate, histogram.child());
    if (argument.isEmpty()) {
      return Optional.empty();
    }
    Argument x = argument.get();
    if (!few || x.bounds().width() == 0) {
      return unsupported(
          few ? "histogram_numeric of a constant" : "histogram_numeric with so many bins",
          "a column that varies, and a constant number of bins, at most " + Bins.MOST);
    }
    int number = (Integer) ((Literal) histogram.nBins()).value();
    Expression condition = numbers(filter, histogram.child());
    return Optional.of(Estimator.of(aggregate, new Bins(condition, x, number)));
  }

  private boolean countsUnits(AggregateFunction function) {
    List<Expression> arguments = Scala.children(function);
    return function instanceof Count
        && arguments.size() == 1
        && arguments.get(0) instanceof AttributeReference column
        && unitColumns.contains(column.exprId());
  }

  private static Estimator rows(AggregateExpression aggregate, Expression condition) {
    Statistic rows = new Statistic(Kind.ROWS, condition, List.of());
    return new Estimator(aggregate, List.of(rows), noisy -> noisy.of(rows));
  }

  private static Estimator units(AggregateExpression aggregate, Expression condition) {
    Statistic units = new Statistic(Kind.UNITS, condition, List.of());
    return new Estimator(aggregate, List.of(units), noisy -> noisy.of(units));
  }

  private Optional<Estimator> ofOne(
      AggregateExpression aggregate, Expression filter, Expression value) {
    Optional<Argument> argument = argument(aggregate, value);
    return argument.map(x -> ofOne(aggregate, numbers(filter, value), x));
  }

  private static Estimator ofOne(AggregateExpression aggregate, Expression condition, Argument x) {
    AggregateFunction function = aggregate.aggregateFunction();
    Moments moments = new Moments(condition);
    Statistic n = moments.rows();
    if (function instanceof Sum) {
      Statistic sum = new Statistic(Kind.SUM, condition, List.of(x));
      return new Estimator(aggregate, List.of(sum), noisy -> noisy.of(sum));
    }
    if (x.bounds().width() == 0) {
      double only = function instanceof Average ? x.bounds().lower() : 0;
      return new Estimator(aggregate, List.of(n), noisy -> only);
    }
    if (function instanceof Average) {
      return new Estimator(
          aggregate, List.of(n, moments.centred(x)), noisy -> moments.mean(x, noisy));
    }
    boolean sample = function instanceof VarianceSamp || function instanceof StddevSamp;
    boolean root = function instanceof StddevPop || function instanceof StddevSamp;
    return new Estimator(
        aggregate,
        List.of(n, moments.centred(x), moments.square(x)),
        noisy -> {
          double population = moments.variance(x, noisy);
          double variance = sample ? moments.unbiased(population, noisy) : population;
          return root ? Math.sqrt(variance) : variance;
        });
  }

  private Optional<Estimator> ofTwo(AggregateExpression aggregate, Expression filter) {
    Optional<Pair> pair = Pair.of(aggregate.aggregateFunction());
    if (pair.isEmpty()) {
      return unsupported(
          aggregate.aggregateFunction().prettyName() + " cannot be answered with noise",
          "count, sum, avg, stddev, variance, covar, corr, regr_*, median, percentile, min, max or"
              + " histogram_numeric");
    }
    Optional<Argument> x = argument(aggregate, pair.get().x());
    Optional<Argument> y = argument(aggregate, pair.get().y());
    if (x.isEmpty() || y.isEmpty()) {
      return Optional.empty();
    }
    Expression both = numbers(numbers(filter, pair.get().x()), pair.get().y());
    if (x.get().bounds().width() == 0 || y.get().bounds().width() == 0) {
      return unsupported(
          aggregate.aggregateFunction().prettyName() + " of a constant", "two columns that vary");
    }
    return Optional.of(PairEstimators.of(aggregate, new Moments(both), x.get(), y.get()));
  }

  /** The argument with its clamp; empty, with an objection, when it has none. */
  private Optional<Argument> argument(AggregateExpression aggregate, Expression value) {
    String name = aggregate.aggregateFunction().prettyName();
    if (!(value.dataType() instanceof NumericType)) {
      return unsupported(name + " of a value that is no number", "a numeric argument");
    }
    Optional<Interval> bounds = domains.span(value).interval();
    if (bounds.isEmpty()) {
      objections.add(
          new Objection(
              RefusalCode.MISSING_BOUNDS,
              name + "(" + value.sql() + ") has no bounds, so one person's part in it has none",
              "least(greatest("
                  + value.sql()
                  + ", <lower>), <upper>), or an owner who declares column.<name>.lower and .upper"));
    }
    return bounds.map(interval -> new Argument(Arithmetic.asDouble(value), interval));
  }

  private <T> Optional<T> unsupported(String subject, String remedy) {
    objections.add(new Objection(RefusalCode.AGG_NOT_ALLOWED, subject, remedy));
    return Optional.empty();
  }

  /** The rows with a number; of what is never NaN they are those that count(value) counts too. */
  private Expression numbers(Expression filter, Expression value) {
    if (value instanceof Cast cast
        && isFloating(cast)
        && cast.child().dataType() instanceof NumericType) {
      return numbers(filter, cast.child());
    }
    return isFloating(value) && presence.mayBeNaN(value)
        ? and(filter, Arithmetic.isThere(Arithmetic.asDouble(value)))
        : present(filter, List.of(value));
  }

  private static boolean isFloating(Expression value) {
    return value.dataType() instanceof FloatType || value.dataType() instanceof DoubleType;
  }

  private Expression present(Expression filter, List<Expression> arguments) {
    Expression condition = filter;
    for (Expression argument : arguments) {
      if (presence.mayBeNull(argument)) {
        condition = and(condition, new IsNotNull(argument));
      }
    }
    return condition;
  }

  private static Expression and(Expression filter, Expression condition) {
    return filter instanceof Literal literal && Boolean.TRUE.equals(literal.value())
        ? condition
        : new And(filter, condition);
  }
}
