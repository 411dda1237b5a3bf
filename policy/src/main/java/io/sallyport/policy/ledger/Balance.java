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

  /**
   * What is left, in words: for a question that costs epsilon alone, and, once groups were chosen
   * by noise, of delta for choosing more.
   */
  public String remaining() {
    PrivacyFilter.BasicOrConcentrated filter =
        new PrivacyFilter.BasicOrConcentrated(budget.epsilon(), budget.delta(), spent);
    String epsilon =
        "epsilon %s of %s".formatted(plain(filter.remaining().value()), budget.epsilon());
    if (spent.delta().isZero()) {
      return epsilon;
    }
    BigDecimal limit = filter.statedLimit().value();
    BigDecimal left = limit.subtract(spent.delta().value()).max(BigDecimal.ZERO);
    return "%s, delta %s of %s".formatted(epsilon, scientific(left), scientific(limit));
  }

  private static String plain(BigDecimal value) {
    return value.round(DIGITS).stripTrailingZeros().toPlainString();
  }

  private static String scientific(BigDecimal value) {
    return value.signum() == 0 ? "0" : value.round(DIGITS).stripTrailingZeros().toString();
  }
}
