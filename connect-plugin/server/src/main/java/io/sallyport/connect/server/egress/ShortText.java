package io.sallyport.connect.server.egress;

import java.nio.charset.StandardCharsets;

/**
 * Texts short enough for trailers. Clients accept 8 KiB of headers; the status text is sent twice
 * and percent-encoded once.
 */
final class ShortText {

  private static final int MAX_BYTES = 2100;

  private ShortText() {}

  /** At most 2100 bytes of UTF-8, cut between characters. */
  static String utf8(String text) {
    StringBuilder kept = new StringBuilder();
    int bytes = 0;
    for (int codePoint : text.codePoints().toArray()) {
      String character = Character.toString(codePoint);
      bytes += character.getBytes(StandardCharsets.UTF_8).length;
      if (bytes > MAX_BYTES) {
        return kept.toString();
      }
      kept.append(character);
    }
    return kept.toString();
  }

  /** At most 2100 printable ASCII characters; every other character becomes a question mark. */
  static String ascii(String text) {
    StringBuilder kept = new StringBuilder();
    text.codePoints()
        .limit(MAX_BYTES)
        .forEach(codePoint -> kept.append(isPrintable(codePoint) ? (char) codePoint : '?'));
    return kept.toString();
  }

  private static boolean isPrintable(int codePoint) {
    return codePoint >= ' ' && codePoint <= '~';
  }
}
