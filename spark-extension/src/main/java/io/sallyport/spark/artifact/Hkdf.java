package io.sallyport.spark.artifact;

import java.security.GeneralSecurityException;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * HKDF with HMAC-SHA256, for one key of 32 bytes: RFC 5869, where that length needs one step of
 * expansion only.
 */
final class Hkdf {

  private static final String HMAC = "HmacSHA256";

  private Hkdf() {}

  /** A key that tells nothing about the one it was derived from, nor about other salts or infos. */
  static byte[] derive(byte[] key, byte[] salt, byte[] info) {
    Mac expand = mac(mac(salt).doFinal(key));
    expand.update(info);
    return expand.doFinal(new byte[] {1});
  }

  private static Mac mac(byte[] key) {
    try {
      Mac mac = Mac.getInstance(HMAC);
      mac.init(new SecretKeySpec(key, HMAC));
      return mac;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("HMAC-SHA256 is part of every Java platform", e);
    }
  }
}
