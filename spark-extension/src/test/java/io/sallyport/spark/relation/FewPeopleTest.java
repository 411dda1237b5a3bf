package io.sallyport.spark.relation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** No linear function of people's vectors tells of somebody and of fewer than enough. */
final class FewPeopleTest {

  private static final int LARGEST = 3;

  private static long[] vector(long... values) {
    return values;
  }

  private static List<long[]> people(Object... vectorsAndPeople) {
    List<long[]> people = new ArrayList<>();
    for (int i = 0; i < vectorsAndPeople.length; i += 2) {
      people.addAll(
          Collections.nCopies((Integer) vectorsAndPeople[i + 1], (long[]) vectorsAndPeople[i]));
    }
    return people;
  }

  private static VectorSketch sketch(List<long[]> people, int length, int least) {
    VectorSketch sketch = new VectorSketch(length, length, least);
    for (long[] one : people) {
      sketch.add(all(length), Arrays.stream(one).map(Modulo::of).toArray());
    }
    return sketch;
  }

  private static BitSet all(int length) {
    BitSet all = new BitSet();
    all.set(0, length);
    return all;
  }

  /** Whatever the function is. */
  private static BitSet strictly(List<long[]> people, int length, int least) {
    return FewPeople.positions(
        sketch(people, length, least), shape(length, least, VectorShape.Kind.ROWS));
  }

  /** Only what is no accident. */
  private static BitSet commonly(List<long[]> people, int length, int least) {
    return FewPeople.positions(
        sketch(people, length, least), shape(length, least, VectorShape.Kind.SUM));
  }

  /** Each number is of another column, and everybody has one. */
  private static VectorShape shape(int length, int least, VectorShape.Kind kind) {
    List<VectorShape.Position> positions = new ArrayList<>();
    List<VectorShape.Place> places = new ArrayList<>();
    for (int i = 0; i < length; i++) {
      positions.add(new VectorShape.Position(kind, i, -1, -1));
      places.add(new VectorShape.Place(-1, List.of(i)));
    }
    return new VectorShape(0, least, positions, places, Map.of());
  }

  @Test
  void whatEnoughPeopleShare_tellsOfEnough() {
    assertThat(strictly(people(vector(1, 0), 10, vector(0, 1), 10), 2, 10).isEmpty()).isTrue();
    assertThat(strictly(List.of(), 2, 10).isEmpty()).isTrue();
  }

  @Test
  void onePersonWithTwoRows_isFoundBesideNumbersOfRowsAndOfPeople() {
    // rows less people
    assertThat(strictly(people(vector(1, 1), 400, vector(2, 1), 1), 2, 10).cardinality())
        .isEqualTo(2);
    assertThat(strictly(people(vector(1, 1), 400, vector(2, 1), 10), 2, 10).isEmpty()).isTrue();
  }

  @Test
  void whatIsLeftBeyondSharedDirections_countsPeopleOfAllKindsTogether() {
    List<long[]> enough =
        people(vector(1, 0), 50, vector(1, 1), 4, vector(2, 1), 3, vector(0, 1), 3);
    assertThat(strictly(enough, 2, 10).isEmpty()).isTrue();
    assertThat(strictly(enough.subList(0, 59), 2, 10).stream().toArray()).containsExactly(1);
  }

  @Test
  void basesWithoutACommonPerson_areEnough() {
    // nine in one group alone, nine in the other, three in both
    assertThat(strictly(people(vector(1, 0), 9, vector(0, 1), 9, vector(1, 1), 3), 2, 10).isEmpty())
        .isTrue();
    assertThat(strictly(people(vector(1, 0), 9, vector(0, 1), 9, vector(1, 1), 0), 2, 10).isEmpty())
        .isFalse();
  }

