package io.sallyport.spark.answer;

import io.sallyport.policy.frame.FrameName;
import io.sallyport.policy.ledger.Charge;
import io.sallyport.spark.RefusedException;
import io.sallyport.spark.release.ApprovalNeeded;
import io.sallyport.spark.release.NoisePlan;
import io.sallyport.spark.release.Outcome;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;

/**
 * Runs what was judged to be a release. What is answered with noise is charged durably before
 * anything of it runs, and never given back; what was released before for exactly the same question
 * on the same data is shown again, free.
 */
final class Releasing {

  /** What was released, and what it was charged, in words. */
  record Charged(Outcome outcome, Optional<String> cost) {}

  private final DurableState durable;

  Releasing(DurableState durable) {
    this.durable = durable;
  }

  /**
   * @throws ApprovalNeeded when only owners can let the answer through
   * @throws RefusedException BUDGET_EXHAUSTED when a budget does not have the price left;
   *     STORE_UNAVAILABLE when charges cannot be written down
   */
  Charged run(Inquiry inquiry) {
    if (!inquiry.sources().isEmpty()) {
      durable.requireReachable();
    }
    NoisePlan noise = inquiry.judged().noise();
    KeptReleases kept = new KeptReleases(durable, inquiry);
    List<NoisePlan.Part> fresh = fresh(noise, kept);
    inquiry.port().release().requireKeys(fresh, inquiry.reading());
    Optional<String> cost =
        fresh.isEmpty() ? Optional.empty() : Optional.of(charge(inquiry, fresh));
    Outcome outcome =
        inquiry
            .port()
            .release()
            .run(inquiry.judged(), inquiry.reading(), kept, inquiry.asked().first());
    return new Charged(outcome, noise.isEmpty() ? Optional.empty() : cost.or(Releasing::nothing));
  }

  private String charge(Inquiry inquiry, List<NoisePlan.Part> fresh) {
    Charge charge = of(inquiry, fresh);
    Price price = Price.of(charge.losses());
    return durable
        .at(() -> durable.ledger().charge(charge, inquiry.port().policies()))
        .fold(
            charged -> price.text(),
            exhausted -> {
              throw Refusals.exhausted(
                  price, exhausted, LeastPrice.of(charge.frames(), inquiry.port().policies()));
            });
  }

  /** The parts that were not released before. */
  static List<NoisePlan.Part> fresh(NoisePlan noise, KeptReleases kept) {
    return noise.releases().stream().filter(part -> kept.find(part).isEmpty()).toList();
  }

  /** What such parts are charged, together. */
  static Charge of(Inquiry inquiry, List<NoisePlan.Part> fresh) {
    Set<FrameName> frames = new TreeSet<>();
    fresh.forEach(part -> frames.addAll(part.frames()));
    return new Charge(
        UUID.randomUUID().toString(),
        inquiry.asking().principal().name(),
        List.copyOf(frames),
        inquiry.text().hash(),
        NoisePlan.losses(fresh));
  }

  private static Optional<String> nothing() {
    return Optional.of("nothing: released before");
  }
}
