package io.sallyport.examples.benchmark;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;

/**
 * Wall times of several candidates. They take turns, so that what else the machine does meets all
 * of them; the first rounds only warm up.
 */
public final class Times {

  private final Map<String, Callable<?>> candidates = new LinkedHashMap<>();

  /** Adds a candidate. */
  public Times candidate(String name, Callable<?> work) {
    candidates.put(name, work);
    return this;
  }

  /** Median seconds of each candidate. */
  public Map<String, Double> medians(int warmUps, int rounds) throws Exception {
    Map<String, List<Long>> nanos = new LinkedHashMap<>();
    for (int round = 0; round < warmUps + rounds; round++) {
      for (Map.Entry<String, Callable<?>> candidate : candidates.entrySet()) {
        long start = System.nanoTime();
        candidate.getValue().call();
        long took = System.nanoTime() - start;
        if (round >= warmUps) {
          nanos.computeIfAbsent(candidate.getKey(), name -> new ArrayList<>()).add(took);
        }
      }
    }
    Map<String, Double> medians = new LinkedHashMap<>();
    nanos.forEach((name, times) -> medians.put(name, median(times) / 1e9));
    return medians;
  }

  private static double median(List<Long> times) {
    List<Long> sorted = times.stream().sorted().toList();
    int middle = sorted.size() / 2;
    return sorted.size() % 2 == 1
        ? sorted.get(middle)
        : (sorted.get(middle - 1) + sorted.get(middle)) / 2.0;
  }
}
