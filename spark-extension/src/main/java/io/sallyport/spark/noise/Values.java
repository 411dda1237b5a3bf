package io.sallyport.spark.noise;

import io.sallyport.dp.accounting.NoisyRelease;
import io.sallyport.dp.sampling.EntropySource;
import io.sallyport.dp.sensitivity.ContributionBounds;
import io.sallyport.dp.sensitivity.Sensitivity;
import java.io.Serializable;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleUnaryOperator;
import org.apache.spark.sql.catalyst.expressions.Expression;

/**
 * What a release counts per group and value, instead of adding up. One person's part is at most so
 * many rows, or so many different values, of each group ({@link ValueQuery}).
 */
sealed interface Values extends Serializable permits Ranks, Bins, DistinctValues {

  /** Which rows count; includes that the values are there. */
  Expression condition();

  /** What is counted, over the columns of the release point's input. */
  List<Expression> columns();

  /** Whether several rows of a person with the same value count once. */
  boolean isOncePerPerson();

  /** How far one person moves the numbers that get noise. */
  Sensitivity sensitivity(ContributionBounds bounds);

  /**
   * One group's noisy numbers, read at a rank where there are ranks and by number where there are
   * bins.
   *
   * @param counts how many rows each value has; where values are only counted, their number under 0
   * @param part the noise to draw
   */
  DoubleUnaryOperator noisy(Map<Long, Long> counts, NoisyRelease part, EntropySource entropy);

  /** The same values of the same rows: expressions compare by what they mean. */
  default boolean isSame(Values other) {
    if (getClass() != other.getClass()
        || !condition().semanticEquals(other.condition())
        || columns().size() != other.columns().size()) {
      return false;
    }
    for (int i = 0; i < columns().size(); i++) {
      if (!columns().get(i).semanticEquals(other.columns().get(i))) {
        return false;
      }
    }
    return true;
  }
}
