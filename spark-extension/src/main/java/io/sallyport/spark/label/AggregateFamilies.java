package io.sallyport.spark.label;

import io.sallyport.policy.rule.AggregateFamily;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.sql.catalyst.expressions.aggregate.AggregateExpression;
import org.apache.spark.sql.catalyst.expressions.aggregate.Average;
import org.apache.spark.sql.catalyst.expressions.aggregate.Corr;
import org.apache.spark.sql.catalyst.expressions.aggregate.Count;
import org.apache.spark.sql.catalyst.expressions.aggregate.CountIf;
import org.apache.spark.sql.catalyst.expressions.aggregate.CovPopulation;
import org.apache.spark.sql.catalyst.expressions.aggregate.CovSample;
import org.apache.spark.sql.catalyst.expressions.aggregate.RegrAvgX;
import org.apache.spark.sql.catalyst.expressions.aggregate.RegrAvgY;
import org.apache.spark.sql.catalyst.expressions.aggregate.RegrCount;
import org.apache.spark.sql.catalyst.expressions.aggregate.RegrIntercept;
import org.apache.spark.sql.catalyst.expressions.aggregate.RegrR2;
import org.apache.spark.sql.catalyst.expressions.aggregate.RegrSXX;
import org.apache.spark.sql.catalyst.expressions.aggregate.RegrSXY;
import org.apache.spark.sql.catalyst.expressions.aggregate.RegrSYY;
import org.apache.spark.sql.catalyst.expressions.aggregate.RegrSlope;
import org.apache.spark.sql.catalyst.expressions.aggregate.StddevPop;
import org.apache.spark.sql.catalyst.expressions.aggregate.StddevSamp;
import org.apache.spark.sql.catalyst.expressions.aggregate.Sum;
import org.apache.spark.sql.catalyst.expressions.aggregate.VariancePop;
import org.apache.spark.sql.catalyst.expressions.aggregate.VarianceSamp;

/** The functions that weigh everybody alike, so that a release may show them; exact classes. */
public final class AggregateFamilies {

  private static final Map<Class<?>, AggregateFamily> FAMILIES =
      Stream.of(
              family(AggregateFamily.COUNT, Count.class, CountIf.class),
              family(AggregateFamily.SUM, Sum.class),
              family(AggregateFamily.AVG, Average.class),
              family(AggregateFamily.STDDEV, StddevSamp.class, StddevPop.class),
              family(AggregateFamily.VARIANCE, VarianceSamp.class, VariancePop.class),
              family(AggregateFamily.COVAR, CovSample.class, CovPopulation.class),
              family(AggregateFamily.CORR, Corr.class),
              family(
                  AggregateFamily.REGR,
                  RegrCount.class,
                  RegrAvgX.class,
                  RegrAvgY.class,
                  RegrR2.class,
                  RegrSXX.class,
                  RegrSXY.class,
                  RegrSYY.class,
                  RegrSlope.class,
                  RegrIntercept.class))
          .flatMap(family -> family.entrySet().stream())
          .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, Map.Entry::getValue));

  private AggregateFamilies() {}

  private static Map<Class<?>, AggregateFamily> family(
      AggregateFamily family, Class<?>... functions) {
    return Stream.of(functions).collect(Collectors.toMap(function -> function, f -> family));
  }

  /** Empty when the function can show one person's value. */
  public static Optional<AggregateFamily> of(AggregateExpression aggregate) {
    return Optional.ofNullable(FAMILIES.get(aggregate.aggregateFunction().getClass()));
  }

  static boolean isCount(AggregateExpression aggregate) {
    return of(aggregate).equals(Optional.of(AggregateFamily.COUNT));
  }
}
