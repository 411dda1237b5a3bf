package io.sallyport.connect.desk.http;

import java.util.LinkedHashMap;
import java.util.Map;

/** The entries that were used last, a bounded number of them. Not safe for threads. */
final class LastUsed<K, V> extends LinkedHashMap<K, V> {
  private static final long serialVersionUID = 1L;

  private final int most;

  /**
   * @param most entries; of more, the one that was not used for longest goes
   */
  LastUsed(int most) {
    super(16, 0.75f, true);
    this.most = most;
  }

  @Override
  protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
    return size() > most;
  }
}
