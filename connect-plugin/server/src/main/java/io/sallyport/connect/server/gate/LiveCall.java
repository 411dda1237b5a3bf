package io.sallyport.connect.server.gate;

import io.sallyport.connect.server.egress.Closing;
import io.sallyport.policy.principal.Credential;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Consumer;
import org.sparkproject.connect.grpc.Context;

/**
 * One call of a known principal while it lasts, and what may end it from outside. A thread inside
 * Spark hears nothing of a client that has gone; the call's context does. Safe for threads.
 */
final class LiveCall {

  /** Clients send their request with the call, and nothing else. */
  private static final Duration MOST_FOR_A_REQUEST = Duration.ofSeconds(30);

  private final Credential credential;
  private final Context context;
  private final Instant since;
  private final Consumer<Closing> end;
  private volatile boolean isWhole;
  private volatile boolean isInside;
  private volatile Optional<OperationKey> operation = Optional.empty();

  /**
   * @param credential by which the caller is known
   * @param context what is cancelled when the client goes, and when the call has ended
   * @param end ends the call
   */
  LiveCall(Credential credential, Context context, Instant since, Consumer<Closing> end) {
    this.credential = credential;
    this.context = context;
    this.since = since;
    this.end = end;
  }

  Credential credential() {
    return credential;
  }

  /** The request is there, and a thread works on it. */
  void enter() {
    isWhole = true;
    isInside = true;
  }

  /** That thread is through. */
  void leave() {
    isInside = false;
  }

  /** The operation is to end when the client goes, because nobody can reattach to it. */
  void carries(OperationKey carried) {
    operation = Optional.of(carried);
  }

  /** The operation that ends with the call. */
  Optional<OperationKey> operation() {
    return operation;
  }

  /** The operation that nobody waits for any more; empty when somebody does, or there is none. */
  Optional<OperationKey> abandoned() {
    return operation.filter(carried -> context.isCancelled());
  }

  /** Whether nothing can come of the call any more. */
  boolean isOver() {
    return context.isCancelled() && !isInside;
  }

  /** Whether the client has not yet said what it wants, and is still there. */
  boolean isIncomplete() {
    return !isWhole && !context.isCancelled();
  }

  /** Whether the client takes too long to say what it wants. */
  boolean isOverdue(Instant now) {
    return !isWhole && since.plus(MOST_FOR_A_REQUEST).isBefore(now);
  }

  void end(Closing closing) {
    end.accept(closing);
  }
}
