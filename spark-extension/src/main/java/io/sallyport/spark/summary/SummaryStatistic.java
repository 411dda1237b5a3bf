package io.sallyport.spark.summary;

import io.sallyport.spark.scala.Catalyst;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.Literal;
import org.apache.spark.sql.catalyst.expressions.aggregate.AggregateFunction;
import org.apache.spark.sql.catalyst.expressions.aggregate.ApproximatePercentile;
import org.apache.spark.sql.catalyst.expressions.aggregate.Average;
import org.apache.spark.sql.catalyst.expressions.aggregate.HyperLogLogPlusPlus;
import org.apache.spark.sql.catalyst.expressions.aggregate.Max;
import org.apache.spark.sql.catalyst.expressions.aggregate.Min;
import org.apache.spark.sql.catalyst.expressions.aggregate.StddevSamp;
import org.apache.spark.sql.types.DataTypes;

/** One row of a summary: a name, as it was written, and what is computed of each column. */
public final class SummaryStatistic {

  /** The names that there are. */
  public static final String DEMAND =
      "count, mean, stddev, min, max, count_distinct, approx_count_distinct, or a percentage such as"
          + " 25% or 99.5%";

  private static final Pattern PERCENTAGE =
      Pattern.compile("(100(\\.0{1,9})?|[0-9]{1,2}(\\.[0-9]{1,9})?)%");

  private static final Map<String, Computed> NAMED =
      Map.of(
          "count", new Computed(Values.ANY, value -> Catalyst.count(List.of(value))),
          "count_distinct", new Computed(Values.ANY, Catalyst::countDistinct),
          "approx_count_distinct", aggregate(Values.ANY, HyperLogLogPlusPlus::new),
          "mean", aggregate(Values.NUMBERS, Average::new),
          "stddev", aggregate(Values.NUMBERS, SummaryStatistic::stddev),
          "min", aggregate(Values.ORDERED, Min::new),
          "max", aggregate(Values.ORDERED, Max::new));

  private final String name;
  private final Computed computed;

  private SummaryStatistic(String name, Computed computed) {
    this.name = name;
    this.computed = computed;
  }

  /** The statistic of this name, in small letters or large; empty when there is none. */
  public static Optional<SummaryStatistic> of(String name) {
    return computed(name).map(computed -> new SummaryStatistic(name, computed));
  }

  /** What it is called. */
  public String name() {
    return name;
  }

  /** Which values it is computed of. */
  Values values() {
    return computed.values();
  }

  /** The aggregate of a value. */
  Expression of(Expression value) {
    return computed.function().apply(value);
  }

  /** Which values a statistic is computed of. */
  enum Values {
    /** Any: it counts them. */
    ANY,
    /** Numbers and texts as they are. */
    ORDERED,
    /** Numbers, and texts that can be read as numbers. */
    NUMBERS
  }

  private record Computed(Values values, Function<Expression, Expression> function) {}

  private static Optional<Computed> computed(String name) {
    if (!PERCENTAGE.matcher(name).matches()) {
      return Optional.ofNullable(NAMED.get(name.toLowerCase(Locale.ROOT)));
    }
    double rank = Double.parseDouble(name.substring(0, name.length() - 1)) / 100;
    Literal percentage = new Literal(rank, DataTypes.DoubleType);
    return Optional.of(
        aggregate(Values.NUMBERS, value -> new ApproximatePercentile(value, percentage)));
  }

  /** Of doubles, as the analyser would make it: only then it has a type at once. */
  private static StddevSamp stddev(Expression value) {
    return new StddevSamp(Catalyst.cast(value, DataTypes.DoubleType));
  }

  private static Computed aggregate(
      Values values, Function<Expression, AggregateFunction> function) {
    return new Computed(values, value -> Catalyst.aggregate(function.apply(value), false));
  }
}
