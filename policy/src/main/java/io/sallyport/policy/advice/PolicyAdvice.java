package io.sallyport.policy.advice;

import io.sallyport.policy.frame.Frame;
import io.sallyport.policy.frame.FrameName;
import io.sallyport.policy.frame.PolicySet;
import io.sallyport.policy.ledger.SourcePlace;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.TreeSet;

/** Policies that are in order and may not be what their owner means. */
public final class PolicyAdvice {

  private PolicyAdvice() {}

  /** One sentence or two for each thing to think about, the frames in their order. */
  public static List<String> of(PolicySet policies) {
    List<String> advice = new ArrayList<>();
    Collection<Frame> frames = policies.frames();
    for (Frame frame : frames) {
      RuleReach reach = RuleReach.of(frame.policy().automatic());
      if (reach.everything()) {
        advice.add(
            "frame %s: automatic lets everything out, rows of single people too, to every analyst, and nobody is asked"
                .formatted(frame.name()));
      }
      if (!reach.noisy() && policies.budgets().frames().containsKey(frame.name())) {
        advice.add(
            "frame %s: its own budget is never charged: no rule of it is dp(...), and exact answers are free"
                .formatted(frame.name()));
      }
    }
    addUnusedBudgets(policies, advice);
    addSameData(new ArrayList<>(frames), advice);
    return List.copyOf(advice);
  }

  private static void addUnusedBudgets(PolicySet policies, List<String> advice) {
    for (String space : policies.budgets().spaces().keySet()) {
      boolean isUsed =
          policies.frames().stream()
              .filter(frame -> frame.facts().unitSpace().equals(space))
              .anyMatch(frame -> RuleReach.of(frame.policy().automatic()).noisy());
      if (!isUsed) {
        advice.add(
            "budget %s: it is never charged: no frame of this unit space answers with dp(...), and exact answers are free"
                .formatted(space));
      }
    }
  }

  /** An exact answer is never charged, and tells what the noise over the same rows would hide. */
  private static void addSameData(List<Frame> frames, List<String> advice) {
    for (Frame noisy : frames) {
      TreeSet<FrameName> exact = new TreeSet<>();
      for (Frame other : frames) {
        boolean isExact = RuleReach.of(other.policy().automatic()).exact();
        if (isExact && SourcePlace.overlap(noisy.source(), other.source())) {
          exact.add(other.name());
        }
      }
      if (RuleReach.of(noisy.policy().automatic()).noisy() && !exact.isEmpty()) {
        String names = String.join(", ", exact.stream().map(FrameName::value).toList());
        advice.add(
            "frame %s answers with noise and is charged, and %s answers exactly over the same data and is never charged: who may ask both learns what the noise hides"
                .formatted(
                    noisy.name(),
                    exact.contains(noisy.name()) && exact.size() == 1 ? "it also" : names));
      }
    }
  }
}
