package io.sallyport.spark.release;

import io.sallyport.policy.decision.NoiseTerms;
import io.sallyport.policy.decision.Obligation;
import io.sallyport.policy.decision.Requirement;
import io.sallyport.policy.frame.FrameName;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Which way a release point goes: exact for every frame, or with noise for all of them, within the
 * least that any frame's terms allow. Which of the two, the judge has said.
 *
 * @param exact what the groups must meet, when the answer is exact
 * @param noise the caps, when it is not
 * @param minimums for each frame the fewest persons a selected group must rest on, with noise
 */
record NoiseRoute(
    List<Obligation> exact, Optional<NoiseTerms> noise, Map<FrameName, Long> minimums) {

  /**
   * The way that the judge has found for all frames.
   *
   * @throws IllegalArgumentException when some obligations ask for noise and another is to be
   *     checked exactly: no answer meets both
   */
  static NoiseRoute of(List<Obligation> obligations) {
    Optional<NoiseTerms> noise = Optional.empty();
    Map<FrameName, Long> minimums = new TreeMap<>();
    for (Obligation obligation : obligations) {
      Requirement chosen = obligation.alternatives().get(0);
      noise = both(noise, chosen.noise());
      if (chosen.minimumUnits() > 0) {
        minimums.put(obligation.frame(), chosen.minimumUnits());
      }
    }
    if (noise.isEmpty()) {
      return new NoiseRoute(obligations, noise, Map.of());
    }
    for (Obligation obligation : obligations) {
      if (obligation.alternatives().get(0).noise().isEmpty() && !obligation.isMetAnyway()) {
        throw new IllegalArgumentException(
            "An answer with noise does not meet the terms of frame " + obligation.frame());
      }
    }
    return new NoiseRoute(List.of(), noise, minimums);
  }

  private static Optional<NoiseTerms> both(Optional<NoiseTerms> a, Optional<NoiseTerms> b) {
    return a.isPresent() && b.isPresent() ? Optional.of(a.get().and(b.get())) : a.or(() -> b);
  }
}
