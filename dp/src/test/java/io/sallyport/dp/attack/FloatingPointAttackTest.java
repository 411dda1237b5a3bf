package io.sallyport.dp.attack;

import static org.assertj.core.api.Assertions.assertThat;

import io.sallyport.dp.bounds.Interval;
import io.sallyport.dp.loss.Epsilon;
import io.sallyport.dp.mechanism.BoundedSum;
import io.sallyport.dp.mechanism.NoiseBudget;
import io.sallyport.dp.sampling.EntropySource;
import io.sallyport.dp.sampling.SeededEntropy;
import io.sallyport.dp.sensitivity.ContributionBounds;
import java.math.BigInteger;
import org.junit.jupiter.api.Test;

/**
 * [Mironov12] and [HaneyEtAl22]: which doubles can a noisy answer be, given the exact one?
 *
 * <p>Textbook noise in doubles reaches a different sparse set from each exact value, so one answer
 * excludes wrong guesses. Our answers are multiples of a public step, and every multiple can be
 * reached from every exact value.
 */
class FloatingPointAttackTest {
  private static final int ANSWERS = 20_000;
  private final EntropySource entropy = new SeededEntropy(99);

  @Test
  void textbookLaplace_isBrokenByTheAttack() {
    assertThat(excluded(0, 1, true)).isGreaterThan(ANSWERS / 10);
  }

  @Test
  void gridLaplace_isNot() {
    assertThat(excluded(0, 1, false)).isZero();
    assertThat(excluded(3, 1e6, false)).isZero();
  }

  /** Of answers from {@code exact}, how many could not have come from {@code guess}. */
  private int excluded(double exact, double guess, boolean textbook) {
    BoundedSum sum =
        BoundedSum.ofRows(
            new Interval(0, 1e6),
            ContributionBounds.SINGLE,
            new NoiseBudget.Laplace(Epsilon.of("1")));
    int excluded = 0;
    for (int i = 0; i < ANSWERS; i++) {
      if (textbook) {
        excluded += reachable(exact + textbookNoise(), guess) ? 0 : 1;
      } else {
        long steps = sum.quantizer().steps(exact);
        double answer = sum.release(BigInteger.valueOf(steps), entropy);
        double step = sum.quantizer().grid().step();
        double distance = (answer - guess) / step;
        excluded += distance == Math.rint(distance) ? 0 : 1;
      }
    }
    return excluded;
  }

  private double textbookNoise() {
    double u = uniform();
    return entropy.nextLong() < 0 ? Math.log(u) : -Math.log(u);
  }

  private double uniform() {
    return (entropy.nextBelow(1L << 53) + 1) * 0x1p-53;
  }

  /** Is there a 53-bit uniform u with guess -+ log(u) equal to the answer, as computed? */
  private static boolean reachable(double answer, double guess) {
    double size = Math.abs(answer - guess);
    double sign = Math.signum(answer - guess);
    long near = Math.round(Math.exp(-size) * 0x1p53);
    for (long k = near - 200; k <= near + 200; k++) {
      if (k > 0 && k <= 1L << 53 && guess + sign * -Math.log(k * 0x1p-53) == answer) {
        return true;
      }
    }
    return false;
  }

  @Test
  void digitsOfAnAnswer_doNotDependOnTheSizeOfTheData() {
    BoundedSum sum =
        BoundedSum.ofRows(
            new Interval(-1000, 1000),
            ContributionBounds.SINGLE,
            new NoiseBudget.Laplace(Epsilon.of("0.5")));
    double step = sum.quantizer().grid().step();
    for (double value : new double[] {0, 1e-9, 0.1, 1000, -1000, Double.MIN_VALUE}) {
      for (int i = 0; i < 1000; i++) {
        BigInteger exact = BigInteger.valueOf(sum.quantizer().steps(value));
        double answer = sum.release(exact, entropy) / step;
        assertThat(answer).isEqualTo(Math.rint(answer));
      }
    }
  }
}
