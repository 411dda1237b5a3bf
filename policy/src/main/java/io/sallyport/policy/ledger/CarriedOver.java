package io.sallyport.policy.ledger;

import io.sallyport.policy.frame.Frame;
import io.sallyport.policy.frame.FrameName;
import io.sallyport.policy.frame.PolicySet;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * What an owner is told whose frame has a new name, unit space or place: a budget is about people,
 * and these are the same.
 *
 * @param frame the frame as it is called now
 * @param text under which names was spent what counts on, and what is left
 */
public record CarriedOver(FrameName frame, String text) {

  /**
   * What a frame carries over from names that the policies do not have any more; empty when that is
   * nothing.
   *
   * @param charged the subjects of the frame's accounts that were charged
   */
  static Optional<CarriedOver> of(
      Frame frame, Collection<String> charged, PolicySet policies, List<Balance> balances) {
    Set<String> former = new TreeSet<>(charged);
    for (Frame named : policies.frames()) {
      former.remove(Links.space(named));
      former.removeAll(Links.own(named));
    }
    if (former.isEmpty()) {
      return Optional.empty();
    }
    String names = former.stream().map(Links::words).collect(Collectors.joining(", "));
    String left =
        balances.stream()
            .map(balance -> balance.account() + " " + balance.remaining())
            .collect(Collectors.joining("; "));
    return Optional.of(
        new CarriedOver(
            frame.name(),
            "frame %s carries over what was spent as %s: a new name brings no budget back. Left: %s"
                .formatted(frame.name(), names, left)));
  }
}
