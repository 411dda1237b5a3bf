package io.sallyport.dp.sensitivity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sallyport.dp.bounds.Interval;
import java.math.BigInteger;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class QuantizerTest {
  private static final double[] HOSTILE = {
    0,
    -0.0,
    1,
    -1,
    Double.MIN_VALUE,
    -Double.MIN_VALUE,
    Double.MAX_VALUE,
    -Double.MAX_VALUE,
    Double.POSITIVE_INFINITY,
    Double.NEGATIVE_INFINITY,
    0x1p62,
    -0x1p63,
    1e300
  };

  @Test
  void steps_ofAnyRow_staysWithinTheDeclaredLargest() {
    SplittableRandom random = new SplittableRandom(2);
    for (int i = 0; i < 2000; i++) {
      Interval bounds = randomInterval(random);
      Quantizer quantizer = Quantizer.over(bounds);
      CentredQuantizer centred = CentredQuantizer.over(bounds);
      for (double value : HOSTILE) {
        assertThat(Math.abs(quantizer.steps(value))).isLessThanOrEqualTo(quantizer.largestSteps());
        assertThat(Math.abs(centred.steps(value))).isLessThanOrEqualTo(centred.unit());
      }
      assertThat(quantizer.largestSteps()).isLessThanOrEqualTo(1L << Grid.DEFAULT_BITS);
    }
  }

  private static Interval randomInterval(SplittableRandom random) {
    double size = Math.pow(2, random.nextInt(-300, 300));
    double a = random.nextDouble(-1, 1) * size;
    double b = a + random.nextDouble(0.001, 1) * size;
    return new Interval(Math.min(a, b), Math.max(a, b));
  }

  @Test
  void steps_insideTheBounds_areWithinHalfAStep() {
    Quantizer quantizer = Quantizer.over(new Interval(-3, 100));
    double step = quantizer.grid().step();
    for (double value = -3; value < 100; value += 0.37) {
      double back = quantizer.grid().value(BigInteger.valueOf(quantizer.steps(value)));
      assertThat(Math.abs(back - value)).isLessThanOrEqualTo(step / 2);
    }
  }

  @Test
  void nan_isAbsentAndNeverSteps() {
    Quantizer quantizer = Quantizer.over(new Interval(0, 1));
    assertThat(Quantizer.isPresent(Double.NaN)).isFalse();
    assertThatThrownBy(() -> quantizer.steps(Double.NaN))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void badBounds_areRefused() {
    assertThatThrownBy(() -> new Interval(1, 0)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Interval(Double.NaN, 0))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Interval(-1e308, 1e308))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> CentredQuantizer.over(new Interval(1, 1)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new ContributionBounds(0, 1))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void sensitivity_ofTheLargestBounds_doesNotOverflow() {
    ContributionBounds most = new ContributionBounds(1L << 31, 1L << 31);
    Sensitivity s = Sensitivity.ofSum(most, Long.MAX_VALUE);
    assertThat(s.l1()).isEqualTo(s.perCoordinate().shiftLeft(31));
    assertThat(s.l2Squared()).isEqualTo(s.perCoordinate().pow(2).shiftLeft(31));
  }
}
