package io.sallyport.policy.settings;

import io.sallyport.dp.loss.Delta;
import io.sallyport.dp.loss.Epsilon;
import io.sallyport.policy.frame.Budget;
import io.sallyport.policy.frame.Budgets;
import io.sallyport.policy.frame.Frame;
import io.sallyport.policy.frame.FrameName;
import io.sallyport.policy.frame.SpaceBudget;
import io.sallyport.policy.rule.Rule;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

/** What may be spent on answers with noise; every frame that answers so has a budget. */
final class BudgetSettings {
  private static final int MOST_DAYS = 36_500;

  private final Map<String, Map<String, Setting>> written = new TreeMap<>();
  private final Problems problems;

  BudgetSettings(Problems problems) {
    this.problems = problems;
  }

  /** The canonical key of a budget's setting; what cannot be one is a problem. */
  Optional<String> key(Setting setting) {
    String text = setting.key().substring((Keys.PREFIX + Keys.BUDGET).length());
    int dot = text.lastIndexOf('.');
    String key = text.substring(dot + 1);
    if (dot < 1 || !Keys.OF_BUDGET.contains(key)) {
      problems.add(
          setting,
          "there is no such key of a budget" + DidYouMean.hint(key, Keys.OF_BUDGET),
          Keys.PREFIX + "budget.<unit-space>.{" + String.join(", ", Keys.OF_BUDGET) + "}");
      return Optional.empty();
    }
    return Optional.of(Keys.BUDGET + text);
  }

  void add(String canonical, Setting setting) {
    String text = canonical.substring(Keys.BUDGET.length());
    int dot = text.lastIndexOf('.');
    written
        .computeIfAbsent(text.substring(0, dot), space -> new TreeMap<>())
        .put(text.substring(dot + 1), setting);
  }

  Budgets budgets(Collection<Frame> frames, Collection<FrameSettings> settings) {
    TreeSet<String> spaces = new TreeSet<>();
    frames.forEach(frame -> spaces.add(frame.facts().unitSpace()));
    Map<String, SpaceBudget> budgets = new TreeMap<>();
    written.forEach(
        (space, keys) -> {
          if (!spaces.contains(space)) {
            problems.add(
                keys.values().iterator().next(),
                "no frame has the unit space '"
                    + space
                    + "'"
                    + DidYouMean.hint(space, List.copyOf(spaces)),
                spaces.isEmpty()
                    ? "the unit space of a frame, once a frame is in order"
                    : String.join(", ", spaces));
          }
          budget(space, keys).ifPresent(budget -> budgets.put(space, budget));
        });
    frames.forEach(frame -> requireBudget(frame, settings, budgets));
    Map<FrameName, Budget> ofFrames = new TreeMap<>();
    settings.forEach(
        frame -> ofFrame(frame).ifPresent(budget -> ofFrames.put(frame.name(), budget)));
    return new Budgets(budgets, ofFrames);
  }

  private void requireBudget(
      Frame frame, Collection<FrameSettings> settings, Map<String, SpaceBudget> budgets) {
    List<Rule.Dp> rules = frame.policy().automatic().fold(new NoiseRules()).toList();
    String space = frame.facts().unitSpace();
    boolean told = written.containsKey(space) && !budgets.containsKey(space);
    if (rules.isEmpty() || told) {
      return;
    }
    Optional<Setting> automatic =
        settings.stream()
            .filter(written -> written.name().equals(frame.name()))
            .flatMap(written -> written.setting(Keys.AUTOMATIC).stream())
            .findFirst();
    if (!budgets.containsKey(space)) {
      automatic.ifPresent(
          setting ->
              problems.add(
                  setting,
                  "dp(...) needs a budget, and the unit space '" + space + "' has none",
                  Keys.PREFIX + Keys.BUDGET + space + ".epsilon and .delta"));
      return;
    }
    Budget total = budgets.get(space).total();
    boolean tooMuch = rules.stream().anyMatch(rule -> rule.delta().compareTo(total.delta()) > 0);
    if (tooMuch) {
      automatic.ifPresent(
          setting ->
              problems.add(
                  setting,
                  "the delta of dp(...) is more than the whole budget of '" + space + "'",
                  "a delta of at most " + total.delta()));
    }
  }

  private Optional<SpaceBudget> budget(String space, Map<String, Setting> keys) {
    Optional<Duration> window =
        Optional.ofNullable(keys.get(Keys.WINDOW_DAYS))
            .flatMap(s -> Values.number(s, 1, MOST_DAYS, problems))
            .map(Duration::ofDays);
    Optional<Budget> total = budget(keys.get(Keys.EPSILON), keys.get(Keys.DELTA), window);
    Optional<Budget> principal =
        budget(keys.get(Keys.PRINCIPAL_EPSILON), keys.get(Keys.PRINCIPAL_DELTA), window);
    if (!keys.containsKey(Keys.EPSILON)) {
      problems.add(
          keys.values().iterator().next(),
          "the budget of '" + space + "' has no epsilon",
          Keys.PREFIX + Keys.BUDGET + space + ".epsilon");
    }
    Optional<Epsilon> least = least(keys.get(Keys.LEAST_EPSILON));
    return total.flatMap(budget -> least.map(price -> new SpaceBudget(budget, principal, price)));
  }

  /** Empty when what is written is none. */
  private Optional<Epsilon> least(Setting setting) {
    return setting == null
        ? Optional.of(SpaceBudget.LEAST)
        : decimal(setting, new BigDecimal("100")).map(Epsilon::new);
  }

  private Optional<Budget> ofFrame(FrameSettings frame) {
    return budget(
        frame.setting(Keys.BUDGET_EPSILON).orElse(null),
        frame.setting(Keys.BUDGET_DELTA).orElse(null),
        Optional.empty());
  }

  private Optional<Budget> budget(Setting epsilon, Setting delta, Optional<Duration> window) {
    if (epsilon == null) {
      if (delta != null) {
        problems.add(delta, "there is a delta without an epsilon", "both, or epsilon alone");
      }
      return Optional.empty();
    }
    Optional<BigDecimal> spend = decimal(epsilon, new BigDecimal("1000000"));
    Optional<BigDecimal> slack =
        delta == null ? Optional.of(BigDecimal.ZERO) : decimal(delta, new BigDecimal("0.1"));
    return spend.flatMap(e -> slack.map(d -> new Budget(new Epsilon(e), new Delta(d), window)));
  }

  private Optional<BigDecimal> decimal(Setting setting, BigDecimal most) {
    if (setting.value().matches("[0-9]{1,18}([.][0-9]{1,18})?([eE][-+]?[0-9]{1,2})?")) {
      BigDecimal value = new BigDecimal(setting.value());
      if (value.compareTo(most) <= 0) {
        return Optional.of(value);
      }
    }
    problems.add(
        setting, "this is no number of its range", "a number from 0 to " + most.toPlainString());
    return Optional.empty();
  }
}
