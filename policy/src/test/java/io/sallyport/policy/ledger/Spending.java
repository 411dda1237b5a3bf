package io.sallyport.policy.ledger;

import io.sallyport.dp.loss.Delta;
import io.sallyport.dp.loss.Epsilon;
import io.sallyport.dp.loss.PrivacyLoss;
import io.sallyport.policy.frame.Budget;
import io.sallyport.policy.frame.Budgets;
import io.sallyport.policy.frame.Frame;
import io.sallyport.policy.frame.FrameName;
import io.sallyport.policy.frame.FrameSource;
import io.sallyport.policy.frame.Policy;
import io.sallyport.policy.frame.PolicySet;
import io.sallyport.policy.frame.PrivacyUnit;
import io.sallyport.policy.frame.PublicFacts;
import io.sallyport.policy.frame.SpaceBudget;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Frames with budgets, and charges to them. */
final class Spending {
  static final FrameName STAYS = FrameName.of("stays");
  static final FrameName PATIENTS = FrameName.of("patients");

  private Spending() {}

  /** Two frames of one space. */
  static PolicySet policies(String space, Budget total, Optional<Budget> perPrincipal) {
    return policies(space, "stays", total, perPrincipal, Map.of());
  }

  static PolicySet policies(
      String space,
      String stays,
      Budget total,
      Optional<Budget> perPrincipal,
      Map<FrameName, Budget> frames) {
    return PolicySet.of(
        List.of(frame(stays, "t_stays", space), frame("patients", "t_patients", space)),
        Set.of(),
        new Budgets(Map.of(space, new SpaceBudget(total, perPrincipal)), frames));
  }

  /** One frame of files. */
  static PolicySet files(String space, String name, String path, Budget total) {
    return PolicySet.of(
        List.of(frame(name, new FrameSource.Files(path, "csv", Map.of()), space)),
        Set.of(),
        new Budgets(Map.of(space, new SpaceBudget(total, Optional.of(total))), Map.of()));
  }

  /** Frames of tables that have their own names, by space; every space has this budget. */
  static PolicySet tables(Budget total, Map<String, String> spaces) {
    Map<String, SpaceBudget> budgets = new HashMap<>();
    spaces.values().forEach(space -> budgets.put(space, new SpaceBudget(total, Optional.empty())));
    return PolicySet.of(
        spaces.entrySet().stream()
            .map(e -> frame(e.getKey(), "t_" + e.getKey(), e.getValue()))
            .toList(),
        Set.of(),
        new Budgets(budgets, Map.of()));
  }

  private static Frame frame(String name, String table, String space) {
    return frame(name, new FrameSource.Table(table), space);
  }

  private static Frame frame(String name, FrameSource source, String space) {
    return new Frame(
        FrameName.of(name),
        source,
        Optional.empty(),
        new PrivacyUnit.Column("id"),
        Policy.defaults(),
        Set.of(),
        Set.of(),
        Set.of(),
        1,
        true,
        new PublicFacts(space, false, Map.of()));
  }

  static Budget budget(String epsilon, String delta) {
    return new Budget(Epsilon.of(epsilon), new Delta(new BigDecimal(delta)), Optional.empty());
  }

  static Budget window(String epsilon, Duration window) {
    return new Budget(Epsilon.of(epsilon), Delta.ZERO, Optional.of(window));
  }

  static Charge charge(String operation, String principal, String epsilon, FrameName... frames) {
    return new Charge(
        operation,
        principal,
        List.of(frames),
        "plan",
        List.of(new PrivacyLoss.Pure(Epsilon.of(epsilon))));
  }

  static boolean isCharged(ChargeOutcome outcome) {
    return outcome.fold(charged -> true, exhausted -> false);
  }
}
