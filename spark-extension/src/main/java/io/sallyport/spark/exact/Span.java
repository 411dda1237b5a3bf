package io.sallyport.spark.exact;

import io.sallyport.spark.relation.Modulo;
import java.util.HashMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * The vectors that are linear combinations of some others, over the field of a large prime: what is
 * independent there is independent over the rational numbers. For long vectors of which little is
 * not zero.
 */
final class Span {

  /** By their first position, where each has a one. */
  private final Map<Integer, NavigableMap<Integer, Long>> basis = new HashMap<>();

  /**
   * Whether the vector was not in the span before.
   *
   * @param vector from 0 to the prime; zeros are left out
   */
  boolean add(Map<Integer, Long> vector) {
    NavigableMap<Integer, Long> rest = reduced(vector);
    if (rest.isEmpty()) {
      return false;
    }
    long inverse = Modulo.inverse(rest.firstEntry().getValue());
    rest.replaceAll((position, value) -> Modulo.times(value, inverse));
    basis.put(rest.firstKey(), rest);
    return true;
  }

  private NavigableMap<Integer, Long> reduced(Map<Integer, Long> vector) {
    NavigableMap<Integer, Long> rest = new TreeMap<>(vector);
    Map.Entry<Integer, Long> next = rest.firstEntry();
    while (next != null) {
      NavigableMap<Integer, Long> pivot = basis.get(next.getKey());
      if (pivot != null) {
        long factor = Modulo.minus(next.getValue());
        pivot.forEach(
            (position, value) -> {
              long sum = Modulo.plusTimes(rest.getOrDefault(position, 0L), factor, value);
              if (sum == 0) {
                rest.remove(position);
              } else {
                rest.put(position, sum);
              }
            });
      }
      next = rest.higherEntry(next.getKey());
    }
    return rest;
  }
}
