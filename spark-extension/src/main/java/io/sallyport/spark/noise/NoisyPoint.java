package io.sallyport.spark.noise;

import io.sallyport.spark.label.ReleasePoint;
import io.sallyport.spark.scala.Scala;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.NamedExpression;
import org.apache.spark.sql.catalyst.plans.logical.Aggregate;

/**
 * A release point as it is answered with noise: what is counted in each group, and how the
 * analyst's functions are computed from it. Known before any data are read.
 *
 * @param point the release point
 * @param statistics what is counted; each is bought once, however many functions need it
 * @param estimators one for each aggregate function, in their order
 * @param publicKeys the groups, when owners declared them all; empty when the data say which there
 *     are
 * @param singleRows whether each person has one row at most, so that no contribution needs bounding
 */
public record NoisyPoint(
    ReleasePoint point,
    List<Statistic> statistics,
    List<Estimator> estimators,
    Optional<PublicKeys> publicKeys,
    boolean singleRows) {

  public NoisyPoint {
    statistics = List.copyOf(statistics);
    estimators = List.copyOf(estimators);
  }

  static NoisyPoint of(ReleasePoint point, List<Estimator> estimators, PublicDomains domains) {
    List<Statistic> statistics = new ArrayList<>();
    for (Estimator estimator : estimators) {
      for (Statistic wanted : estimator.statistics()) {
        if (statistics.stream().noneMatch(wanted::isSame)) {
          statistics.add(wanted);
        }
      }
    }
    return new NoisyPoint(
        point,
        statistics,
        estimators,
        PublicKeys.of(keys(point.aggregate()), domains),
        SingleRows.in(point.aggregate().child()));
  }

  /** The grouping expressions. */
  List<Expression> keys() {
    return keys(point.aggregate());
  }

  private static List<Expression> keys(Aggregate aggregate) {
    return Scala.list(aggregate.groupingExpressions());
  }

  /** The output columns. */
  List<NamedExpression> shown() {
    return Scala.list(point.aggregate().aggregateExpressions());
  }

  boolean isGlobal() {
    return keys().isEmpty();
  }

  /** Whether the data say which groups there are, so that showing a key tells of people. */
  boolean selectsKeys() {
    return !isGlobal() && publicKeys.isEmpty();
  }

  /** Where a statistic stands among those that are counted. */
  int ordinal(Statistic wanted) {
    for (int i = 0; i < statistics.size(); i++) {
      if (statistics.get(i).isSame(wanted)) {
        return i;
      }
    }
    throw new IllegalArgumentException("The statistic is not among those counted");
  }
}
