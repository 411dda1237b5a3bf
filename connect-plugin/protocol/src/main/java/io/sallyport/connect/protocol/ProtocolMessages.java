package io.sallyport.connect.protocol;

import com.google.protobuf.InvalidProtocolBufferException;
import java.util.Arrays;
import java.util.Set;

/**
 * Requests and their bytes, both ways.
 *
 * <p>Decoding is strict: it takes the very bytes that {@link #encode} writes and no others, so
 * unknown fields, fields sent twice, other orders, longer encodings and trailing bytes are refused
 * with an {@link IllegalArgumentException}. Nothing else is ever thrown, and its text never quotes
 * what was sent.
 */
public final class ProtocolMessages {

  /** What the type URL of every request begins with; its message's name follows. */
  public static final String TYPE_URL_PREFIX = "sallyport.io/v1/";

  /** The longest request: a relation and a justification as long as they may be, and their tags. */
  private static final int MAX_BYTES =
      Bounds.MAX_RELATION_BYTES + 3 * Bounds.MAX_JUSTIFICATION + 16;

  private ProtocolMessages() {}

  /** The type URLs of all requests. */
  public static Set<String> typeUrls() {
    return Readers.BY_TYPE_URL.keySet();
  }

  /** The type URL under which a request travels. */
  public static String typeUrl(Request request) {
    return TYPE_URL_PREFIX + request.accept(WireForm.INSTANCE).getDescriptorForType().getName();
  }

  /** The bytes of a request; equal requests have equal bytes. */
  public static byte[] encode(Request request) {
    return request.accept(WireForm.INSTANCE).toByteArray();
  }

  /**
   * The request that was encoded.
   *
   * @throws IllegalArgumentException for a type URL or bytes that {@link #typeUrl} and {@link
   *     #encode} do not give
   */
  public static Request decode(String typeUrl, byte[] value) {
    Readers.Reader reader = Readers.BY_TYPE_URL.get(typeUrl);
    if (reader == null) {
      throw new IllegalArgumentException("A request's type URL must be one of " + typeUrls());
    }
    if (value.length > MAX_BYTES) {
      throw new IllegalArgumentException("A request must have at most " + MAX_BYTES + " bytes");
    }
    try {
      Request request = reader.read(value);
      if (Arrays.equals(encode(request), value)) {
        return request;
      }
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalArgumentException("A request's bytes must be its encoded message", e);
    }
    throw new IllegalArgumentException("A request's bytes must be exactly what encoding it gives");
  }
}
