package io.sallyport.spark.answer;

import static org.assertj.core.api.Assertions.assertThat;

import io.sallyport.policy.store.StoredText;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Words that are cut can still be stored: what cannot would fail after its charge. */
final class ShortenedWordsTest {

  @ParameterizedTest
  @ValueSource(ints = {1996, 1997, 1998, 1999, 2000, 2001})
  void wordsOfAnyCharacters_areCutBetweenThem(int before) {
    String cut = GivenAnswers.shortened("a".repeat(before) + "\uD83D\uDE00".repeat(10));
    assertThat(StoredText.isStorable(cut)).isTrue();
    assertThat(cut).hasSizeLessThan(2010).startsWith("a".repeat(before - 3));
  }
}
