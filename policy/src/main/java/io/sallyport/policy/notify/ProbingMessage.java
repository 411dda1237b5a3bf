package io.sallyport.policy.notify;

import java.util.Locale;

/** What a webhook says about somebody who probes: these five values and nothing else. */
record ProbingMessage(Probing probing) implements Told {

  @Override
  public String json() {
    boolean isKnown = probing.pattern() == Probing.Pattern.REFUSALS;
    return "{\"event\":\"probing."
        + probing.pattern().name().toLowerCase(Locale.ROOT)
        + (isKnown ? "\",\"principal\":" : "\",\"address\":")
        + Json.string(probing.who())
        + ",\"count\":"
        + probing.count()
        + ",\"frames\":"
        + Json.strings(probing.frames())
        + ",\"seenAt\":"
        + Json.string(probing.seenAt().toString())
        + "}";
  }

  @Override
  public String about() {
    return "probing by " + probing.who();
  }
}
