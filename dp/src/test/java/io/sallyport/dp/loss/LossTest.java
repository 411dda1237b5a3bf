package io.sallyport.dp.loss;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LossTest {

  @Test
  void tenTenths_areOne() {
    Epsilon sum = Epsilon.ZERO;
    for (int i = 0; i < 10; i++) {
      sum = sum.plus(Epsilon.of("0.1"));
    }
    assertThat(sum).isEqualTo(Epsilon.of("1.0")).isEqualTo(Epsilon.of("0.1").times(10));
  }

  @Test
  void smallCharges_neverVanishBesideLargeTotals() {
    Epsilon total = Epsilon.of("1000000000").plus(Epsilon.ZERO);
    Epsilon tiny = Epsilon.of("1e-60");
    assertThatThrownBy(() -> total.plus(tiny)).isInstanceOf(IllegalArgumentException.class);
    assertThat(Epsilon.of("10").plus(tiny)).isGreaterThan(Epsilon.of("10"));
  }

  @Test
  void conversions_roundAgainstTheSpender() {
    SplittableRandom random = new SplittableRandom(1);
    for (int i = 0; i < 1000; i++) {
      double x = Math.exp(random.nextDouble(-40, 10));
      BigDecimal exact = new BigDecimal(x);
      assertThat(Rho.atLeast(x).value()).isGreaterThanOrEqualTo(exact);
      assertThat(Rho.atMost(x).value()).isLessThanOrEqualTo(exact);
      Rho third = Rho.atLeast(x).share(3);
      assertThat(third.times(3)).isLessThanOrEqualTo(Rho.atLeast(x));
      assertThat(new BigDecimal(third.lower())).isLessThanOrEqualTo(third.value());
      assertThat(new BigDecimal(third.upper())).isGreaterThanOrEqualTo(third.value());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"-1e-60", "1000000001", "1e-61", "0.1e-60"})
  void valuesOutOfRange_areRefused(String bad) {
    assertThatThrownBy(() -> Epsilon.of(bad))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("epsilon must")
        .hasMessageContaining("Provided value");
  }

  @Test
  void notNumbers_areRefused() {
    assertThatThrownBy(() -> Epsilon.atLeast(Double.NaN))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Epsilon.atLeast(Double.POSITIVE_INFINITY))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Delta.of("1")).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Epsilon.of("NaN")).isInstanceOf(NumberFormatException.class);
  }
}
