package io.sallyport.connect.server.egress;

import io.sallyport.spark.OperatorLog;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.sparkproject.connect.grpc.ForwardingServerCall;
import org.sparkproject.connect.grpc.Metadata;
import org.sparkproject.connect.grpc.ServerCall;
import org.sparkproject.connect.grpc.Status;
import org.sparkproject.connect.protobuf.Message;

/**
 * The outer door of one call: what Spark sends goes through the allow-lists of this package.
 *
 * <p>Guarantees that no header, trailer, response field or text of Spark reaches the client unless
 * it is listed here, and that the call is closed once. Safe for the threads gRPC uses.
 */
public final class ScrubbedCall<Q, R>
    extends ForwardingServerCall.SimpleForwardingServerCall<Q, R> {

  private static final Logger LOG = LoggerFactory.getLogger(ScrubbedCall.class);

  private boolean isClosed;
  private String operation = UUID.randomUUID().toString();

  /** Wraps a call. */
  public ScrubbedCall(ServerCall<Q, R> call) {
    super(call);
  }

  /** The operation that the call is about; until this is known, a failure has an id of its own. */
  public synchronized void isAbout(String operationId) {
    operation = operationId;
  }

  @Override
  public void sendHeaders(Metadata headers) {
    super.sendHeaders(new Metadata());
  }

  @Override
  public synchronized void sendMessage(R message) {
    if (isClosed) {
      return;
    }
    try {
      super.sendMessage(scrubbed(message));
    } catch (NotForAnalysts e) {
      LOG.error("A response of operation {} was held back: {}", operation, e.getMessage());
      fail(e);
    }
  }

  @Override
  public synchronized void close(Status status, Metadata trailers) {
    end(ScrubbedStatus.of(status, trailers, operation));
  }

  /** Ends the call with the constant failure; why stands in the operator's log alone. */
  public synchronized void fail(Throwable reason) {
    OperatorLog.failed(operation, reason);
    end(Closing.failed(operation));
  }

  /** Ends the call with a condition of Spark's, or with the constant failure. */
  public synchronized void endWith(String condition) {
    end(Closing.condition(condition, operation));
  }

  /** Ends the call in our own words; what Spark still sends is dropped. */
  public synchronized void end(Closing closing) {
    if (!isClosed) {
      isClosed = true;
      super.close(closing.status(), closing.trailers());
    }
  }

  @SuppressWarnings("unchecked") // A scrubbed response has the class of the response.
  private R scrubbed(R message) {
    if (message instanceof Message response) {
      return (R) ScrubbedResponse.of(response);
    }
    throw new NotForAnalysts("message that is no protobuf");
  }
}
