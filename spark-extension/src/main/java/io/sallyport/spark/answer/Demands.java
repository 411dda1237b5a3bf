package io.sallyport.spark.answer;

import io.sallyport.policy.decision.Ground;
import io.sallyport.policy.frame.Frame;
import io.sallyport.policy.frame.FrameName;
import io.sallyport.policy.frame.PolicySet;
import io.sallyport.policy.request.Demand;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Whose approval a question needs: the deciders of every frame whose policy asks, and why. */
final class Demands {

  private Demands() {}

  static List<Demand> of(List<Ground> grounds, PolicySet policies) {
    Map<FrameName, Set<String>> words = new LinkedHashMap<>();
    grounds.forEach(
        ground ->
            words
                .computeIfAbsent(ground.frame(), frame -> new LinkedHashSet<>())
                .add(ground.code() + ": " + ground.subject() + " (" + ground.policy() + ")"));
    List<Demand> demands = new ArrayList<>();
    words.forEach(
        (name, texts) -> {
          Frame frame =
              policies
                  .frame(name)
                  .orElseThrow(() -> new AssertionError("Only a frame's policy asks"));
          demands.add(new Demand(name, frame.deciders(), frame.votesNeeded(), List.copyOf(texts)));
        });
    return demands;
  }
}
