package io.sallyport.dp.sampling;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** The 128-bit coin against the big-integer coin it replaces. */
class AcceptStepTest {
  private static final int TRIALS = 40_000;

  @Test
  void coin_ofAnySize_hasTheExactBias() {
    SplittableRandom random = new SplittableRandom(3);
    EntropySource entropy = new SeededEntropy(4);
    for (int i = 0; i < 30; i++) {
      int log = random.nextInt(1, 46);
      long t = (1L << log) + random.nextLong(1L << log);
      int logW = Math.max(0, 24 - log);
      long m = (t << logW) - random.nextLong(t);
      long y = (long) (t * random.nextDouble(0, 3.5));
      double d = Math.scalb((double) y, logW) - m;
      double p = Math.exp(-d * d / (2.0 * t * m * Math.scalb(1.0, logW)));
      assertThat(frequency(new AcceptStep(t, m, logW), y, entropy))
          .as("t=%d m=%d w=2^%d y=%d", t, m, logW, y)
          .isBetween(p - bound(p), p + bound(p));
    }
  }

  @Test
  void coin_withAnotherCentre_isRejectedByTheSameTest() {
    EntropySource entropy = new SeededEntropy(5);
    long t = 1L << 40;
    double p = Math.exp(-0.5);
    double off = frequency(new AcceptStep(t, t + t / 10, 0), 2 * t, entropy);
    assertThat(Math.abs(off - p)).isGreaterThan(bound(p));
  }

  @Test
  void coin_farOut_isSettledInBigIntegers() {
    EntropySource entropy = new SeededEntropy(6);
    AcceptStep step = new AcceptStep(1L << 45, 1L << 45, 0);
    assertThat(step.test(Long.MAX_VALUE - 1, entropy)).isFalse();
    assertThat(step.test(1L << 61, entropy)).isFalse();
    assertThat(step.test(1L << 45, entropy)).isTrue();
  }

  /** Seven standard errors and a half: a correct coin strays further once in 10^13. */
  private static double bound(double p) {
    return 7.5 * Math.sqrt((p * (1 - p) + 1e-4) / TRIALS);
  }

  private static double frequency(AcceptStep step, long y, EntropySource entropy) {
    int hits = 0;
    for (int i = 0; i < TRIALS; i++) {
      if (step.test(y, entropy)) {
        hits++;
      }
    }
    return (double) hits / TRIALS;
  }
}
