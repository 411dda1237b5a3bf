package io.sallyport.policy.notify;

import java.time.Instant;
import java.util.List;

/**
 * Whoever is told of new requests, and of who probes. Implementations are safe for threads, fast,
 * and never throw.
 */
public interface RequestNotifier extends AutoCloseable {

  /** A request was filed and is durable. */
  void filed(String requestId, String principal, List<String> frames, Instant filedAt);

  /** Somebody tries the same thing again and again. */
  void probed(Probing probing);

  @Override
  void close();

  /** Tells nobody. */
  static RequestNotifier nobody() {
    return new RequestNotifier() {
      @Override
      public void filed(String requestId, String principal, List<String> frames, Instant filedAt) {}

      @Override
      public void probed(Probing probing) {}

      @Override
      public void close() {}
    };
  }
}
