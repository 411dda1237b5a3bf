package io.sallyport.dp.sampling;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.spec.SecretKeySpec;

/**
 * Encrypted 128-bit counters: counter mode with a position that can be set, so that one key
 * schedule serves the streams of many groups. Not thread-safe.
 */
final class CounterBlocks {
  static final int KEY_BYTES = 32;
  static final int BLOCK_BYTES = 16;

  private static final VarHandle WORDS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

  private final Cipher cipher;
  private final byte[] counters;
  private final byte[] output;
  private long high;
  private long low;

  CounterBlocks(byte[] key, int mostBlocks) {
    cipher = blockCipher(key);
    counters = new byte[mostBlocks * BLOCK_BYTES];
    output = new byte[mostBlocks * BLOCK_BYTES];
  }

  /** AES on single blocks; counter mode and CMAC are built on it. */
  static Cipher blockCipher(byte[] key) {
    try {
      Cipher aes = Cipher.getInstance("AES/ECB/NoPadding");
      aes.init(Cipher.ENCRYPT_MODE, new SecretKeySpec(key, "AES"));
      return aes;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("AES-256 must be available in every Java runtime", e);
    }
  }

  /** Sets the 128-bit counter. */
  void seek(long newHigh, long newLow) {
    high = newHigh;
    low = newLow;
  }

  /** Writes the next {@code count} encrypted counters into {@code words}, two words each. */
  void next(long[] words, int count) {
    for (int i = 0; i < count; i++) {
      WORDS.set(counters, i * BLOCK_BYTES, high);
      WORDS.set(counters, i * BLOCK_BYTES + Long.BYTES, low);
      low++;
      if (low == 0) {
        high++;
      }
    }
    encrypt(count * BLOCK_BYTES);
    for (int i = 0; i < 2 * count; i++) {
      words[i] = (long) WORDS.get(output, i * Long.BYTES);
    }
  }

  private void encrypt(int bytes) {
    try {
      cipher.update(counters, 0, bytes, output, 0);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("AES failed on whole blocks", e);
    }
  }

  /** Overwrites the buffered key stream. */
  void wipe() {
    Arrays.fill(output, (byte) 0);
    Arrays.fill(counters, (byte) 0);
  }
}
