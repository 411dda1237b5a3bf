package io.sallyport.dp.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.sallyport.dp.bounds.Interval;
import io.sallyport.dp.loss.Delta;
import io.sallyport.dp.loss.Epsilon;
import io.sallyport.dp.loss.PrivacyLoss;
import io.sallyport.dp.sensitivity.ContributionBounds;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * What every engine must do. Engines draw fresh entropy here, so tolerances are wide: each
 * assertion on noise fails for a correct engine with probability below 1e-10.
 */
public abstract class EngineContract {
  private static final PrivacyLoss PLENTY = new PrivacyLoss.Pure(Epsilon.of("20"));
  private static final PrivacyLoss APPROXIMATE =
      new PrivacyLoss.Approximate(Epsilon.of("1"), Delta.of("1e-5"));
  private static final Interval ROW = new Interval(-10, 10);
  private static final ContributionBounds ONE = ContributionBounds.SINGLE;

  private Engine engine;

  /** The name under which the engine is found. */
  protected abstract String name();

  @BeforeEach
  final void open() {
    engine = EngineProvider.named(name()).open();
  }

  @AfterEach
  final void close() {
    engine.close();
  }

  @Test
  final void count_isNoisyAndUnbiased() {
    PrivacyLoss granted = new PrivacyLoss.Pure(Epsilon.of("1"));
    Engine.NoisyCount count = engine.count(ONE, granted, Engine.Noise.LAPLACE);
    double sum = 0;
    double squares = 0;
    for (int i = 0; i < 4000; i++) {
      double error = count.release(1000) - 1000;
      sum += error;
      squares += error * error;
    }
    // Mean 0 and variance 1.84, standard errors 0.0215 and 0.065.
    assertThat(sum / 4000).isCloseTo(0, within(0.2));
    assertThat(squares / 4000).isCloseTo(1.9, within(0.7));
  }

  @Test
  final void count_gaussian_needsDelta() {
    PrivacyLoss pure = new PrivacyLoss.Pure(Epsilon.of("1"));
    assertThatThrownBy(() -> engine.count(ONE, pure, Engine.Noise.GAUSSIAN))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(engine.count(ONE, APPROXIMATE, Engine.Noise.GAUSSIAN).release(500))
        .isBetween(400L, 600L);
    assertThat(engine.count(ONE, APPROXIMATE, Engine.Noise.LEAST).release(500))
        .isBetween(400L, 600L);
  }

  @Test
  final void sum_clampsRowsAndSkipsNaN() {
    Engine.Aggregation sum = engine.sum(ROW, ONE, PLENTY, Engine.Noise.LAPLACE);
    for (double value : new double[] {3, Double.NaN, 1000, Double.NEGATIVE_INFINITY, 4}) {
      sum.add(value);
    }
    assertThat(sum.release()).isCloseTo(7, within(13.0));
  }

  @Test
  final void meanVarianceAndMedian_areNearThoseOfTheRows() {
    Engine.Aggregation mean = engine.mean(ROW, ONE, PLENTY, Engine.Noise.LAPLACE);
    Engine.Aggregation variance = engine.variance(ROW, ONE, PLENTY, Engine.Noise.LAPLACE);
    Engine.Aggregation median = engine.quantile(0.5, ROW, ONE, PLENTY, Engine.Noise.LAPLACE);
    for (int i = 0; i < 30_000; i++) {
      double value = i % 3 - 1;
      mean.add(value);
      variance.add(value);
      median.add(value + 0.001 * (i % 7));
    }
    assertThat(mean.release()).isCloseTo(0, within(0.05));
    assertThat(variance.release()).isCloseTo(2.0 / 3, within(0.1));
    assertThat(median.release()).isCloseTo(0, within(0.1));
  }

  @Test
  final void aggregation_isReleasedOnce() {
    Engine.Aggregation sum = engine.sum(ROW, ONE, PLENTY, Engine.Noise.LAPLACE);
    sum.add(1);
    assertThat(sum.release()).isFinite();
    assertThatThrownBy(sum::release).isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> sum.add(1)).isInstanceOf(IllegalStateException.class);
  }

  @Test
  final void selection_dropsTheRareAndKeepsTheCommon() {
    for (long groups : new long[] {1, 10}) {
      Engine.KeySelection keys = engine.selection(groups, 5, Epsilon.of("1"), Delta.of("1e-12"));
      assertThat(keys.keeps(0)).isFalse();
      assertThat(keys.keeps(4)).isFalse();
      assertThat(keys.keeps(100_000)).isTrue();
    }
  }
}
