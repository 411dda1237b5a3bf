package io.sallyport.connect.server.gate;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** Sets that remember a bounded number of ids, those that were added last. */
final class RecentIds {

  private RecentIds() {}

  /** A new set. Safe for threads. */
  static Set<String> upTo(int most) {
    return Collections.synchronizedSet(
        Collections.newSetFromMap(
            new LinkedHashMap<>() {
              private static final long serialVersionUID = 1L;

              @Override
              protected boolean removeEldestEntry(Map.Entry<String, Boolean> eldest) {
                return size() > most;
              }
            }));
  }
}
