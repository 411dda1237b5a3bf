package io.sallyport.policy.artifact;

import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The name of an exact result, as it is stored and shown: a message authentication code of it under
 * a key of the store. Whoever has not the key cannot try out whether a guessed result has a name.
 */
public final class ResultName {
  private static final String PREFIX = "keyed:";
  private static final int MAC_BYTES = 32;
  private static final Pattern NAME = Pattern.compile(PREFIX + "[0-9a-f]{64}");

  private ResultName() {}

  /**
   * The name that says this code.
   *
   * @throws IllegalArgumentException when the code has not 32 bytes
   */
  public static String of(byte[] mac) {
    if (mac.length != MAC_BYTES) {
      throw new IllegalArgumentException("A result's code has " + MAC_BYTES + " bytes");
    }
    return PREFIX + HexFormat.of().formatHex(mac);
  }

  /** Whether a text is such a name; a plain hash of a result is none. */
  public static boolean isOne(String text) {
    return NAME.matcher(text).matches();
  }

  /** What people see of a name: 64 hexadecimal digits. Of a text that is none, nothing. */
  public static Optional<String> shown(String text) {
    return isOne(text) ? Optional.of(text.substring(PREFIX.length())) : Optional.empty();
  }

  /**
   * The text again.
   *
   * @throws IllegalArgumentException when it is no such name, without quoting it
   */
  public static String require(String text) {
    if (!isOne(text)) {
      throw new IllegalArgumentException("A result is stored and shown under a keyed name only");
    }
    return text;
  }
}
