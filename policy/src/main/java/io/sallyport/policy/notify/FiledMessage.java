package io.sallyport.policy.notify;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What a webhook says about a new request: these four values and nothing else.
 *
 * @param request the request's id
 * @param principal who asks
 * @param frames the names of the frames it is about
 * @param filedAt when
 */
record FiledMessage(String request, String principal, List<String> frames, Instant filedAt) {
  FiledMessage {
    requireNonNull(request, "request");
    requireNonNull(principal, "principal");
    frames = List.copyOf(frames);
    requireNonNull(filedAt, "filedAt");
  }

  /** One JSON object, in ASCII. */
  String json() {
    return "{\"event\":\"request.filed\",\"request\":"
        + string(request)
        + ",\"principal\":"
        + string(principal)
        + ",\"frames\":"
        + frames.stream().map(FiledMessage::string).collect(Collectors.joining(",", "[", "]"))
        + ",\"filedAt\":"
        + string(filedAt.toString())
        + "}";
  }

  private static String string(String text) {
    StringBuilder json = new StringBuilder("\"");
    text.chars()
        .forEach(
            c -> {
              if (c == '"' || c == '\\') {
                json.append('\\').append((char) c);
              } else if (c >= ' ' && c <= '~') {
                json.append((char) c);
              } else {
                json.append(String.format("\\u%04x", c));
              }
            });
    return json.append('"').toString();
  }
}
