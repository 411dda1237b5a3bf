package io.sallyport.policy.frame;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class FrameNameTest {

  @Test
  void name_inAnyCase_isTheSameName() {
    assertThat(FrameName.of("Hospital.STAYS")).isEqualTo(FrameName.of("hospital.stays"));
    assertThat(FrameName.of("Hospital.STAYS")).hasToString("hospital.stays");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", " ", ".", "a.", ".a", "a..b", "1a", "a.1", "a b", "a`b", "ä", "a\n", "a/b"})
  void name_ofWhatIsNone_isNotMade(String text) {
    assertThat(FrameName.parse(text)).isEmpty();
    assertThatThrownBy(() -> FrameName.of(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("letters, digits and underscores");
  }

  @Test
  void name_longerThanTheLimit_isNotMade() {
    assertThat(FrameName.parse("a".repeat(255))).isPresent();
    assertThat(FrameName.parse("a".repeat(256))).isEmpty();
    assertThat(FrameName.parse("a.".repeat(1_000_000))).isEmpty();
  }
}
