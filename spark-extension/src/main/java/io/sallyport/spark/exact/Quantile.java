package io.sallyport.spark.exact;

import io.sallyport.policy.decision.RefusalCode;
import io.sallyport.spark.scala.Catalyst;
import io.sallyport.spark.scala.Scala;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.Literal;
import org.apache.spark.sql.catalyst.expressions.aggregate.AggregateExpression;
import org.apache.spark.sql.catalyst.expressions.aggregate.AggregateFunction;
import org.apache.spark.sql.catalyst.expressions.aggregate.ApproximatePercentile;
import org.apache.spark.sql.catalyst.expressions.aggregate.Median;
import org.apache.spark.sql.catalyst.expressions.aggregate.Percentile;
import org.apache.spark.sql.catalyst.util.ArrayData;
import org.apache.spark.sql.catalyst.util.GenericArrayData;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.IntegralType;

/**
 * A function that asks for what people have at places in the order of a stored column.
 *
 * @param ranks each from 0 to 1
 * @param interpolates whether between two values it is a mean of both
 * @param type of the function's value; a list where several are asked for
 */
record Quantile(List<Double> ranks, boolean interpolates, DataType type) {

  /** Each place is a condition of the whole question, for each set of keys. */
  static final int MOST_PLACES = 16;

  /** So many in all sets of keys together. */
  static final int MOST_PLACES_OF_SETS = 64;

  static Unreadable tooManyPlaces() {
    return new Unreadable(
        RefusalCode.LIMIT_EXCEEDED,
        "more than %d percentiles in an exact answer, or %d in all its sets of keys"
            .formatted(MOST_PLACES, MOST_PLACES_OF_SETS),
        "fewer of them, such as percentile(column, array(0.25, 0.5, 0.75))");
  }

  /** How many places the functions of an expression ask for. */
  static int places(Expression expression) {
    if (expression instanceof AggregateExpression function) {
      return of(function).map(quantile -> quantile.ranks().size()).orElse(0);
    }
    return Scala.children(expression).stream().mapToInt(Quantile::places).sum();
  }

  Quantile {
    ranks = List.copyOf(ranks);
  }

  /** Empty when the function is none. */
  static Optional<Quantile> of(AggregateExpression expression) {
    AggregateFunction function = expression.aggregateFunction();
    if (function instanceof Median) {
      return Optional.of(new Quantile(List.of(0.5), true, function.dataType()));
    }
    boolean countsOnce =
        function instanceof Percentile percentile
            && !percentile.reverse()
            && percentile.frequencyExpression() instanceof Literal literal
            && literal.value() instanceof Number number
            && number.longValue() == 1;
    if (!countsOnce && !(function instanceof ApproximatePercentile)) {
      return Optional.empty();
    }
    List<Double> ranks = ranks(Scala.children(function).get(1));
    return ranks.isEmpty()
        ? Optional.empty()
        : Optional.of(new Quantile(ranks, countsOnce, function.dataType()));
  }

  /**
   * The case in which there is a value: a stored column, with nothing done to it.
   *
   * @throws Unreadable when it is something else
   */
  static Case column(List<Case> cases, String name) {
    List<Case> there = cases.stream().filter(Case::isThere).toList();
    boolean isColumn =
        there.size() == 1
            && there.get(0).values().size() == 1
            && there
                .get(0)
                .value()
                .filter(number -> number.degree() == 1 && isOne(number))
                .isPresent();
    if (!isColumn) {
      throw new Unreadable(
          RefusalCode.AGG_NOT_ALLOWED,
          name + " of something else than a stored number, or a sum for each person",
          name + " of a column, of the rows that WHERE keeps or by GROUP BY");
    }
    return there.get(0);
  }

  private static boolean isOne(Polynomial number) {
    return number.mentioned().size() == 1
        && number
            .terms()
            .equals(Map.of(number.mentioned().iterator().next().measured(), BigDecimal.ONE));
  }

  /** The values of its places as the function's value. */
  Object value(List<Double> values) {
    return type instanceof ArrayType list
        ? new GenericArrayData(values.stream().map(v -> of(v, list.elementType())).toArray())
        : of(values.get(0), type);
  }

  private static Object of(Double value, DataType type) {
    double shown = type instanceof IntegralType ? Math.rint(value) : value;
    return Catalyst.cast(Catalyst.literal(shown, DataTypes.DoubleType), type).eval(null);
  }

  private static List<Double> ranks(Expression percentage) {
    List<Double> ranks = new ArrayList<>();
    if (!percentage.foldable()) {
      return ranks;
    }
    if (percentage.dataType() instanceof ArrayType) {
      Expression doubles = Catalyst.cast(percentage, ArrayType.apply(DataTypes.DoubleType));
      if (doubles.eval(null) instanceof ArrayData list) {
        for (int i = 0; i < list.numElements(); i++) {
          ranks.add(list.isNullAt(i) ? Double.NaN : list.getDouble(i));
        }
      }
    } else if (Catalyst.cast(percentage, DataTypes.DoubleType).eval(null) instanceof Double rank) {
      ranks.add(rank);
    }
    return ranks.stream().allMatch(rank -> rank >= 0 && rank <= 1) ? ranks : List.of();
  }
}
