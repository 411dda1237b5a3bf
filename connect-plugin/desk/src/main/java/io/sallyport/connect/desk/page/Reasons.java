package io.sallyport.connect.desk.page;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Why a request is rejected: a short list, so that analysts learn what passes. */
public final class Reasons {

  /** Words by key; the last one says nothing by itself. */
  static final Map<String, String> ALL = all();

  private static final String OTHER = "other";

  private Reasons() {}

  /**
   * The reason as the analyst will read it; empty when none was given.
   *
   * @param key which of the list
   * @param words the decider's own
   */
  public static Optional<String> of(String key, String words) {
    String own = words.strip();
    if (!ALL.containsKey(key) || (key.equals(OTHER) && own.isEmpty())) {
      return Optional.empty();
    }
    if (key.equals(OTHER)) {
      return Optional.of(own);
    }
    return Optional.of(ALL.get(key) + (own.isEmpty() ? "" : ": " + own));
  }

  private static Map<String, String> all() {
    Map<String, String> all = new LinkedHashMap<>();
    all.put("few", "Some numbers are about too few people");
    all.put("person", "It may point to single people");
    all.put("purpose", "It is not needed for the purpose");
    all.put("difference", "Together with earlier answers it tells about few people");
    all.put("coarser", "A coarser question would do: fewer columns, rows or groups");
    all.put(OTHER, "Another reason");
    return Collections.unmodifiableMap(all);
  }
}
