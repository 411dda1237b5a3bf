package io.sallyport.connect.server.gate;

import io.sallyport.connect.server.proto.RequestWords;
import io.sallyport.connect.server.proto.Rpc;
import io.sallyport.policy.decision.Refusal;
import io.sallyport.policy.principal.Principal;
import io.sallyport.spark.Asking;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.sparkproject.connect.protobuf.Message;

/**
 * Puts the gate's refusals on record, with what was asked. A record that cannot be kept changes
 * nothing: it is a no. Safe for threads.
 */
final class RefusalRecord {

  private static final Logger LOG = LoggerFactory.getLogger(RefusalRecord.class);

  /** Where records go. */
  interface Sink {

    /** One refusal of a request that says these words. */
    void refused(Asking asking, String words, Refusal refusal);
  }

  private final Sink sink;

  RefusalRecord(Sink sink) {
    this.sink = sink;
  }

  /** A request was refused. */
  void refused(Principal principal, Rpc rpc, Message request, Refusal refusal) {
    String words = RequestWords.of(request);
    record(
        new Asking(principal, RequestHead.session(request), ""),
        words.isEmpty() ? "RPC " + rpc.method() : "RPC " + rpc.method() + "\n" + words,
        refusal);
  }

  /** A call was refused before it said anything; {@code rpc} is empty when there is none such. */
  void refused(Principal principal, Optional<Rpc> rpc, Refusal refusal) {
    String words = rpc.map(known -> "RPC " + known.method()).orElse("an RPC that does not exist");
    record(new Asking(principal, "", ""), words, refusal);
  }

  private void record(Asking asking, String words, Refusal refusal) {
    try {
      sink.refused(asking, words, refusal);
    } catch (RuntimeException e) {
      LOG.error("A refusal could not be recorded: {}", e.getClass().getName());
    }
  }
}
