package io.sallyport.policy.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.sallyport.dp.accounting.Composition;
import io.sallyport.dp.loss.Delta;
import io.sallyport.dp.loss.Epsilon;
import io.sallyport.dp.loss.PrivacyLoss;
import io.sallyport.dp.loss.Rho;
import io.sallyport.policy.frame.Budget;
import java.math.BigDecimal;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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
        .isEqualTo(
            "epsilon 99 of 100, and for choosing groups delta 1E-7 of 5E-7 (half of the budget's"
                + " 0.000001; the other half is for adding up noise)");
  }

  /** As people write numbers, and so that both add up to the budget. */
  @ParameterizedTest
  @CsvSource({
    "1000, 0.001, 999.999, 0.001",
    "1000, 0.0000001, 999.999999, 0.000001",
    "2, 1.9999999999999999999999999999999999999999, 0, 2",
    "2, 2, 0, 2",
    "0.001, 0.0005, 0.0005, 0.0005",
    "100, 33.333333333333, 66.666666, 33.333334",
  })
  void leftAndSpent_areShort_andAddUp(String budget, String spent, String left, String gone) {
    Balance balance =
        new Balance(
            "unit space people",
            new Budget(Epsilon.of(budget), Delta.ZERO, Optional.empty()),
            Composition.EMPTY.plus(new PrivacyLoss.Pure(Epsilon.of(spent))));

    assertThat(balance.remaining()).isEqualTo("epsilon " + left + " of " + budget);
    assertThat(balance.gone()).isEqualTo("epsilon " + gone);
    assertThat(balance.leftEpsilon().add(balance.spentEpsilon()))
        .isEqualByComparingTo(new BigDecimal(budget));
  }

  @Test
  void rho_isExplained_andIsPartOfTheEpsilonThatIsGone() {
    Composition spent = Composition.EMPTY.plus(new PrivacyLoss.Concentrated(Rho.of("0.01")));

    assertThat(balance(spent).gone())
        .startsWith("epsilon ")
        .endsWith(" (of it rho 0.01, the measure in which Gaussian noise adds up)");
    assertThat(balance(spent).spentEpsilon()).isPositive();
  }

  private static Balance balance(Composition spent) {
    return new Balance("unit space people", BUDGET, spent);
  }
}
