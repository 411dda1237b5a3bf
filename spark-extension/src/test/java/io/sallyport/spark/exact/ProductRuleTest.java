package io.sallyport.spark.exact;

import static org.assertj.core.api.Assertions.assertThat;

import io.sallyport.spark.frequency.Frequencies;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Held against all constants that there are, for random people of one row each. */
final class ProductRuleTest {

  private static final int LEAST = 4;

  private static Frequencies column(long[] values, int most) {
    Frequencies column = new Frequencies(most);
    for (long value : values) {
      column.add(new Frequencies.Value(value, 0, 0));
    }
    return column;
  }

  private static Frequencies pair(long[] x, long[] y, int most) {
    Frequencies pair = new Frequencies(most);
    for (int i = 0; i < x.length; i++) {
      pair.add(new Frequencies.Value(x[i], y[i], 0));
    }
    return pair;
  }

  private static ProductRule rule(long[] x, long[] y, int most) {
    return new ProductRule(column(x, most), column(y, most), pair(x, y, most), x.length, false);
  }

  /** Whether against some constants few are left, where most people have one of them. */
  private static boolean singlesOut(long[]... columns) {
    int people = columns[0].length;
    return singlesOut(columns, new long[columns.length], 0, people);
  }

  private static boolean singlesOut(long[][] columns, long[] constants, int at, int people) {
    if (at == columns.length) {
      long off =
          IntStream.range(0, people)
              .filter(
                  i ->
                      IntStream.range(0, columns.length)
                          .allMatch(c -> columns[c][i] != constants[c]))
              .count();
      return off > 0 && off < LEAST && 2 * off < people;
    }
    for (long value : Arrays.stream(columns[at]).distinct().toArray()) {
      constants[at] = value;
      if (singlesOut(columns, constants, at + 1, people)) {
        return true;
      }
    }
    return false;
  }

  private static long[] random(Random random, int people) {
    int values = 1 + random.nextInt(random.nextInt(3) == 0 ? people : 3);
    boolean skewed = random.nextBoolean();
    return random
        .ints(people, 0, values)
        .mapToLong(v -> skewed && random.nextInt(4) > 0 ? 0 : v)
        .toArray();
  }

  @ParameterizedTest
  @ValueSource(ints = {100, 3})
  void whatSinglesOut_isNotAllowed(int most) {
    Random random = new Random(7);
    int allowed = 0;
    int refused = 0;
    for (int round = 0; round < 4_000; round++) {
      int people = LEAST + random.nextInt(40);
      long[] x = random(random, people);
      long[] y = random(random, people);
      boolean allows = rule(x, y, most).allows(LEAST);
      boolean isTold = singlesOut(x, y);
      if (allows) {
        assertThat(isTold).as("%s %s", List.of(x), List.of(y)).isFalse();
        allowed++;
      } else if (most == 100) {
        assertThat(isTold).as("refused for nothing").isTrue();
        refused++;
      }
    }
    assertThat(allowed).isGreaterThan(500);
    assertThat(refused).isGreaterThan(most == 100 ? 500 : -1);
  }

  @ParameterizedTest
  @ValueSource(ints = {100, 3})
  void whatSinglesOutInThree_isNotAllowed(int most) {
    Random random = new Random(8);
    int allowed = 0;
    for (int round = 0; round < 2_000; round++) {
      int people = LEAST + random.nextInt(40);
      long[] x = random(random, people);
      long[] y = random(random, people);
      long[] z = random(random, people);
      TripleRule triple =
          new TripleRule(
              List.of(column(x, most), column(y, most), column(z, most)),
              List.of(rule(x, y, most), rule(x, z, most), rule(y, z, most)));
      boolean pairs = triple.pairs().stream().allMatch(pair -> pair.allows(LEAST));
      if (pairs && triple.allows(LEAST)) {
        assertThat(singlesOut(x, y, z)).isFalse();
        allowed++;
      }
    }
    assertThat(allowed).isGreaterThan(100);
  }

  @Test
  void amountsOfFewPeople_passUntouched() {
    long[] x = IntStream.range(0, 5).mapToLong(i -> 100 + i).toArray();
    long[] y = IntStream.range(0, 5).mapToLong(i -> 900 - 7L * i).toArray();
    assertThat(rule(x, y, 13).allows(LEAST)).isTrue();
  }

  @Test
  void whoIsOffInTurn_isNotCounted() {
    Frequencies flags = new Frequencies(13);
    Frequencies both = new Frequencies(13);
    for (int i = 0; i < 40; i++) {
      flags.add(new Frequencies.Value(0, 0, i < 30 ? 0 : 1));
      both.add(new Frequencies.Value(0, 0, i < 30 ? 0 : 3));
    }
    assertThat(new ProductRule(flags, flags, both, 40, false).allows(LEAST)).isTrue();
    assertThat(new ProductRule(flags, flags, both, 40, true).allows(LEAST)).isFalse();
  }
}
