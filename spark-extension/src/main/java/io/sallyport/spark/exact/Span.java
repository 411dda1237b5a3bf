package io.sallyport.spark.exact;

import java.util.HashMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * The vectors of whole numbers that are linear combinations of some others, over the field of a
 * large prime: what is independent there is independent over the rational numbers.
 */
final class Span {

  /** The largest prime below 2^31. */
  private static final long PRIME = 2_147_483_647L;

  /** By their first position, where each has a one. */
  private final Map<Integer, NavigableMap<Integer, Long>> basis = new HashMap<>();

  private long steps;

  /** Whether the vector was not in the span before. */
  boolean add(Map<Integer, Long> vector) {
    NavigableMap<Integer, Long> rest = reduced(vector);
    if (rest.isEmpty()) {
      return false;
    }
    long inverse = power(rest.firstEntry().getValue(), PRIME - 2);
    rest.replaceAll((position, value) -> value * inverse % PRIME);
    basis.put(rest.firstKey(), rest);
    return true;
  }

  /** How many multiplications were needed so far. */
  long steps() {
    return steps;
  }

  /** The dimension of the span. */
  int size() {
    return basis.size();
  }

  /** What is left of a vector beyond the span, up to a factor; empty when it lies in it. */
  Map<Integer, Long> rest(Map<Integer, Long> vector) {
    NavigableMap<Integer, Long> rest = reduced(vector);
    if (!rest.isEmpty()) {
      long inverse = power(rest.firstEntry().getValue(), PRIME - 2);
      rest.replaceAll((position, value) -> value * inverse % PRIME);
    }
    return rest;
  }

  private NavigableMap<Integer, Long> reduced(Map<Integer, Long> vector) {
    NavigableMap<Integer, Long> rest = new TreeMap<>();
    vector.forEach(
        (position, value) -> {
          if (value % PRIME != 0) {
            rest.put(position, value % PRIME);
          }
        });
    Map.Entry<Integer, Long> next = rest.firstEntry();
    while (next != null) {
      NavigableMap<Integer, Long> pivot = basis.get(next.getKey());
      if (pivot != null) {
        steps += pivot.size();
        long factor = PRIME - next.getValue();
        pivot.forEach(
            (position, value) -> {
              long sum = (rest.getOrDefault(position, 0L) + factor * value) % PRIME;
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

  private static long power(long base, long exponent) {
    long result = 1;
    long square = base % PRIME;
    for (long rest = exponent; rest > 0; rest >>= 1) {
      if ((rest & 1) == 1) {
        result = result * square % PRIME;
      }
      square = square * square % PRIME;
    }
    return result;
  }
}
