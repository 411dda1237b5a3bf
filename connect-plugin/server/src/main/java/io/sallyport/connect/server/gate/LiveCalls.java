package io.sallyport.connect.server.gate;

import io.sallyport.connect.server.egress.Closing;
import io.sallyport.policy.decision.Refusal;
import io.sallyport.policy.decision.RefusalCode;
import io.sallyport.policy.principal.Credential;
import io.sallyport.policy.principal.Principal;
import io.sallyport.spark.RefusedException;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.sparkproject.connect.grpc.Context;

/**
 * All calls of known principals that last. Ends those whose client says nothing, those whose
 * credential is no longer in force, and the operations of those whose client has gone. Safe for
 * threads.
 */
final class LiveCalls {

  private static final String OVERDUE =
      RefusedException.of(
              RefusalCode.LIMIT_EXCEEDED,
              "the request of this call was not complete after 30 seconds",
              "a call that is sent as a whole, as stock clients do")
          .refusal()
          .text();

  /** Stock clients send a call's request at once; who does not keeps its bytes in our memory. */
  private static final int MOST_INCOMPLETE = 16;

  /** Each may have a thread of the server. */
  private static final int MOST = 128;

  private static final Refusal MANY =
      RefusedException.of(
              RefusalCode.LIMIT_EXCEEDED,
              "%d calls of yours are under way".formatted(MOST),
              "the same call when some of them have ended")
          .refusal();

  private static final Refusal MANY_INCOMPLETE =
      RefusedException.of(
              RefusalCode.LIMIT_EXCEEDED,
              "%d calls of yours are under way whose requests are not complete"
                  .formatted(MOST_INCOMPLETE),
              "calls that are sent as a whole, as stock clients do")
          .refusal();

  private final Set<LiveCall> calls = ConcurrentHashMap.newKeySet();
  private final LiveState live;
  private final CredentialWatch watch;
  private final Clock clock;

  LiveCalls(LiveState live, CredentialWatch watch, Clock clock) {
    this.live = live;
    this.watch = watch;
    this.clock = clock;
  }

  /** Why another call of this principal may not begin; empty when it may. */
  Optional<Refusal> tooMany(Principal principal) {
    List<LiveCall> own =
        calls.stream()
            .filter(call -> call.credential().principal().equals(principal) && !call.isOver())
            .toList();
    if (own.size() >= MOST) {
      return Optional.of(MANY);
    }
    long incomplete = own.stream().filter(LiveCall::isIncomplete).count();
    return incomplete < MOST_INCOMPLETE ? Optional.empty() : Optional.of(MANY_INCOMPLETE);
  }

  /** A call that begins now, in the current gRPC context. */
  LiveCall begin(Credential credential, Consumer<Closing> end) {
    Context context = Context.current();
    LiveCall call = new LiveCall(credential, context, clock.instant(), end);
    calls.add(call);
    context.addListener(ended -> cancelled(call), Runnable::run);
    return call;
  }

  /** Looks after all calls. Called now and then. */
  void sweep() {
    for (LiveCall call : calls) {
      // Again, because the first time the operation may not yet have begun.
      call.abandoned().ifPresent(live::endOperation);
      if (call.isOverdue(clock.instant())) {
        call.end(Closing.refused(OVERDUE));
      }
      if (!watch.isInForce(call.credential())) {
        call.operation().ifPresent(live::endOperation);
        call.end(Strangers.closing());
      }
    }
    calls.removeIf(LiveCall::isOver);
  }

  private void cancelled(LiveCall call) {
    call.abandoned().ifPresent(live::endOperation);
    if (call.isOver()) {
      calls.remove(call);
    }
  }
}
