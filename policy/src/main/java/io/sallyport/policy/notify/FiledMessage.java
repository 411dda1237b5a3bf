package io.sallyport.policy.notify;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.List;

/**
 * What a webhook says about a new request: these four values and nothing else.
 *
 * @param request the request's id
 * @param principal who asks
 * @param frames the names of the frames it is about
 * @param filedAt when
 */
record FiledMessage(String request, String principal, List<String> frames, Instant filedAt)
    implements Told {
  FiledMessage {
    requireNonNull(request, "request");
    requireNonNull(principal, "principal");
    frames = List.copyOf(frames);
    requireNonNull(filedAt, "filedAt");
  }

  @Override
  public String json() {
    return "{\"event\":\"request.filed\",\"request\":"
        + Json.string(request)
        + ",\"principal\":"
        + Json.string(principal)
        + ",\"frames\":"
        + Json.strings(frames)
        + ",\"filedAt\":"
        + Json.string(filedAt.toString())
        + "}";
  }

  @Override
  public String about() {
    return "request " + request;
  }
}
