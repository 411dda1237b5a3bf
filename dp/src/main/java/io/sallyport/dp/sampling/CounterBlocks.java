package io.sallyport.dp.sampling;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
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

  /** The last counter given to the cipher, which it will chain with the next one. */
  private long chainedHigh;

  private long chainedLow;

  CounterBlocks(byte[] key, int mostBlocks) {
    cipher = chainedInverse(key);
    counters = new byte[mostBlocks * BLOCK_BYTES];
    output = new byte[mostBlocks * BLOCK_BYTES];
  }

  private static Cipher chainedInverse(byte[] key) {
    try {
      Cipher aes = Cipher.getInstance("AES/CBC/NoPadding");
      IvParameterSpec zero = new IvParameterSpec(new byte[BLOCK_BYTES]);
      aes.init(Cipher.DECRYPT_MODE, new SecretKeySpec(key, "AES"), zero);
      return aes;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("AES-256 must be available in every Java runtime", e);
    }
  }

  /** AES on single blocks, for CMAC. */
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

  /** Writes the next {@code count} permuted counters into {@code words}, two words each. */
  void next(long[] words, int count) {
    long startHigh = high;
    long startLow = low;
    for (int i = 0; i < count; i++) {
      WORDS.set(counters, i * BLOCK_BYTES, high);
      WORDS.set(counters, i * BLOCK_BYTES + Long.BYTES, low);
      step();
    }
    permute(count * BLOCK_BYTES);
    high = startHigh;
    low = startLow;
    for (int i = 0; i < count; i++) {
      words[2 * i] = (long) WORDS.get(output, i * BLOCK_BYTES) ^ chainedHigh;
      words[2 * i + 1] = (long) WORDS.get(output, i * BLOCK_BYTES + Long.BYTES) ^ chainedLow;
      chainedHigh = high;
      chainedLow = low;
      step();
    }
  }

  private void step() {
    low++;
    if (low == 0) {
      high++;
    }
  }

  private void permute(int bytes) {
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