  @Test
  void relationsOfNearlyAll_areNoAccidents() {
    List<long[]> sums = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      sums.add(vector(100 + 7 * i, 200 + 14 * i - (i == 7 ? 50 : 0), 3 + i * i % 17));
    }
    assertThat(commonly(sums, 3, 10).stream().toArray()).containsExactly(0, 1);
  }

  @Test
  void relationsOfFewPeople_areAccidents() {
    Random random = new Random(20_261_130L);
    for (int round = 0; round < 200; round++) {
      List<long[]> few = new ArrayList<>();
      for (int i = 0; i < 12; i++) {
        few.add(random.longs(5, 1, 1_000_000).toArray());
      }
      assertThat(commonly(few, 5, 10).isEmpty()).isTrue();
      assertThat(strictly(few, 5, 10).isEmpty()).isFalse();
    }
  }

  /** Nine people are off a relation of six of forty positions, among ten thousand. */
  @Test
  void relationAmongManyPositions_isFound() {
    Random random = new Random(20_261_131L);
    List<long[]> many = new ArrayList<>();
    for (int i = 0; i < 10_000; i++) {
      long[] one = random.longs(40, 0, 1000).toArray();
      one[37] = one[3] + 2 * one[5] - 3 * one[8] + one[11] - one[23] + (i < 9 ? 1 + i : 0);
      many.add(one);
    }
    Collections.shuffle(many, random);
    assertThat(commonly(many, 40, 10).stream().toArray()).containsExactly(3, 5, 8, 11, 23, 37);
    many.get(5000)[37]++;
    assertThat(commonly(many, 40, 10).isEmpty()).isTrue();
  }

  /**
   * A total, and all its parts but one: what is left is two numbers of twelve people, of whom six
   * have another value. However many people the others are, that is an accident.
   */
  @Test
  void whatIsLeftOfATotal_isOfThosePeopleAlone() {
    assertThat(leftOfTotal(6).isEmpty()).isTrue();
    assertThat(leftOfTotal(3).isEmpty()).isFalse();
  }

  /**
   * @param apart so many of the twelve have 30 for 20
   */
  private static BitSet leftOfTotal(int apart) {
    List<VectorShape.Position> positions = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      positions.add(
          i % 2 == 0
              ? VectorShape.Position.rows(-1)
              : new VectorShape.Position(VectorShape.Kind.SUM, 1, -1, -1));
    }
    List<VectorShape.Place> places =
        List.of(
            new VectorShape.Place(-1, List.of(0, 1)),
            new VectorShape.Place(-1, List.of(0, 1, 2, 3)));
    VectorShape shape = new VectorShape(0, 10, positions, places, Map.of());
    VectorSketch sketch = shape.emptySketch();
    for (int i = 0; i < 200; i++) {
      long minutes = 5 + i * 31L % 90;
      BitSet in = new BitSet();
      in.set(1);
      in.set(0, i < 12);
      long[] vector = vector(1, minutes, 1, minutes);
      if (i < 12) {
        vector[0]++;
        vector[1] += i < apart ? 30 : 20;
      }
      sketch.add(in, vector);
    }
    return FewPeople.positions(sketch, shape);
  }

  /** Whoever is left out of it, and however it is put together. */
  @Test
  void sketch_tellsOfEachFunctionWhatPeopleTell() {
    Random random = new Random(20_261_129L);
    for (int round = 0; round < 300; round++) {
      int least = 2 + random.nextInt(4);
      List<long[]> people = random(random, least);
      VectorSketch whole = new VectorSketch(3, 3, least);
      VectorSketch part = new VectorSketch(3, 3, least);
      for (long[] one : people) {
        (random.nextBoolean() ? whole : part).add(all(3), one.clone());
      }
      whole.merge(VectorSketch.of(3, 3, least, part.bytes()));
      assertThat(whole.vectors().size()).isLessThanOrEqualTo(3 * least);
      assertThat(whole.peopleIn(all(3))).isEqualTo(people.size());
      for (long[] function : functions()) {
        assertThat(Math.min(least, told(function, whole.vectors())))
            .isEqualTo(Math.min(least, told(function, people)));
      }
    }
  }

  /** Against every function with small coefficients. */
  @Test
  void randomPeople_againstAllFunctions() {
    Random random = new Random(20_261_129L);
    int allowed = 0;
    int refused = 0;
    for (int round = 0; round < 3000; round++) {
      int least = 2 + random.nextInt(4);
      List<long[]> people = random(random, least);
      boolean isAllowed = strictly(people, 3, least).isEmpty();
      allowed += isAllowed ? 1 : 0;
      refused += isAllowed ? 0 : 1;
      boolean tellsOfFew =
          functions().stream()
              .map(function -> told(function, people))
              .anyMatch(told -> told > 0 && told < least);
      assertThat(isAllowed).isEqualTo(!tellsOfFew);
    }
    assertThat(allowed).isGreaterThan(500);
    assertThat(refused).isGreaterThan(500);
  }

  private static List<long[]> random(Random random, int least) {
    List<long[]> people = new ArrayList<>();
    int kinds = 1 + random.nextInt(6);
    for (int i = 0; i < kinds; i++) {
      long[] values = random.longs(3, 0, LARGEST).toArray();
      people.addAll(Collections.nCopies(1 + random.nextInt(2 * least), values));
    }
    Collections.shuffle(people, random);
    return people;
  }

  private static long told(long[] function, List<long[]> people) {
    return people.stream()
        .filter(one -> function[0] * one[0] + function[1] * one[1] + function[2] * one[2] != 0)
        .count();
  }

  /** A function that is zero for two kinds of people has coefficients up to 2 * 2 * 2 here. */
  private static List<long[]> functions() {
    List<long[]> functions = new ArrayList<>();
    for (long a = -8; a <= 8; a++) {
      for (long b = -8; b <= 8; b++) {
        for (long c = -8; c <= 8; c++) {
          functions.add(vector(a, b, c));
        }
      }
    }
    return functions;
  }
}
