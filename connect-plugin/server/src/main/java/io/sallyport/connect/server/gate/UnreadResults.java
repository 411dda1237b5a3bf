package io.sallyport.connect.server.gate;

import io.sallyport.connect.server.gate.LiveState.Unread;
import io.sallyport.policy.decision.RefusalCode;
import io.sallyport.policy.principal.Principal;
import io.sallyport.policy.settings.Limits;
import io.sallyport.spark.RefusedException;
import java.util.List;

/**
 * Holds the number of results that wait in the driver's heap for a client that does not read them.
 * Clients release what they have read.
 */
final class UnreadResults {

  /** For each query that may run at once. */
  private static final int EACH = 2;

  private final Limits limits;
  private final LiveState live;

  UnreadResults(Limits limits, LiveState live) {
    this.limits = limits;
    this.live = live;
  }

  /**
   * Makes room for one more of the principal's results: those that nobody reads go, the longest
   * waiting first.
   *
   * @throws RefusedException LIMIT_EXCEEDED when too many are being read
   */
  void makeRoom(Principal principal) {
    int most = EACH * limits.operationsPerPrincipal();
    List<Unread> waiting = live.unread(principal.name());
    int excess = waiting.size() - most + 1;
    for (Unread result : waiting) {
      if (excess > 0 && !result.isAttached()) {
        live.endOperation(result.operation());
        excess--;
      }
    }
    if (excess > 0) {
      throw RefusedException.of(
          RefusalCode.LIMIT_EXCEEDED,
          "more than %d results would wait to be read (twice limit.operations-per-principal)"
              .formatted(most),
          "reading to the end, or releasing, what was asked before");
    }
  }
}
