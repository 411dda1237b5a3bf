package io.sallyport.spark.answer;

import io.sallyport.policy.decision.Refusal;
import io.sallyport.policy.frame.FrameName;
import io.sallyport.policy.frame.PrivacyUnit;
import io.sallyport.policy.ledger.Balance;
import io.sallyport.policy.ledger.Charge;
import io.sallyport.spark.noise.NoiseWords;
import io.sallyport.spark.release.NoisePlan;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Explains questions before they are asked, free: nothing runs, nothing is charged, and what is
 * told depends on plan, policies and past charges alone.
 */
public final class Explanations {

  private final DurableState durable;

  public Explanations(DurableState durable) {
    this.durable = durable;
  }

  /** What would become of a judged question. */
  public List<Explanation> of(Inquiry inquiry) {
    List<Explanation> lines = new ArrayList<>(Explanation.of(inquiry));
    List<NoisePlan.Part> parts = inquiry.judged().noise().releases();
    List<NoisePlan.Part> fresh = Releasing.fresh(inquiry.judged().noise(), kept(inquiry));
    Optional<Refusal> exhausted =
        fresh.isEmpty() ? Optional.empty() : exhausted(Releasing.of(inquiry, fresh), inquiry);
    for (NoisePlan.Part part : parts) {
      String price =
          fresh.contains(part)
              ? Price.of(part.calibration().losses()).text()
              : "nothing, it was released before";
      for (FrameName frame : part.frames()) {
        List<String> what = new ArrayList<>();
        what.add(unit(frame, inquiry));
        what.addAll(NoiseWords.lines(part.point(), part.calibration()));
        what.add(part.cheapestChange(parts.size()));
        what.add("price: " + price + "; left: " + left(part, inquiry));
        lines.add(
            new Explanation(
                frame.value(),
                exhausted.isPresent() ? "REFUSE" : "RELEASE",
                exhausted.map(refusal -> refusal.code().name()).orElse(""),
                exhausted.map(Refusal::subject).orElse(""),
                "automatic = " + Explanation.terms(frame, inquiry),
                exhausted.map(Refusal::remedy).orElse(""),
                NoiseWords.point(part.point()),
                String.join("\n", what)));
      }
    }
    return lines;
  }

  private KeptReleases kept(Inquiry inquiry) {
    return new KeptReleases(durable, inquiry);
  }

  /** The refusal that asking now would meet, for want of budget. */
  private Optional<Refusal> exhausted(Charge charge, Inquiry inquiry) {
    return durable
        .at(() -> durable.ledger().quote(charge, inquiry.port().policies()))
        .fold(
            charged -> Optional.empty(),
            exhausted ->
                Optional.of(
                    Refusals.exhausted(
                            Price.of(charge.losses()),
                            exhausted,
                            LeastPrice.of(charge.frames(), inquiry.port().policies()))
                        .refusal()));
  }

  private static String unit(FrameName frame, Inquiry inquiry) {
    return inquiry
        .port()
        .policies()
        .frame(frame)
        .map(
            found ->
                (found.unit() instanceof PrivacyUnit.Column column
                        ? "a person is one value of " + column.name()
                        : "a person is one row")
                    + ", in the unit space "
                    + found.facts().unitSpace())
        .orElse("");
  }

  private String left(NoisePlan.Part part, Inquiry inquiry) {
    return durable
        .at(
            () ->
                durable
                    .ledger()
                    .balances(
                        inquiry.asking().principal().name(),
                        part.frames(),
                        inquiry.port().policies()))
        .stream()
        .map((Balance balance) -> balance.remaining() + " for " + balance.account())
        .collect(Collectors.joining(", "));
  }
}
