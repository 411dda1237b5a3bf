package io.sallyport.dp.sampling;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * AES-256 in counter mode, keyed once from the system's {@link SecureRandom}.
 *
 * <p>The words are the encryption of zeros. The stream of one key is a pseudo-random function of
 * its counter; at most 2^48 words are drawn from a release, so its distance from uniform is that of
 * AES itself. Source: [NIST SP 800-38A, 6.5]. Not thread-safe.
 */
final class AesCtrEntropy extends EntropySource {
  /** 32 KiB: large enough to hide the call into the cipher, small enough for the first cache. */
  private static final int WORDS = 4096;

  private static final VarHandle AS_WORDS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.nativeOrder());

  private final Cipher cipher;
  private final byte[] zeros = new byte[WORDS * Long.BYTES];
  private final byte[] stream = new byte[WORDS * Long.BYTES];
  private final long[] words = new long[WORDS];

  AesCtrEntropy() {
    byte[] key = new byte[CounterBlocks.KEY_BYTES];
    new SecureRandom().nextBytes(key);
    try {
      cipher = Cipher.getInstance("AES/CTR/NoPadding");
      cipher.init(
          Cipher.ENCRYPT_MODE,
          new SecretKeySpec(key, "AES"),
          new IvParameterSpec(new byte[CounterBlocks.BLOCK_BYTES]));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("AES-256 must be available in every Java runtime", e);
    }
    Arrays.fill(key, (byte) 0);
  }

  @Override
  long[] refill() {
    try {
      cipher.update(zeros, 0, zeros.length, stream, 0);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("AES failed on whole blocks", e);
    }
    for (int i = 0; i < WORDS; i++) {
      words[i] = (long) AS_WORDS.get(stream, i * Long.BYTES);
    }
    return words;
  }

  @Override
  public void close() {
    super.close();
    Arrays.fill(stream, (byte) 0);
  }
}
