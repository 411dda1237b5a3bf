package io.sallyport.spark.answer;

import io.sallyport.dp.loss.Epsilon;
import io.sallyport.policy.decision.RefusalCode;
import io.sallyport.policy.frame.FrameName;
import io.sallyport.policy.frame.PolicySet;
import io.sallyport.policy.frame.SpaceBudget;
import io.sallyport.spark.RefusedException;
import io.sallyport.spark.release.NoisePlan;
import io.sallyport.spark.release.NoiseWish;
import java.math.BigDecimal;
import java.util.Collection;
import java.util.Optional;

/**
 * The least that a question with noise costs. What a question tells beside its numbers (whether it
 * was answered, how long it took) is not noised, so nobody may ask very often for next to nothing.
 */
final class LeastPrice {

  private LeastPrice() {}

  /**
   * Looks at what a whole question may spend. Where an owner's own cap is lower still, the cap is
   * enough.
   *
   * @throws RefusedException PARAM_INVALID when it is below the least price of some frame's people
   */
  static void require(NoisePlan noise, NoiseWish wish, PolicySet policies) {
    for (NoisePlan.Part part : noise.parts()) {
      Epsilon whole = wish.epsilon().orElse(part.cap());
      for (FrameName frame : part.frames()) {
        least(frame, policies)
            .map(least -> least.compareTo(part.cap()) <= 0 ? least : part.cap())
            .filter(least -> whole.compareTo(least) < 0)
            .ifPresent(
                least -> {
                  throw refused(frame, whole, least);
                });
      }
    }
  }

  /** The least that any question about all of these frames costs. */
  static BigDecimal of(Collection<FrameName> frames, PolicySet policies) {
    return frames.stream()
        .flatMap(frame -> least(frame, policies).stream())
        .map(Epsilon::value)
        .max(BigDecimal::compareTo)
        .orElse(BigDecimal.ZERO);
  }

  private static Optional<Epsilon> least(FrameName frame, PolicySet policies) {
    return policies
        .frame(frame)
        .map(found -> policies.budgets().spaces().get(found.facts().unitSpace()))
        .map(SpaceBudget::least);
  }

  private static RefusedException refused(FrameName frame, Epsilon whole, Epsilon least) {
    return RefusedException.of(
        RefusalCode.PARAM_INVALID,
        "%s = %s is less than a question about the people of frame %s costs at least"
            .formatted(NoiseWish.EPSILON, whole, frame),
        "%s of at least %s".formatted(NoiseWish.EPSILON, least));
  }
}
