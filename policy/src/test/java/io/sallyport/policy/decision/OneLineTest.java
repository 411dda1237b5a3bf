package io.sallyport.policy.decision;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** One sentence of a bounded length out of any text. */
final class OneLineTest {

  @ParameterizedTest
  @CsvSource({
    "abc, abc.",
    "abcd, abcd.",
    "abcde, abcd…",
    "'a. .', a.",
    "'...', .",
    "'a  b', a b.",
  })
  void of_keepsWhatFits_withOneFullStop(String text, String line) {
    assertThat(OneLine.of(text, 6)).isEqualTo(line).hasSizeLessThanOrEqualTo(6);
  }

  @Test
  void of_doesNotCutACharacterInTwo() {
    assertThat(OneLine.of("ab😀", 6)).isEqualTo("ab😀.");
    assertThat(OneLine.of("abc😀", 6)).isEqualTo("abc…");
  }
}
