package io.sallyport.policy.ledger;

import java.util.List;
import java.util.function.Function;

/** What became of a charge. */
public sealed interface ChargeOutcome {

  /** The case that this outcome is. */
  <R> R fold(Function<Charged, R> charged, Function<Exhausted, R> exhausted);

  /**
   * It is durable.
   *
   * @param balances of every account concerned, after it
   */
  record Charged(List<Balance> balances) implements ChargeOutcome {
    public Charged {
      balances = List.copyOf(balances);
    }

    @Override
    public <R> R fold(Function<Charged, R> charged, Function<Exhausted, R> exhausted) {
      return charged.apply(this);
    }
  }

  /**
   * Nothing was charged, because an account does not have it left.
   *
   * @param balance the first such account, as it stands
   */
  record Exhausted(Balance balance) implements ChargeOutcome {
    @Override
    public <R> R fold(Function<Charged, R> charged, Function<Exhausted, R> exhausted) {
      return exhausted.apply(this);
    }
  }
}
