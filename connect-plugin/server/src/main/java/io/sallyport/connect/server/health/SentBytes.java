package io.sallyport.connect.server.health;

import org.sparkproject.connect.grpc.Context;
import org.sparkproject.connect.grpc.ServerStreamTracer;

/** How much a call has sent, while its message is not complete. Safe for threads. */
final class SentBytes extends ServerStreamTracer {

  private static final Context.Key<SentBytes> OF_THIS_CALL = Context.key("sallyport-sent-bytes");

  private final long most;
  private long sent;
  private Runnable tooMany = () -> {};

  /**
   * @param most bytes that a call may send
   */
  SentBytes(long most) {
    this.most = most;
  }

  /** Does something when the current call has sent too much; nothing where no call is counted. */
  static void whenTooMany(Runnable work) {
    SentBytes current = OF_THIS_CALL.get();
    if (current != null) {
      current.then(work);
    }
  }

  private synchronized void then(Runnable work) {
    tooMany = work;
  }

  @Override
  public Context filterContext(Context context) {
    return context.withValue(OF_THIS_CALL, this);
  }

  @Override
  public void inboundWireSize(long bytes) {
    Runnable work = count(bytes);
    work.run();
  }

  private synchronized Runnable count(long bytes) {
    sent += bytes;
    if (sent <= most) {
      return () -> {};
    }
    Runnable once = tooMany;
    tooMany = () -> {};
    return once;
  }
}
