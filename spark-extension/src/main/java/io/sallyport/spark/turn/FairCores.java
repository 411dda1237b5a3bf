package io.sallyport.spark.turn;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Which tasks have to give their cores back, so that everybody who has work has a fair share of
 * them: as much as they can use, and nobody more than another who wants more (max-min fairness).
 */
final class FairCores {

  /**
   * What one principal has and wants.
   *
   * @param running tasks that have a core, the first to give it back first
   * @param dying how many of its tasks were told to stop and have a core still
   * @param waiting how many tasks wait for a core
   */
  record Demand(String principal, List<Long> running, int dying, int waiting) {

    Demand {
      running = List.copyOf(running);
    }

    int wanted() {
      return running.size() + waiting;
    }
  }

  private FairCores() {}

  /**
   * The tasks; the first of whoever has most beyond a fair share, no more than are missed, and
   * nobody's only one. None while a core is free: then whoever waits does so for another reason.
   *
   * @param others tasks that have a core and are nobody's
   * @param cores how many tasks may run at once
   */
  static List<Long> toGiveBack(List<Demand> demands, int others, int cores) {
    int used = demands.stream().mapToInt(demand -> demand.running().size() + demand.dying()).sum();
    if (used + others < cores) {
      return List.of();
    }
    Map<String, Integer> shares = shares(demands, used);
    int missed = 0;
    for (Demand demand : demands) {
      int missing = shares.get(demand.principal()) - demand.running().size();
      missed += Math.max(0, missing) - demand.dying();
    }
    List<Long> back = new ArrayList<>();
    List<Demand> most = new ArrayList<>(demands);
    most.sort(Comparator.comparing(demand -> -demand.running().size()));
    for (Demand demand : most) {
      int share = Math.max(1, shares.get(demand.principal())); // it is to get on
      int beyond = demand.running().size() - share;
      for (int i = 0; i < beyond && back.size() < missed; i++) {
        back.add(demand.running().get(i));
      }
    }
    return back;
  }

  private static Map<String, Integer> shares(List<Demand> demands, int cores) {
    int left = cores;
    List<Demand> modest = new ArrayList<>(demands);
    modest.sort(
        Comparator.comparing(Demand::wanted).thenComparing(demand -> demand.running().size()));
    Map<String, Integer> shares = new HashMap<>();
    for (int i = 0; i < modest.size(); i++) {
      Demand demand = modest.get(i);
      int others = modest.size() - i;
      int fair =
          Math.min(left, Math.max(1, left / others)); // the modest first, where cores are few
      int share = Math.min(demand.wanted(), fair);
      shares.put(demand.principal(), share);
      left -= share;
    }
    return shares;
  }
}
