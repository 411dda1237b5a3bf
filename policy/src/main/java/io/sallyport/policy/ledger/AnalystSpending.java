package io.sallyport.policy.ledger;

import static java.util.Objects.requireNonNull;

import io.sallyport.dp.accounting.Composition;
import java.time.Instant;

/**
 * What one principal's questions took from a unit space's budget.
 *
 * @param principal whose
 * @param space the unit space
 * @param questions how many of them were charged within the budget's window
 * @param spent what they were charged together
 * @param last when the last of them was
 */
public record AnalystSpending(
    String principal, String space, long questions, Composition spent, Instant last) {
  public AnalystSpending {
    requireNonNull(principal, "principal");
    requireNonNull(space, "space");
    requireNonNull(spent, "spent");
    requireNonNull(last, "last");
  }
}
