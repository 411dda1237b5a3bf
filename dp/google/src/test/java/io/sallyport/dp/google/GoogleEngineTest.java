package io.sallyport.dp.google;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sallyport.dp.bounds.Interval;
import io.sallyport.dp.engine.Engine;
import io.sallyport.dp.engine.EngineContract;
import io.sallyport.dp.loss.Epsilon;
import io.sallyport.dp.loss.PrivacyLoss;
import io.sallyport.dp.loss.Rho;
import io.sallyport.dp.sensitivity.ContributionBounds;
import org.junit.jupiter.api.Test;

class GoogleEngineTest extends EngineContract {

  @Override
  protected String name() {
    return GoogleEngineProvider.NAME;
  }

  @Test
  void requestsItCannotHonour_areRefusedBeforeData() {
    try (Engine engine = new GoogleEngineProvider().open()) {
      PrivacyLoss rho = new PrivacyLoss.Concentrated(Rho.of("0.1"));
      assertThatThrownBy(() -> engine.count(ContributionBounds.SINGLE, rho, Engine.Noise.GAUSSIAN))
          .isInstanceOf(IllegalArgumentException.class);
      PrivacyLoss pure = new PrivacyLoss.Pure(Epsilon.of("1"));
      ContributionBounds two = new ContributionBounds(1, 2);
      assertThatThrownBy(() -> engine.sum(new Interval(0, 1), two, pure, Engine.Noise.LAPLACE))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }
}
