package io.sallyport.connect.server.gate;

import io.sallyport.connect.server.proto.Rpc;
import io.sallyport.policy.decision.Refusal;
import io.sallyport.policy.principal.Principal;
import io.sallyport.spark.Asking;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Puts the gate's refusals on record. A record that cannot be kept changes nothing: it is a no. */
final class RefusalRecord {

  private static final Logger LOG = LoggerFactory.getLogger(RefusalRecord.class);

  /** Where records go. */
  interface Sink {
    void refused(Asking asking, Refusal refusal, String question);
  }

  private final Sink sink;

  RefusalRecord(Sink sink) {
    this.sink = sink;
  }

  void refused(Principal principal, String session, Rpc rpc, Refusal refusal) {
    try {
      sink.refused(new Asking(principal, session, ""), refusal, "RPC " + rpc.method());
    } catch (RuntimeException e) {
      LOG.error("A refusal of {} could not be recorded", rpc.method(), e);
    }
  }
}
