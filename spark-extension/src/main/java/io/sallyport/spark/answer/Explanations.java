package io.sallyport.spark.answer;

import io.sallyport.policy.frame.FrameName;
import io.sallyport.policy.ledger.Balance;
import io.sallyport.spark.noise.NoiseWords;
import io.sallyport.spark.release.NoisePlan;
import java.util.ArrayList;
import java.util.List;
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
    KeptReleases kept = new KeptReleases(durable, inquiry);
    for (NoisePlan.Part part : inquiry.judged().noise().parts()) {
      String price =
          kept.find(part.hash()).isPresent()
              ? "price: nothing, it was released before"
              : "price: "
                  + Price.of(part.calibration().losses()).text()
                  + "; left: "
                  + left(part, inquiry);
      for (FrameName frame : part.frames()) {
        List<String> what = new ArrayList<>(NoiseWords.lines(part.point(), part.calibration()));
        what.add(price);
        lines.add(
            new Explanation(
                frame.value(),
                "RELEASE",
                "",
                "",
                "automatic = " + Explanation.terms(frame, inquiry),
                "",
                NoiseWords.point(part.point()),
                String.join("\n", what)));
      }
    }
    return lines;
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
