package io.sallyport.dp.sampling;

import java.security.SecureRandom;
import java.util.Arrays;

/**
 * AES-256 in counter mode, keyed once from the system's {@link SecureRandom}.
 *
 * <p>The stream of one key is a pseudo-random function of its counter; at most 2^48 words are drawn
 * from a release, so its distance from uniform is that of AES itself. Source: [NIST SP 800-38A,
 * 6.5]. Not thread-safe.
 */
final class AesCtrEntropy extends EntropySource {
  /**
   * 64 KiB: large enough that the call into the cipher costs nothing, small enough for the cache.
   */
  private static final int BLOCKS = 4096;

  private final CounterBlocks blocks;
  private final long[] buffer = new long[2 * BLOCKS];

  AesCtrEntropy() {
    byte[] key = new byte[CounterBlocks.KEY_BYTES];
    new SecureRandom().nextBytes(key);
    blocks = new CounterBlocks(key, BLOCKS);
    Arrays.fill(key, (byte) 0);
  }

  @Override
  long[] refill() {
    blocks.next(buffer, BLOCKS);
    return buffer;
  }

  @Override
  public void close() {
    super.close();
    blocks.wipe();
  }
}
