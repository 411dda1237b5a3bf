package io.sallyport.dp.sampling;

import java.security.GeneralSecurityException;
import java.util.Arrays;
import javax.crypto.Cipher;

/**
 * AES-256-CMAC: a pseudo-random function of byte strings of any length [NIST SP 800-38B, 6.2; RFC
 * 4493]. For keys of a few blocks it costs a third of HMAC-SHA-256. Not thread-safe.
 */
final class AesCmac {
  private static final int BLOCK = CounterBlocks.BLOCK_BYTES;
  private static final int REDUCTION = 0x87;

  private final Cipher aes;
  private final byte[] wholeKey;
  private final byte[] paddedKey;
  private final byte[] state = new byte[BLOCK];

  AesCmac(byte[] key) {
    aes = CounterBlocks.blockCipher(key);
    byte[] zero = new byte[BLOCK];
    encrypt(zero);
    wholeKey = doubled(zero);
    paddedKey = doubled(wholeKey);
  }

  /** The 16-byte tag of {@code message}; the array is reused by the next call. */
  byte[] tag(byte[] message) {
    Arrays.fill(state, (byte) 0);
    int at = 0;
    for (; message.length - at > BLOCK; at += BLOCK) {
      mix(message, at, BLOCK);
      encrypt(state);
    }
    int rest = message.length - at;
    mix(message, at, rest);
    if (rest < BLOCK) {
      state[rest] ^= (byte) 0x80;
    }
    mix(rest < BLOCK ? paddedKey : wholeKey, 0, BLOCK);
    encrypt(state);
    return state;
  }

  private void mix(byte[] bytes, int from, int count) {
    for (int i = 0; i < count; i++) {
      state[i] ^= bytes[from + i];
    }
  }

  private void encrypt(byte[] block) {
    try {
      aes.update(block, 0, BLOCK, block, 0);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("AES failed on a whole block", e);
    }
  }

  /** Multiplication by x in GF(2^128). */
  private static byte[] doubled(byte[] block) {
    byte[] result = new byte[BLOCK];
    int carry = 0;
    for (int i = BLOCK - 1; i >= 0; i--) {
      int shifted = ((block[i] & 0xff) << 1) | carry;
      result[i] = (byte) shifted;
      carry = shifted >>> 8;
    }
    result[BLOCK - 1] ^= (byte) (carry * REDUCTION);
    return result;
  }
}
