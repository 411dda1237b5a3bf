package io.sallyport.connect.server.gate;

import io.sallyport.policy.audit.CountedRefusals;
import io.sallyport.policy.decision.Refusal;
import io.sallyport.policy.principal.Principal;
import io.sallyport.spark.Asking;
import io.sallyport.spark.record.AuditTrail;
import java.util.List;

/** The gate's refusals go where all questions are recorded. */
record AuditSink(AuditTrail trail) implements RefusalRecord.Sink {

  @Override
  public void refused(Asking asking, String words, Refusal refusal) {
    trail.refused(asking, words, refusal);
  }

  @Override
  public void refused(Principal principal, CountedRefusals counted, List<String> frames) {
    trail.refused(principal, counted, frames);
  }

  @Override
  public List<String> named(String words) {
    return trail.named(words);
  }
}
