package io.sallyport.spark.exact;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A number of a group, put together of its cells' statistics: the rows, the sum of a polynomial,
 * and the central moments of one or two linear ones (Chan, Golub and LeVeque 1979 for merging).
 */
final class Estimate {

  private final int ordinal;
  private long rows;
  private BigDecimal exact = BigDecimal.ZERO;
  private double fractional;
  private boolean isExact = true;
  private boolean overflows;
  private double meanX;
  private double meanY;
  private double xx;
  private double yy;
  private double xy;

  private Estimate(int ordinal) {
    this.ordinal = ordinal;
  }

  /** Of one of a point's functions, over the cells of one group. */
  static Estimate of(int ordinal, GroupCells group) {
    Estimate estimate = new Estimate(ordinal);
    group.cells().forEach(estimate::add);
    return estimate;
  }

  private void add(GroupCells.In in) {
    Term term = in.piece().terms().get(ordinal);
    in.table().shown(in.piece(), term, in.cell()).ifPresent(one -> add(in, term, one));
  }

  private void add(GroupCells.In in, Term term, Case one) {
    long there = in.table().present(one, in.cell()).rows();
    if (term.isOfSecondOrder()) {
      addMoments(in, one, there);
    } else if (!term.counts()) {
      addSum(in, one.value().orElseThrow(), there);
    }
    rows += there;
  }

  private void addSum(GroupCells.In in, Polynomial number, long there) {
    for (Map.Entry<Monomial, BigDecimal> term : number.terms().entrySet()) {
      BigDecimal factor = factor(in, term.getKey(), term.getValue());
      Monomial measured = term.getKey().measured();
      if (measured.degree() == 0) {
        addProduct(factor, BigDecimal.valueOf(there));
        continue;
      }
      Optional<Number> sum = in.cell().sums().get(in.table().shape().measured().indexOf(measured));
      if (sum.isEmpty()) {
        overflows = true;
      } else {
        addProduct(factor, sum.get());
      }
    }
  }

  private void addProduct(BigDecimal factor, Number sum) {
    if (sum instanceof BigDecimal number) {
      exact = exact.add(factor.multiply(number));
    } else {
      isExact = false;
      fractional += factor.doubleValue() * sum.doubleValue();
    }
  }

  private static BigDecimal factor(GroupCells.In in, Monomial monomial, BigDecimal coefficient) {
    return in.table().weight(in.piece(), monomial, coefficient, in.cell());
  }

  private void addMoments(GroupCells.In in, Case one, long n) {
    List<Linear> linear = new ArrayList<>();
    one.values().forEach(value -> linear.add(linear(in, value.orElseThrow(), n)));
    Linear x = linear.get(0);
    Linear y = linear.get(linear.size() - 1);
    double total = rows + (double) n;
    double dx = x.mean() - meanX;
    double dy = y.mean() - meanY;
    double weight = rows * (n / total);
    xx += n * covariance(in, x, x) + dx * dx * weight;
    yy += n * covariance(in, y, y) + dy * dy * weight;
    xy += n * covariance(in, x, y) + dx * dy * weight;
    meanX += dx * (n / total);
    meanY += dy * (n / total);
  }

  /** A linear polynomial in a cell: its mean, and the factors of the measured values. */
  private record Linear(double mean, Map<Integer, Double> factors) {}

  private static Linear linear(GroupCells.In in, Polynomial number, long rows) {
    double mean = 0;
    Map<Integer, Double> factors = new java.util.TreeMap<>();
    for (Map.Entry<Monomial, BigDecimal> term : number.terms().entrySet()) {
      double factor = factor(in, term.getKey(), term.getValue()).doubleValue();
      Monomial measured = term.getKey().measured();
      if (measured.degree() == 0) {
        mean += factor;
        continue;
      }
      CellShape shape = in.table().shape();
      double sum =
          in.cell()
              .sums()
              .get(shape.measured().indexOf(measured))
              .map(Cell::asDouble)
              .orElse(Double.NaN);
      mean += factor * (sum / rows);
      factors.merge(shape.squared().indexOf(measured), factor, Double::sum);
    }
    return new Linear(mean, factors);
  }

  private static double covariance(GroupCells.In in, Linear x, Linear y) {
    int size = in.table().shape().squared().size();
    double covariance = 0;
    for (Map.Entry<Integer, Double> a : x.factors().entrySet()) {
      for (Map.Entry<Integer, Double> b : y.factors().entrySet()) {
        int i = Math.min(a.getKey(), b.getKey());
        int j = Math.max(a.getKey(), b.getKey());
        int moment = i * size - i * (i - 1) / 2 + (j - i);
        covariance += a.getValue() * b.getValue() * in.cell().moments().get(moment);
      }
    }
    return covariance;
  }

  long rows() {
    return rows;
  }

  boolean overflows() {
    return overflows;
  }

  /** Whether the sum is exact. */
  boolean isExact() {
    return isExact;
  }

  BigDecimal exactSum() {
    return exact;
  }

  double sum() {
    return fractional + exact.doubleValue();
  }

  double meanX() {
    return meanX;
  }

  double meanY() {
    return meanY;
  }

  /** The sum of squared distances from the mean, of the first argument. */
  double xx() {
    return xx;
  }

  /** The same of the second argument. */
  double yy() {
    return yy;
  }

  /** The sum of products of the distances. */
  double xy() {
    return xy;
  }
}
