package io.sallyport.policy.decision;

import io.sallyport.policy.frame.FrameName;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One way for all frames of an answer: exact for each of them, or with noise for each.
 *
 * <p>An answer is one thing. With noise it meets no exact requirement, whatever the noise hides: a
 * minimum, a dominance rule or degrees of freedom are looked at exactly or not at all. So a frame's
 * alternatives are of use only where every other frame has one of the same way. A frame whose rule
 * holds for every answer goes either way and adds no terms to it.
 */
final class OneWay {

  private OneWay() {}

  /**
   * The obligations with their alternatives of the way that is taken: exact where all frames have
   * one, else with noise, one alternative for each frame. Empty when the frames have no way in
   * common.
   */
  static Optional<List<Obligation>> of(List<Obligation> obligations) {
    if (obligations.stream().allMatch(OneWay::isExact)) {
      return Optional.of(obligations.stream().map(o -> ways(o, false)).toList());
    }
    if (!obligations.stream().allMatch(OneWay::isNoisy)) {
      return Optional.empty();
    }
    List<Obligation> noisy = new ArrayList<>();
    for (Obligation obligation : obligations) {
      noisy.add(
          obligation.isMetAnyway()
              ? obligation.only(Requirement.NONE)
              : obligation.only(ways(obligation, true).alternatives().get(0)));
    }
    return Optional.of(noisy);
  }

  /** The frames that can be answered exactly only. */
  static List<FrameName> exactOnly(List<Obligation> obligations) {
    return obligations.stream().filter(o -> !isNoisy(o)).map(Obligation::frame).toList();
  }

  /** The frames that can be answered with noise only. */
  static List<FrameName> noisyOnly(List<Obligation> obligations) {
    return obligations.stream().filter(o -> !isExact(o)).map(Obligation::frame).toList();
  }

  private static boolean isExact(Obligation obligation) {
    return obligation.alternatives().stream().anyMatch(way -> way.noise().isEmpty());
  }

  private static boolean isNoisy(Obligation obligation) {
    return obligation.isMetAnyway()
        || obligation.alternatives().stream().anyMatch(way -> way.noise().isPresent());
  }

  private static Obligation ways(Obligation obligation, boolean noise) {
    return new Obligation(
        obligation.frame(),
        obligation.alternatives().stream().filter(way -> way.noise().isPresent() == noise).toList(),
        obligation.onSmallGroup(),
        obligation.mayAskApproval());
  }
}
