package io.sallyport.policy.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.sallyport.dp.accounting.Composition;
import io.sallyport.dp.loss.Delta;
import io.sallyport.dp.loss.Epsilon;
import io.sallyport.dp.loss.PrivacyLoss;
import io.sallyport.policy.frame.Budget;
import java.math.BigDecimal;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class BalanceTest {

  private static final Budget BUDGET =
      new Budget(Epsilon.of("100"), new Delta(new BigDecimal("1e-6")), Optional.empty());

  @Test
  void ofEpsilonAlone_whileNoDeltaWasSpent() {
    assertThat(balance(Composition.EMPTY).remaining()).isEqualTo("epsilon 100 of 100");
  }

  /** Else a budget whose delta is spent would look as if it had plenty left. */
  @Test
  void ofDeltaToo_whereItMayBeWhatRunsOut() {
    PrivacyLoss loss =
        new PrivacyLoss.Approximate(Epsilon.of("1"), new Delta(new BigDecimal("4e-7")));

    assertThat(balance(Composition.EMPTY.plus(loss)).remaining())
        .isEqualTo("epsilon 99 of 100, delta 1E-7 of 5E-7");
  }

  private static Balance balance(Composition spent) {
    return new Balance("unit space people", BUDGET, spent);
  }
}
