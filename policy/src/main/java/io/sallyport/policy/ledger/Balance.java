package io.sallyport.policy.ledger;

import io.sallyport.dp.accounting.Composition;
import io.sallyport.dp.accounting.PrivacyFilter;
import io.sallyport.policy.frame.Budget;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;

/**
 * How an account stands. Depends on past charges and policies only, so analysts may see it.
 *
 * @param account whose, in words
 * @param budget how much there is
 * @param spent what was charged within the budget's window
 */
public record Balance(String account, Budget budget, Composition spent) {

  private static final MathContext DIGITS = new MathContext(4, RoundingMode.DOWN);

  /** The filter that decides on the next charge. */
  PrivacyFilter filter() {
    return new PrivacyFilter.BasicOrConcentrated(budget.epsilon(), budget.delta(), spent);
  }

  /** What is left for a question that costs epsilon alone, in words. */
  public String remaining() {
    PrivacyFilter.BasicOrConcentrated filter =
        new PrivacyFilter.BasicOrConcentrated(budget.epsilon(), budget.delta(), spent);
    BigDecimal epsilon = filter.remaining().value().round(DIGITS).stripTrailingZeros();
    return "epsilon %s of %s".formatted(epsilon.toPlainString(), budget.epsilon());
  }
}
