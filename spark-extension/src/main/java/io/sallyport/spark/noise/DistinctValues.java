package io.sallyport.spark.noise;

import io.sallyport.dp.accounting.NoisyRelease;
import io.sallyport.dp.sampling.EntropySource;
import io.sallyport.dp.sensitivity.ContributionBounds;
import io.sallyport.dp.sensitivity.Sensitivity;
import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleUnaryOperator;
import org.apache.spark.sql.catalyst.expressions.Expression;

/**
 * How many different values there are. Of each person as many count as the person may have rows in
 * a group, chosen among the person's own, so a person adds at most as many to the union.
 *
 * @param condition which rows count; includes that all columns are there
 * @param columns what is different
 */
record DistinctValues(Expression condition, List<Expression> columns) implements Values {

  DistinctValues {
    columns = List.copyOf(columns);
  }

  @Override
  public boolean isOncePerPerson() {
    return true;
  }

  @Override
  public Sensitivity sensitivity(ContributionBounds bounds) {
    return Sensitivity.ofCount(bounds);
  }

  @Override
  public DoubleUnaryOperator noisy(
      Map<Long, Long> counts, NoisyRelease part, EntropySource entropy) {
    BigInteger exact = BigInteger.valueOf(counts.getOrDefault(0L, 0L));
    double noisy = part.noise().perturb(exact, entropy).doubleValue();
    return rank -> noisy;
  }
}
