package io.sallyport.policy.request;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

final class QuestionKeyTest {
  private static final String LONG = "x".repeat(QuestionKey.MAX_LENGTH);

  @Test
  void key_withoutAPartThatItNeeds_isNotMade() {
    for (QuestionKey fine :
        new QuestionKey[] {
          new QuestionKey("ada", LONG, LONG, LONG), new QuestionKey("ada", "p", "t", "")
        }) {
      assertThat(fine.principal()).isEqualTo("ada");
    }
    notMade("a b", "p", "t", "");
    notMade("ada", "", "t", "");
    notMade("ada", "p", " ", "");
    notMade("ada", LONG + "x", "t", "");
    notMade("ada", "p", LONG + "x", "");
    notMade("ada", "p", "t", LONG + "x");
  }

  private static void notMade(String principal, String plan, String terms, String data) {
    assertThatThrownBy(() -> new QuestionKey(principal, plan, terms, data))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
