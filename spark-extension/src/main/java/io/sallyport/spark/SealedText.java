package io.sallyport.spark;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Text that the egress can tell to be ours: the text, then an HMAC-SHA256 of it under a key that
 * lives and dies with this JVM.
 *
 * <p>Spark Connect reduces every exception to its message before our egress sees it, and a message
 * may quote data. Only text that carries a valid seal is shown to an analyst; a client that makes
 * Spark say something that looks like a refusal cannot make the seal.
 */
public final class SealedText {

  private static final String MARK = " \u00a7";
  private static final int SEAL_LENGTH = 64;
  private static final SecretKeySpec KEY = newKey();

  private SealedText() {}

  /** The text with its seal at the end. */
  public static String seal(String text) {
    return text + MARK + hmac(text);
  }

  /** The text without its seal, or empty when the seal is missing or not ours. */
  public static Optional<String> open(String sealed) {
    int textEnd = sealed.length() - SEAL_LENGTH - MARK.length();
    if (textEnd < 0 || !sealed.startsWith(MARK, textEnd)) {
      return Optional.empty();
    }
    String text = sealed.substring(0, textEnd);
    byte[] expected = hmac(text).getBytes(StandardCharsets.US_ASCII);
    byte[] found = sealed.substring(textEnd + MARK.length()).getBytes(StandardCharsets.US_ASCII);
    return MessageDigest.isEqual(expected, found) ? Optional.of(text) : Optional.empty();
  }

  private static String hmac(String text) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(KEY);
      return HexFormat.of().formatHex(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("HMAC-SHA256 is part of every Java platform", e);
    }
  }

  private static SecretKeySpec newKey() {
    byte[] key = new byte[32];
    new SecureRandom().nextBytes(key);
    return new SecretKeySpec(key, "HmacSHA256");
  }
}
