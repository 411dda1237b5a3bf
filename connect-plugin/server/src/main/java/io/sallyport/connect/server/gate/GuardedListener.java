package io.sallyport.connect.server.gate;

import io.sallyport.connect.server.egress.Closing;
import io.sallyport.connect.server.egress.ScrubbedCall;
import io.sallyport.connect.server.gate.Admitted.Answer;
import io.sallyport.connect.server.gate.Admitted.Forward;
import io.sallyport.connect.server.proto.Rpc;
import io.sallyport.policy.decision.Refusal;
import io.sallyport.policy.decision.RefusalCode;
import io.sallyport.policy.principal.Principal;
import io.sallyport.spark.RefusedException;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.sparkproject.connect.grpc.Metadata;
import org.sparkproject.connect.grpc.ServerCall;
import org.sparkproject.connect.grpc.ServerCallHandler;
import org.sparkproject.connect.grpc.Status;
import org.sparkproject.connect.protobuf.Message;

/**
 * Listens to one call of a known principal. A request is looked at when it is whole, that is when
 * the client has closed its side: until then it costs nobody anything, and Spark's own handler is
 * not even started before the call's only message was admitted.
 */
final class GuardedListener<Q, R> extends ServerCall.Listener<Q> {

  private static final Logger LOG = LoggerFactory.getLogger(GuardedListener.class);

  private static final Refusal TOO_DEEP =
      RefusedException.of(
              RefusalCode.LIMIT_EXCEEDED,
              "the request is nested too deeply to be read",
              "fewer parts inside each other")
          .refusal();

  /** What does not change from call to call, and what this call is. */
  record Context<Q, R>(Gate gate, Rpc rpc, Principal principal, ServerCallHandler<Q, R> spark) {}

  private final Context<Q, R> context;
  private final ScrubbedCall<Q, R> call;
  private final LiveCall live;
  private State<Q> state = new Waiting<>();

  /** Where the call is. */
  private sealed interface State<Q> {}

  private record Waiting<Q>() implements State<Q> {}

  private record Received<Q>(Message message) implements State<Q> {}

  private record Forwarded<Q>(ServerCall.Listener<Q> spark) implements State<Q> {}

  private record Ended<Q>() implements State<Q> {}

  GuardedListener(Context<Q, R> context, ScrubbedCall<Q, R> call, LiveCall live) {
    this.context = context;
    this.call = call;
    this.live = live;
  }

  @Override
  public void onMessage(Q message) {
    if (state instanceof Waiting && message instanceof Message request) {
      state = new Received<>(request);
    } else {
      fail(new IllegalStateException("A call has one message"));
    }
  }

  @Override
  public void onHalfClose() {
    if (state instanceof Received<Q> received) {
      live.enter();
      try {
        handle(received.message());
      } finally {
        live.leave();
      }
    } else if (state instanceof Waiting) {
      fail(new IllegalStateException("A call without a message"));
    }
  }

  private void handle(Message message) {
    try {
      UnreadableRequest.requireReadable(message);
      AdmitRequest requests = context.gate().requests();
      Message request = requests.identified(context.principal(), message);
      RequestHead.operation(request).ifPresent(call::isAbout);
      context.gate().watch().uses(live.credential(), RequestHead.session(request));
      Optional<OperationKey> slot = AdmitRequest.slot(context.principal(), request);
      Slots slots = context.gate().slots();
      slot.ifPresent(key -> slots.enter(context.principal(), key));
      try {
        accept(requests.admit(context.rpc(), context.principal(), request));
      } finally {
        slot.ifPresent(slots::leave);
      }
    } catch (RefusedException e) {
      context.gate().refusals().refused(context.principal(), context.rpc(), message, e.refusal());
      end(Closing.refused(e.refusal().text()));
    } catch (SessionNotOpenException e) {
      state = new Ended<>();
      call.endWith(e.condition());
    } catch (StackOverflowError e) { // a text or message that is nested deeper than is known
      Refusal deep = TOO_DEEP;
      context.gate().refusals().refused(context.principal(), context.rpc(), message, deep);
      end(Closing.refused(deep.text()));
    } catch (RuntimeException e) {
      LOG.error("The gate failed on {}: {}", context.rpc().method(), e.getClass().getName());
      fail(e);
    }
  }

  @SuppressWarnings("unchecked") // An admitted message has the class of the message that came.
  private void accept(Admitted admitted) {
    if (admitted instanceof Answer answer) {
      answer(answer.message());
    } else if (admitted instanceof Forward forward) {
      Metadata headers = context.gate().headers().metadata();
      ServerCall.Listener<Q> spark = context.spark().startCall(call, headers);
      state = new Forwarded<>(spark);
      forward.endsWithCall().ifPresent(live::carries);
      spark.onMessage((Q) forward.message());
      spark.onHalfClose();
    }
  }

  @SuppressWarnings("unchecked") // The gate answers a call with the response type of its RPC.
  private void answer(Message message) {
    state = new Ended<>();
    call.sendHeaders(new Metadata());
    call.sendMessage((R) message);
    call.close(Status.OK, new Metadata());
  }

  @Override
  public void onCancel() {
    if (state instanceof Forwarded<Q> forwarded) {
      forwarded.spark().onCancel();
    }
  }

  @Override
  public void onComplete() {
    if (state instanceof Forwarded<Q> forwarded) {
      forwarded.spark().onComplete();
    }
  }

  @Override
  public void onReady() {
    if (state instanceof Forwarded<Q> forwarded) {
      forwarded.spark().onReady();
    }
  }

  private void end(Closing closing) {
    state = new Ended<>();
    call.end(closing);
  }

  private void fail(Throwable reason) {
    state = new Ended<>();
    call.fail(reason);
  }
}
