package io.sallyport.spark.exact;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Whether each linear function of people's vectors is zero for everybody, or tells of enough
 * people.
 *
 * <p>A function that tells of fewer people is zero for each vector that enough people share, so
 * only what is left of the others beyond these counts, and so on. Where nothing is shared any more,
 * as many bases of what is left as people are enough, no two with a person in common, do as well: a
 * function that is not zero is not zero for somebody of each.
 */
final class SharedDirections {

  /** So many multiplications are spent; what takes more counts as telling of too few. */
  private static final long MOST_STEPS = 100_000_000L;

  private SharedDirections() {}

  /**
   * The positions in which something is left that a function may tell of too few people; none where
   * there is no such function.
   *
   * @param vectors how many people have which
   */
  static Set<Integer> beyond(Map<Map<Integer, Long>, Long> vectors, long least) {
    Span span = new Span();
    while (true) {
      Map<Map<Integer, Long>, Long> left = new HashMap<>();
      for (Map.Entry<Map<Integer, Long>, Long> one : vectors.entrySet()) {
        Map<Integer, Long> rest = span.rest(one.getKey());
        if (!rest.isEmpty()) {
          left.merge(rest, one.getValue(), Long::sum);
        }
        if (span.steps() > MOST_STEPS) {
          return positions(vectors.keySet());
        }
      }
      List<Map<Integer, Long>> shared =
          left.entrySet().stream()
              .filter(one -> one.getValue() >= least)
              .map(Map.Entry::getKey)
              .toList();
      if (shared.isEmpty()) {
        return left.isEmpty() || haveBases(left, least) ? Set.of() : positions(left.keySet());
      }
      shared.forEach(span::add);
    }
  }

  /** Whether so many bases can be found that have no person in common: the commonest come first. */
  private static boolean haveBases(Map<Map<Integer, Long>, Long> vectors, long bases) {
    Span all = new Span();
    long people = vectors.values().stream().mapToLong(Long::longValue).sum();
    for (Map<Integer, Long> vector : vectors.keySet()) {
      all.add(vector);
      if (all.size() > people / bases || all.steps() > MOST_STEPS / bases) {
        return false;
      }
    }
    Map<Map<Integer, Long>, Long> free = new HashMap<>(vectors);
    for (long i = 0; i < bases; i++) {
      if (!takeBasis(free, all.size())) {
        return false;
      }
    }
    return true;
  }

  /** Takes one person of each vector of a basis away, if there is a basis. */
  private static boolean takeBasis(Map<Map<Integer, Long>, Long> free, int rank) {
    Span basis = new Span();
    List<Map<Integer, Long>> commonest =
        free.entrySet().stream()
            .sorted(Map.Entry.<Map<Integer, Long>, Long>comparingByValue().reversed())
            .map(Map.Entry::getKey)
            .toList();
    for (Map<Integer, Long> vector : commonest) {
      if (basis.size() < rank && basis.add(vector)) {
        free.computeIfPresent(vector, (v, people) -> people > 1 ? people - 1 : null);
      }
    }
    return basis.size() == rank;
  }

  private static Set<Integer> positions(Set<Map<Integer, Long>> vectors) {
    Set<Integer> positions = new HashSet<>();
    vectors.forEach(vector -> positions.addAll(vector.keySet()));
    return positions;
  }
}
