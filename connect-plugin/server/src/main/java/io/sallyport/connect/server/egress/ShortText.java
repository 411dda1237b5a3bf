package io.sallyport.connect.server.egress;

import java.nio.charset.StandardCharsets;
import java.util.function.IntUnaryOperator;

/**
 * Texts short enough for trailers, and the same for every client.
 *
 * <p>Clients accept 8 KiB of headers. A status's message is sent twice: percent-encoded as {@code
 * grpc-message}, where a byte outside of printable ASCII takes three, and in Base64 within {@code
 * grpc-status-details-bin}. PySpark compares the two and fails when they differ, so both are this
 * text, character by character.
 */
final class ShortText {

  private static final int LONGEST = 2100;

  private ShortText() {}

  /** What is sent as a status's message: at most 2100 bytes when percent-encoded. */
  static String message(String text) {
    return cut(text, LONGEST, point -> isPlain(point) ? 1 : 3 * bytes(point));
  }

  /** A text within JSON: at most {@code most} bytes there, cut between characters. */
  static String inJson(String text, int most) {
    return cut(text, most, point -> point == '"' || point == '\\' ? 2 : bytes(point));
  }

  private static String cut(String text, int most, IntUnaryOperator cost) {
    StringBuilder kept = new StringBuilder();
    int bytes = 0;
    for (int found : text.codePoints().toArray()) {
      int codePoint = isScalar(found) ? found : '?';
      bytes += cost.applyAsInt(codePoint);
      if (bytes > most) {
        return kept.toString();
      }
      kept.appendCodePoint(codePoint);
    }
    return kept.toString();
  }

  private static int bytes(int codePoint) {
    return Character.toString(codePoint).getBytes(StandardCharsets.UTF_8).length;
  }

  /** Printable ASCII, but for the percent sign, which percent-encoding encodes. */
  private static boolean isPlain(int codePoint) {
    return codePoint >= ' ' && codePoint <= '~' && codePoint != '%';
  }

  /** A lone surrogate has no UTF-8, and a control character no place in a header. */
  private static boolean isScalar(int codePoint) {
    return Character.getType(codePoint) != Character.SURROGATE
        && Character.getType(codePoint) != Character.CONTROL;
  }
}
