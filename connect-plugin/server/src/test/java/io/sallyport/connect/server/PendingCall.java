package io.sallyport.connect.server;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.sparkproject.connect.grpc.CallOptions;
import org.sparkproject.connect.grpc.ClientCall;
import org.sparkproject.connect.grpc.ClientInterceptors;
import org.sparkproject.connect.grpc.Metadata;
import org.sparkproject.connect.grpc.MethodDescriptor;
import org.sparkproject.connect.grpc.Status;
import org.sparkproject.connect.grpc.StatusRuntimeException;

/** One call, step by step: the request is sent, and some time later the client's side is closed. */
public final class PendingCall<Q, R> {

  private final ClientCall<Q, R> call;
  private final CompletableFuture<StatusRuntimeException> end = new CompletableFuture<>();

  private PendingCall(ClientCall<Q, R> call) {
    this.call = call;
  }

  /** Sends the request, and keeps the client's side open. */
  public static <Q, R> PendingCall<Q, R> send(
      RawClient client, MethodDescriptor<Q, R> method, Q request) {
    PendingCall<Q, R> pending =
        new PendingCall<>(
            ClientInterceptors.intercept(client.channel(), client.credentials())
                .newCall(method, CallOptions.DEFAULT));
    pending.call.start(pending.new Listening(), new Metadata());
    pending.call.request(Integer.MAX_VALUE);
    pending.call.sendMessage(request);
    return pending;
  }

  public PendingCall<Q, R> halfClose() {
    call.halfClose();
    return this;
  }

  public void cancel() {
    call.cancel("the client has gone", null);
  }

  public boolean hasEnded() {
    return end.isDone();
  }

  /** Waits for the end of the call. */
  public StatusRuntimeException end() {
    try {
      return end.get(60, TimeUnit.SECONDS);
    } catch (InterruptedException | ExecutionException | TimeoutException e) {
      throw new AssertionError("The call does not end", e);
    }
  }

  private final class Listening extends ClientCall.Listener<R> {

    @Override
    public void onClose(Status status, Metadata trailers) {
      end.complete(status.asRuntimeException(trailers));
    }
  }
}
