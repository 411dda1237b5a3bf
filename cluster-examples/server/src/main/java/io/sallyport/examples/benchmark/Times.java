package io.sallyport.examples.benchmark;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;

/**
 * Times of several candidates. They take turns, so that what else the machine does meets all of
 * them; the first rounds only warm up.
 */
public final class Times {

  private final Map<String, Callable<?>> candidates = new LinkedHashMap<>();

  /** Adds a candidate. */
  public Times candidate(String name, Callable<?> work) {
    candidates.put(name, work);
    return this;
  }

  /**
   * The medians of each candidate.
   *
   * @throws Exception when a candidate fails
   */
  public Map<String, Took> medians(int warmUps, int rounds) throws Exception {
    Map<String, List<Took>> all = new LinkedHashMap<>();
    for (int round = 0; round < warmUps + rounds; round++) {
      for (Map.Entry<String, Callable<?>> candidate : candidates.entrySet()) {
        Took start = Took.now();
        candidate.getValue().call();
        Took took = Took.now().since(start);
        if (round >= warmUps) {
          all.computeIfAbsent(candidate.getKey(), name -> new ArrayList<>()).add(took);
        }
      }
    }
    Map<String, Took> medians = new LinkedHashMap<>();
    all.forEach((name, several) -> medians.put(name, Took.median(several)));
    return medians;
  }
}
