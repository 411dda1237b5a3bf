package io.sallyport.spark.release;

import io.sallyport.policy.decision.NoiseTerms;
import io.sallyport.policy.decision.Obligation;
import io.sallyport.policy.decision.Requirement;
import io.sallyport.policy.frame.FrameName;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Which way a release point goes: exact, where every frame has an alternative without noise, or
 * else with noise for all of them, within the least that any frame's terms allow.
 *
 * @param exact what the groups must meet, when the answer is exact
 * @param noise the caps, when it is not
 * @param minimums for each frame the fewest persons a selected group must rest on, with noise
 */
record NoiseRoute(
    List<Obligation> exact, Optional<NoiseTerms> noise, Map<FrameName, Long> minimums) {

  static NoiseRoute of(List<Obligation> obligations) {
    List<Obligation> exact = new ArrayList<>();
    Optional<NoiseTerms> noise = Optional.empty();
    Map<FrameName, Long> minimums = new TreeMap<>();
    for (Obligation obligation : obligations) {
      List<Requirement> without =
          obligation.alternatives().stream().filter(r -> r.noise().isEmpty()).toList();
      Requirement chosen = without.isEmpty() ? obligation.alternatives().get(0) : without.get(0);
      noise = both(noise, chosen.noise());
      if (chosen.minimumUnits() > 0) {
        minimums.put(obligation.frame(), chosen.minimumUnits());
      }
      if (!without.isEmpty()) {
        exact.add(
            new Obligation(
                obligation.frame(),
                without,
                obligation.onSmallGroup(),
                obligation.mayAskApproval()));
      }
    }
    return noise.isPresent()
        ? new NoiseRoute(List.of(), noise, minimums)
        : new NoiseRoute(exact, noise, Map.of());
  }

  private static Optional<NoiseTerms> both(Optional<NoiseTerms> a, Optional<NoiseTerms> b) {
    return a.isPresent() && b.isPresent() ? Optional.of(a.get().and(b.get())) : a.or(() -> b);
  }
}
