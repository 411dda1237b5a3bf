package io.sallyport.connect.server.gate;

import java.util.HashMap;
import java.util.Map;

/**
 * How many calls of nobody known wait for their answer. What such a call sends stays in memory
 * until it ends, so there are few of them; more are answered at once. Safe for threads.
 */
final class WaitingStrangers {

  private static final int MOST = 32;

  private static final int MOST_PER_ADDRESS = 4;

  private final Map<String, Integer> byAddress = new HashMap<>();
  private int all;

  /** Whether one more may wait; if so, it does, and is to {@link #leave}. */
  synchronized boolean enter(String address) {
    int own = byAddress.getOrDefault(address, 0);
    if (all >= MOST || own >= MOST_PER_ADDRESS) {
      return false;
    }
    byAddress.put(address, own + 1);
    all++;
    return true;
  }

  /** One that waited has its answer. */
  synchronized void leave(String address) {
    byAddress.computeIfPresent(address, (same, count) -> count > 1 ? count - 1 : null);
    all--;
  }
}
