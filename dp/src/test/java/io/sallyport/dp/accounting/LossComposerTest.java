package io.sallyport.dp.accounting;

import static org.assertj.core.api.Assertions.assertThat;

import io.sallyport.dp.distribution.NormalDistribution;
import io.sallyport.dp.loss.Delta;
import io.sallyport.dp.loss.Epsilon;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Soundness: against closed forms, the composed curve is above the truth, and close to it. */
class LossComposerTest {

  /** k Gaussian releases are one of mu sqrt(k): delta has a closed form [BalleWang18]. */
  @Test
  void gaussians_areNeverBelowTheClosedForm() {
    for (long k : new long[] {1, 3, 50, 2000}) {
      double mu = 1 / Math.sqrt((double) k);
      LossDistribution loss = LossComposer.compose(Map.of(new DominatingPair.Gaussian(mu), k));
      for (double e : new double[] {0.1, 0.5, 1, 2, 3, 4}) {
        double truth =
            NormalDistribution.survival(e - 0.5)
                - Math.exp(e) * NormalDistribution.survival(e + 0.5);
        assertThat(loss.delta(Epsilon.atMost(e))).isBetween(truth, truth * 1.02 + 1e-11);
      }
    }
  }

  @Test
  void oneLaplace_isNeverBelowTheClosedForm() {
    LossDistribution loss = LossComposer.compose(Map.of(new DominatingPair.Laplace(1), 1L));
    for (double e = 0; e < 1; e += 0.07) {
      double truth = -Math.expm1((e - 1) / 2);
      assertThat(loss.delta(Epsilon.atMost(e))).isBetween(truth, truth + 2e-4);
    }
  }

  @Test
  void twoResponses_matchTheirThreeOutcomes() {
    Map<DominatingPair, Long> two = Map.of(new DominatingPair.Response(1, 0.001), 2L);
    LossDistribution loss = LossComposer.compose(two);
    double p = Math.E / (1 + Math.E);
    double truth = 1 - 0.999 * 0.999 + 0.999 * 0.999 * p * p * -Math.expm1(0.5 - 2);
    assertThat(loss.delta(Epsilon.of("0.5"))).isBetween(truth, truth * 1.001);
  }

  @Test
  void discreteLaplace_ofFineSteps_approachesTheContinuous() {
    double fine = at(new DominatingPair.DiscreteLaplace(1e7, 1e6), 100);
    double finest = at(new DominatingPair.DiscreteLaplace(0x1p45, 0x1p45 / 10), 100);
    double limit = at(new DominatingPair.Laplace(0.1), 100);
    assertThat(fine / limit).isBetween(0.999, 1.001);
    assertThat(finest / limit).isBetween(0.999, 1.001);
  }

  @Test
  void discreteGaussian_summedAndIntegrated_agree() {
    double summed = at(new DominatingPair.DiscreteGaussian(4095, 400), 100);
    double integrated = at(new DominatingPair.DiscreteGaussian(4097, 4097.0 * 400 / 4095), 100);
    assertThat(summed / integrated).isBetween(0.999, 1.001);
  }

  @Test
  void differentReleases_inAnyOrder_composeTheSame() {
    Map<DominatingPair, Long> up = new LinkedHashMap<>();
    Map<DominatingPair, Long> down = new LinkedHashMap<>();
    for (int i = 0; i < 40; i++) {
      up.put(new DominatingPair.Laplace(0.05 + 0.001 * i), 1L);
      down.put(new DominatingPair.Laplace(0.05 + 0.001 * (39 - i)), 1L);
    }
    Delta delta = Delta.of("1e-6");
    double a = LossComposer.compose(up).epsilon(delta).orElseThrow().upper();
    double b = LossComposer.compose(down).epsilon(delta).orElseThrow().upper();
    assertThat(a / b).isBetween(1 - 1e-6, 1 + 1e-6);
  }

  @Test
  void answers_outsideFloatingPoint_areEmptyNotWrong() {
    LossDistribution loss = LossComposer.compose(Map.of(new DominatingPair.Laplace(1), 10L));
    assertThat(loss.epsilon(Delta.of("1e-40"))).isEmpty();
    assertThat(loss.delta(Epsilon.of("50"))).isBetween(0.0, 1e-12);
  }

  @Test
  void hugeLosses_giveHugeEpsilons() {
    double gaussian = at(new DominatingPair.Gaussian(1000), 1);
    assertThat(gaussian).isBetween(500_000.0, 506_000.0);
    assertThat(at(new DominatingPair.Laplace(900), 2)).isBetween(1700.0, 1801.0);
  }

  private static double at(DominatingPair pair, long count) {
    LossDistribution loss = LossComposer.compose(Map.of(pair, count));
    return loss.epsilon(Delta.of("1e-6")).orElseThrow().upper();
  }
}
