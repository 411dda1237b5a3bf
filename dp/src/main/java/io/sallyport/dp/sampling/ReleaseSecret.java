package io.sallyport.dp.sampling;

import java.io.Serializable;
import java.security.SecureRandom;

/**
 * The secret of one release, from which the noise of each group is derived.
 *
 * <p>A task that is retried, or runs twice speculatively, derives the same noise for the same
 * group, so nobody sees two draws for one value. It is drawn once on the driver and travels to
 * executors by Java serialization; there is deliberately no way to build one from given bytes. Who
 * holds the secret can remove the noise: keep it in memory, never in a log or a store.
 *
 * <p>The guarantee assumes that a release computes each exact value once: the same noise on two
 * different values would show their difference. Immutable and thread-safe.
 */
public final class ReleaseSecret implements Serializable {
  private static final long serialVersionUID = 1L;

  private final byte[] streamKey = new byte[CounterBlocks.KEY_BYTES];
  private final byte[] positionKey = new byte[CounterBlocks.KEY_BYTES];

  private ReleaseSecret() {
    SecureRandom random = new SecureRandom();
    random.nextBytes(streamKey);
    random.nextBytes(positionKey);
  }

  /** Draws a new secret for one release. */
  public static ReleaseSecret draw() {
    return new ReleaseSecret();
  }

  /** A source of this release's noise, for one thread; call {@link KeyedEntropy#seek} first. */
  public KeyedEntropy entropy() {
    return new KeyedEntropy(streamKey, positionKey);
  }

  @Override
  public String toString() {
    return "ReleaseSecret[hidden]";
  }
}
