package io.sallyport.spark.exact;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** No linear function of people's vectors tells of somebody and of fewer than enough. */
final class SharedDirectionsTest {

  private static final int POSITIONS = 3;
  private static final int LARGEST = 3;

  private static Map<Integer, Long> vector(long... values) {
    Map<Integer, Long> vector = new HashMap<>();
    for (int i = 0; i < values.length; i++) {
      if (values[i] != 0) {
        vector.put(i, values[i]);
      }
    }
    return vector;
  }

  private static Map<Map<Integer, Long>, Long> people(Object... vectorsAndPeople) {
    Map<Map<Integer, Long>, Long> people = new HashMap<>();
    for (int i = 0; i < vectorsAndPeople.length; i += 2) {
      @SuppressWarnings("unchecked") // the vectors above
      Map<Integer, Long> vector = (Map<Integer, Long>) vectorsAndPeople[i];
      people.put(vector, ((Integer) vectorsAndPeople[i + 1]).longValue());
    }
    return people;
  }

  @Test
  void whatEnoughPeopleShare_tellsOfEnough() {
    assertThat(SharedDirections.beyond(people(vector(1, 0), 10, vector(0, 1), 10), 10)).isEmpty();
    assertThat(SharedDirections.beyond(Map.of(), 10)).isEmpty();
  }

  @Test
  void onePersonWithTwoRows_isFoundBesideNumbersOfRowsAndOfPeople() {
    // rows less people
    assertThat(SharedDirections.beyond(people(vector(1, 1), 400, vector(2, 1), 1), 10))
        .isNotEmpty();
    assertThat(SharedDirections.beyond(people(vector(1, 1), 400, vector(2, 1), 10), 10)).isEmpty();
  }

  @Test
  void whatIsLeftBeyondSharedDirections_countsPeopleOfAllKindsTogether() {
    assertThat(
            SharedDirections.beyond(
                people(vector(1, 0), 50, vector(1, 1), 4, vector(2, 1), 3, vector(0, 1), 3), 10))
        .isEmpty();
    assertThat(
            SharedDirections.beyond(
                people(vector(1, 0), 50, vector(1, 1), 4, vector(2, 1), 3, vector(0, 1), 2), 10))
        .containsExactly(1);
  }

  @Test
  void basesWithoutACommonPerson_areEnough() {
    // nine in one group alone, nine in the other, three in both
    assertThat(
            SharedDirections.beyond(people(vector(1, 0), 9, vector(0, 1), 9, vector(1, 1), 3), 10))
        .isEmpty();
    assertThat(
            SharedDirections.beyond(people(vector(1, 0), 9, vector(0, 1), 9, vector(1, 1), 1), 10))
        .containsExactlyInAnyOrder(0, 1);
  }

  /** Against every function with small coefficients, and those that a pair of people suggests. */
  @Test
  void randomPeople_againstAllFunctions() {
    Random random = new Random(20_261_129L);
    int allowed = 0;
    int refused = 0;
    for (int round = 0; round < 3000; round++) {
      int least = 2 + random.nextInt(4);
      Map<Map<Integer, Long>, Long> people = new HashMap<>();
      int kinds = 1 + random.nextInt(6);
      for (int i = 0; i < kinds; i++) {
        long[] values = random.longs(POSITIONS, 0, LARGEST).toArray();
        if (!vector(values).isEmpty()) {
          people.merge(vector(values), 1L + random.nextInt(2 * least), Long::sum);
        }
      }
      boolean isAllowed = SharedDirections.beyond(people, least).isEmpty();
      allowed += isAllowed ? 1 : 0;
      refused += isAllowed ? 0 : 1;
      if (isAllowed) {
        functions()
            .forEach(
                function -> {
                  long told = told(function, people);
                  assertThat(told == 0 || told >= least)
                      .as("%s tells of %d of %s", function, told, people)
                      .isTrue();
                });
      }
    }
    assertThat(allowed).isGreaterThan(500);
    assertThat(refused).isGreaterThan(500);
  }

  private static long told(List<Long> function, Map<Map<Integer, Long>, Long> people) {
    long told = 0;
    for (Map.Entry<Map<Integer, Long>, Long> one : people.entrySet()) {
      long sum = 0;
      for (Map.Entry<Integer, Long> part : one.getKey().entrySet()) {
        sum += function.get(part.getKey()) * part.getValue();
      }
      told += sum == 0 ? 0 : one.getValue();
    }
    return told;
  }

  /** A function that is zero for two kinds of people has coefficients up to 2 * 2 * 2 here. */
  private static List<List<Long>> functions() {
    List<List<Long>> functions = new ArrayList<>();
    for (long a = -8; a <= 8; a++) {
      for (long b = -8; b <= 8; b++) {
        for (long c = -8; c <= 8; c++) {
          functions.add(List.of(a, b, c));
        }
      }
    }
    return functions;
  }
}
