package io.sallyport.connect.server.gate;

import io.sallyport.connect.server.egress.Closing;
import io.sallyport.connect.server.egress.ScrubbedCall;
import io.sallyport.connect.server.gate.Admitted.Answer;
import io.sallyport.connect.server.gate.Admitted.Forward;
import io.sallyport.connect.server.proto.Rpc;
import io.sallyport.policy.principal.Principal;
import io.sallyport.spark.RefusedException;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.sparkproject.connect.grpc.Metadata;
import org.sparkproject.connect.grpc.ServerCall;
import org.sparkproject.connect.grpc.ServerCallHandler;
import org.sparkproject.connect.grpc.Status;
import org.sparkproject.connect.protobuf.Message;

/**
 * Listens to one call of a known principal. Spark's own handler is not even started before the
 * call's only message was admitted.
 */
final class GuardedListener<Q, R> extends ServerCall.Listener<Q> {

  private static final Logger LOG = LoggerFactory.getLogger(GuardedListener.class);

  /** What does not change from call to call, and what this call is. */
  record Context<Q, R>(Gate gate, Rpc rpc, Principal principal, ServerCallHandler<Q, R> spark) {}

  private final Context<Q, R> context;
  private final ScrubbedCall<Q, R> call;
  private final Consumer<String> onOperation;
  private State<Q> state = new Waiting<>();

  /** Where the call is. */
  private sealed interface State<Q> {}

  private record Waiting<Q>() implements State<Q> {}

  private record Forwarded<Q>(ServerCall.Listener<Q> spark) implements State<Q> {}

  private record Answered<Q>(Message answer) implements State<Q> {}

  private record Ended<Q>() implements State<Q> {}

  GuardedListener(Context<Q, R> context, ScrubbedCall<Q, R> call, Consumer<String> onOperation) {
    this.context = context;
    this.call = call;
    this.onOperation = onOperation;
  }

  @Override
  public void onMessage(Q message) {
    try {
      if (!(state instanceof Waiting) || !(message instanceof Message request)) {
        end(Closing.failed());
        return;
      }
      accept(context.gate().requests().admit(context.rpc(), context.principal(), request));
    } catch (RefusedException e) {
      String session = message instanceof Message request ? RequestHead.session(request) : "";
      context.gate().refusals().refused(context.principal(), session, context.rpc(), e.refusal());
      end(Closing.refused(e.refusal().text()));
    } catch (SessionNotOpenException e) {
      end(Closing.condition(e.condition()));
    } catch (RuntimeException e) {
      LOG.error("The gate failed on {}: {}", context.rpc().method(), e.getClass().getName());
      end(Closing.failed());
    }
  }

  @SuppressWarnings("unchecked") // An admitted message has the class of the message that came.
  private void accept(Admitted admitted) {
    if (admitted instanceof Answer answer) {
      state = new Answered<>(answer.message());
    } else if (admitted instanceof Forward forward) {
      forward.operation().ifPresent(onOperation);
      if (forward.endsOperation()) {
        call.endOperationWithCall();
      }
      Metadata headers = context.gate().headers().metadata();
      ServerCall.Listener<Q> spark = context.spark().startCall(call, headers);
      state = new Forwarded<>(spark);
      spark.onMessage((Q) forward.message());
    }
  }

  @Override
  @SuppressWarnings("unchecked") // The gate answers a call with the response type of its RPC.
  public void onHalfClose() {
    if (state instanceof Forwarded<Q> forwarded) {
      forwarded.spark().onHalfClose();
    } else if (state instanceof Answered<Q> answered) {
      call.sendHeaders(new Metadata());
      call.sendMessage((R) answered.answer());
      call.close(Status.OK, new Metadata());
    } else if (state instanceof Waiting) {
      end(Closing.failed());
    }
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
}
