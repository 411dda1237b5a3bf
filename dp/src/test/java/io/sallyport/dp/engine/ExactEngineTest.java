package io.sallyport.dp.engine;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class ExactEngineTest extends EngineContract {

  @Override
  protected String name() {
    return EngineProvider.DEFAULT;
  }

  @Test
  void unknownEngine_isAnErrorNotAFallBack() {
    assertThatThrownBy(() -> EngineProvider.named("nobody"))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
