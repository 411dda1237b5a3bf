package io.sallyport.policy.frame;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * All budgets.
 *
 * @param spaces by unit space
 * @param frames further limits of single frames
 */
public record Budgets(Map<String, SpaceBudget> spaces, Map<FrameName, Budget> frames) {
  /** No budget at all: nothing is answered with noise. */
  public static final Budgets NONE = new Budgets(Map.of(), Map.of());

  public Budgets {
    spaces = Collections.unmodifiableMap(new TreeMap<>(spaces));
    frames = Collections.unmodifiableMap(new TreeMap<>(frames));
  }
}
