package io.sallyport.spark.noise;

import io.sallyport.dp.accounting.NoisyRelease;
import io.sallyport.dp.sampling.EntropySource;
import io.sallyport.dp.sensitivity.ContributionBounds;
import io.sallyport.dp.sensitivity.Sensitivity;
import io.sallyport.spark.scala.Catalyst;
import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleUnaryOperator;
import org.apache.spark.sql.catalyst.expressions.Divide;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.Multiply;
import org.apache.spark.sql.catalyst.expressions.Subtract;
import org.apache.spark.sql.types.DataTypes;

/**
 * How many rows there are in each of so many equally wide bins between an argument's public bounds:
 * a histogram whose bins tell nothing of the data. A row is in one bin.
 *
 * @param condition which rows count; includes that the argument is there
 * @param argument whose values are binned; its bounds are not one point
 * @param number of bins
 */
record Bins(Expression condition, Argument argument, int number) implements Values {

  /** The most bins of a histogram: each is a number with noise of its own. */
  static final int MOST = 1000;

  /** The number of the bin, never outside the bounds. */
  @Override
  public List<Expression> columns() {
    Expression fromLower =
        new Subtract(Arithmetic.clamped(argument), Arithmetic.number(argument.bounds().lower()));
    Expression part = new Divide(fromLower, Arithmetic.number(argument.bounds().width()));
    Expression bin =
        Catalyst.cast(new Multiply(part, Arithmetic.number((double) number)), DataTypes.LongType);
    return List.of(Arithmetic.between(0, bin, number - 1));
  }

  @Override
  public boolean isOncePerPerson() {
    return false;
  }

  /** As of one count: a person's rows of a group are in no more than so many bins together. */
  @Override
  public Sensitivity sensitivity(ContributionBounds bounds) {
    return Sensitivity.ofCount(bounds);
  }

  /** Read at the number of a bin; empty bins have noise too. */
  @Override
  public DoubleUnaryOperator noisy(
      Map<Long, Long> counts, NoisyRelease part, EntropySource entropy) {
    double[] noisy = new double[number];
    for (int bin = 0; bin < number; bin++) {
      BigInteger exact = BigInteger.valueOf(counts.getOrDefault((long) bin, 0L));
      noisy[bin] = part.noise().perturb(exact, entropy).doubleValue();
    }
    return bin -> noisy[(int) bin];
  }

  /** Other numbers of bins are other counts. */
  @Override
  public boolean isSame(Values other) {
    return other instanceof Bins bins
        && bins.number == number
        && bins.argument.bounds().equals(argument.bounds())
        && Values.super.isSame(other);
  }

  /** The middle of a bin. */
  double middle(int bin) {
    return argument.bounds().lower() + argument.bounds().width() * (bin + 0.5) / number;
  }
}
