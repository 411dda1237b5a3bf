package io.sallyport.dp.mechanism;

import static org.assertj.core.api.Assertions.assertThat;

import io.sallyport.dp.bounds.Interval;
import io.sallyport.dp.sensitivity.CentredQuantizer;
import io.sallyport.dp.sensitivity.ContributionBounds;
import io.sallyport.dp.sensitivity.ExactSum;
import io.sallyport.dp.sensitivity.Quantizer;
import io.sallyport.dp.sensitivity.Sensitivity;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.ToLongFunction;
import org.junit.jupiter.api.Test;

/**
 * Exact vectors of neighbours compared with the declared sensitivity, without noise: any excess is
 * a bug, with certainty. The twins clamp after the sum and square an unclamped value.
 */
class NeighbourReplayTest {
  private static final double[] HOSTILE = {
    Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY, 1e308, -1e308, Double.MIN_VALUE, -0.0, 7.3
  };
  private static final ContributionBounds BOUNDS = new ContributionBounds(1, 3);
  private final SplittableRandom random = new SplittableRandom(41);

  @Test
  void sums_moveByAtMostTheirSensitivity() {
    for (int i = 0; i < 300; i++) {
      Interval row = new Interval(-random.nextDouble(0, 1e6), random.nextDouble(0.001, 1e6));
      Quantizer q = Quantizer.over(row);
      CentredQuantizer c = CentredQuantizer.over(row);
      BigInteger sum = Sensitivity.ofSum(BOUNDS, q.largestSteps()).l1();
      BigInteger centred = Sensitivity.ofSum(BOUNDS, c.unit()).l1();
      BigInteger squares = Sensitivity.ofSum(BOUNDS, c.unit() * c.unit()).l1();
      assertThat(moved(x -> q.steps(x))).isLessThanOrEqualTo(sum);
      assertThat(moved(x -> c.steps(x))).isLessThanOrEqualTo(centred);
      assertThat(moved(x -> c.steps(x) * c.steps(x))).isLessThanOrEqualTo(squares);
    }
  }

  @Test
  void twin_withoutClamp_moves() {
    Quantizer q = Quantizer.over(new Interval(0, 1));
    BigInteger declared = Sensitivity.ofSum(BOUNDS, q.largestSteps()).l1();
    assertThat(moved(x -> (long) Math.rint(Math.min(x, 1e6) / q.grid().step())))
        .isGreaterThan(declared);
  }

  /** The distance between a random table and the same without one unit of three hostile rows. */
  private BigInteger moved(ToLongFunction<Double> steps) {
    List<Double> others = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      others.add(random.nextDouble(-1e7, 1e7));
    }
    List<Double> unit = new ArrayList<>();
    for (int i = 0; i < BOUNDS.perGroup(); i++) {
      unit.add(HOSTILE[random.nextInt(HOSTILE.length)]);
    }
    List<Double> all = new ArrayList<>(others);
    all.addAll(random.nextInt(51), unit);
    return total(all, steps).subtract(total(others, steps)).abs();
  }

  private static BigInteger total(List<Double> rows, ToLongFunction<Double> steps) {
    ExactSum sum = new ExactSum();
    rows.forEach(row -> sum.add(steps.applyAsLong(row)));
    return sum.total();
  }
}
