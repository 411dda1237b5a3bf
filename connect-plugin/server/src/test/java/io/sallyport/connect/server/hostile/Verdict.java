package io.sallyport.connect.server.hostile;

import java.util.Locale;

/** What became of an attack. */
enum Verdict {
  /** Refused, and nothing ran. */
  DENIED,
  /** Answered or cut off within a bound that has a name. */
  BOUNDED,
  /** It got what it was after. */
  BYPASSED,
  /** The server is gone, or answers nobody. */
  KILLED;

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
