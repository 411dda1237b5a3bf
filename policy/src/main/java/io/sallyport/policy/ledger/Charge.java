package io.sallyport.policy.ledger;

import io.sallyport.dp.accounting.Composition;
import io.sallyport.dp.loss.PrivacyLoss;
import io.sallyport.policy.frame.FrameName;
import io.sallyport.policy.principal.Principal;
import java.util.List;

/**
 * What is to be charged for one release.
 *
 * @param operation names the release: the same name is never charged twice; 1 to 64 characters
 * @param principal who asks
 * @param frames whose people are in it; at least one
 * @param planHash names what is released
 * @param losses what it costs, all of it together
 */
public record Charge(
    String operation,
    String principal,
    List<FrameName> frames,
    String planHash,
    List<PrivacyLoss> losses) {

  /**
   * @throws IllegalArgumentException when a part is empty or too long
   */
  public Charge {
    Principal.requireName(principal);
    frames = frames.stream().distinct().sorted().toList();
    losses = List.copyOf(losses);
    if (operation.isBlank() || operation.length() > 64) {
      throw new IllegalArgumentException("An operation must have 1 to 64 characters");
    }
    if (frames.isEmpty() || losses.isEmpty()) {
      throw new IllegalArgumentException("A charge must have a frame and a loss");
    }
  }

  /** All its losses composed. */
  Composition total() {
    Composition total = Composition.EMPTY;
    for (PrivacyLoss loss : losses) {
      total = total.plus(loss);
    }
    return total;
  }
}
