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
  private static final int DECIMALS = 6;

  /** The filter that decides on the next charge. */
  PrivacyFilter filter() {
    return whole();
  }

  /**
   * The largest epsilon of one more question that would be admitted, rounded down to six decimals,
   * or to those of the budget when it has more: nobody plans with more of them.
   */
  public BigDecimal leftEpsilon() {
    int decimals = Math.max(DECIMALS, budget.epsilon().value().scale());
    return whole().remaining().value().setScale(decimals, RoundingMode.DOWN);
  }

  /** The part of the budget's epsilon that is gone: with {@link #leftEpsilon} it is the budget. */
  public BigDecimal spentEpsilon() {
    return budget.epsilon().value().subtract(leftEpsilon());
  }

  /** Whether the deltas of choosing groups are spent, to the last. */
  public boolean isDeltaSpent() {
    return !spent.delta().isZero() && leftDelta().signum() == 0;
  }

  /**
   * What is left, in words: for a question that costs epsilon alone, and, once groups were chosen
   * by noise, of delta for choosing more.
   */
  public String remaining() {
    String epsilon = "epsilon %s of %s".formatted(plain(leftEpsilon()), budget.epsilon());
    if (spent.delta().isZero()) {
      return epsilon;
    }
    return "%s, and for choosing groups delta %s of %s (half of the budget's %s; the other half is for adding up noise)"
        .formatted(
            epsilon,
            scientific(leftDelta()),
            scientific(whole().statedLimit().value()),
            scientific(budget.delta().value()));
  }

  /** What is gone, in words, in the same measure as {@link #remaining}. */
  public String gone() {
    String epsilon = "epsilon " + plain(spentEpsilon());
    String delta = spent.delta().isZero() ? "" : ", delta " + scientific(up(spent.delta().value()));
    String rho =
        spent.rho().isZero()
            ? ""
            : " (of it rho %s, the measure in which Gaussian noise adds up)"
                .formatted(plain(up(spent.rho().value())));
    return epsilon + delta + rho;
  }

  private PrivacyFilter.BasicOrConcentrated whole() {
    return new PrivacyFilter.BasicOrConcentrated(budget.epsilon(), budget.delta(), spent);
  }

  private BigDecimal leftDelta() {
    BigDecimal limit = whole().statedLimit().value();
    return limit.subtract(spent.delta().value()).max(BigDecimal.ZERO);
  }

  private static BigDecimal up(BigDecimal value) {
    return value.round(new MathContext(DIGITS.getPrecision(), RoundingMode.UP));
  }

  private static String plain(BigDecimal value) {
    return value.signum() == 0 ? "0" : value.stripTrailingZeros().toPlainString();
  }

  private static String scientific(BigDecimal value) {
    return value.signum() == 0 ? "0" : value.round(DIGITS).stripTrailingZeros().toString();
  }
}
