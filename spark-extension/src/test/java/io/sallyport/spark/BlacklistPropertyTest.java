package io.sallyport.spark;

import static org.assertj.core.api.Assertions.assertThat;

import io.sallyport.spark.RandomQuery.Made;
import io.sallyport.spark.RandomQuery.Step;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A blacklisted value leaves in no column, whatever the query. Each random query runs over two
 * frames that differ in nothing but the blacklisted columns. Rows that are in both answers, by the
 * people that they are of, must be equal; an answer whose rows no secret has a part in must be
 * equal altogether, but for counts of secrets. Which rows there are, and counts, may depend on
 * secrets, as they may on any filter.
 */
final class BlacklistPropertyTest {

  @TempDir static Path directory;
  private static Port port;

  @BeforeAll
  static void open() {
    port = Port.openInterpreting(directory);
  }

  @AfterAll
  static void close() {
    port.close();
  }

  @Test
  void canary_leavesInNoColumn_andNothingElseIsWiped() {
    assertHolds(0, 80);
  }

  @Test
  @Tag("campaign")
  void canary_leavesInNoColumn_andNothingElseIsWiped_campaign() {
    assertHolds(1_000, 21_000);
  }

  /** The twin: a lineage that overlooks one kind of step is found out. */
  @ParameterizedTest
  @EnumSource
  void lineage_thatOverlooksAStep_isFound(Step overlooked) {
    Optional<String> found =
        LongStream.range(0, 3_000)
            .mapToObj(RandomQuery::of)
            .filter(
                query ->
                    query.columns().stream()
                        .anyMatch(c -> c.isSecret() && !c.isSecretWithout(overlooked)))
            .limit(40)
            .map(query -> problem(query, plain(query, c -> c.isSecretWithout(overlooked))))
            .flatMap(Optional::stream)
            .findFirst();
    assertThat(found).isPresent();
  }

  private static void assertHolds(long from, long to) {
    for (long seed = from; seed < to; seed++) {
      RandomQuery query = RandomQuery.of(seed);
      List<List<Row>> answers =
          List.of(
              port.as(Port.LEE, named(query, "secrets_a")),
              port.as(Port.LEE, named(query, "secrets_b")));
      assertThat(problem(query, answers))
          .as("seed %d: %s", seed, named(query, "secrets_a"))
          .isEmpty();
      if (seed % 10 == 0) {
        assertThat(texts(query, answers.get(0)))
            .as("seed %d, what is not secret: %s", seed, named(query, "secrets_a"))
            .isEqualTo(texts(query, plain(query, Made::isSecret).get(0)));
      }
    }
  }

  /** What Spark answers, the columns that a lineage takes for secret wiped. */
  private static List<List<Row>> plain(RandomQuery query, Predicate<Made> isSecret) {
    int keys = query.aggregated() ? 0 : 3;
    List<List<Row>> answers = new ArrayList<>();
    for (String frame : List.of("raw_secrets_a", "raw_secrets_b")) {
      List<Row> wiped = new ArrayList<>();
      for (Row row : port.plain(named(query, frame))) {
        Object[] values = new Object[row.length()];
        for (int i = 0; i < values.length; i++) {
          Made column = i < keys ? null : query.columns().get(i - keys);
          boolean secret = column != null && isSecret.test(column);
          values[i] = secret ? (column.text() ? "*" : null) : row.get(i);
        }
        wiped.add(org.apache.spark.sql.RowFactory.create(values));
      }
      answers.add(wiped);
    }
    return answers;
  }

  private static Optional<String> problem(RandomQuery query, List<List<Row>> answers) {
    for (List<Row> answer : answers) {
      for (Row row : answer) {
        String text = row.toString().toLowerCase(Locale.ROOT);
        if (text.contains("cana") || text.contains("kana")) {
          return Optional.of("a canary: " + row);
        }
      }
    }
    if (query.aggregated() || query.peopleAreWiped()) {
      return query.rowsDependOnSecrets()
          ? Optional.empty()
          : differs(texts(query, answers.get(0)), texts(query, answers.get(1)));
    }
    Map<String, String> first = byPeople(answers.get(0));
    Map<String, String> second = byPeople(answers.get(1));
    if (!query.rowsDependOnSecrets() && !first.keySet().equals(second.keySet())) {
      return Optional.of("other rows");
    }
    return first.entrySet().stream()
        .filter(row -> second.containsKey(row.getKey()))
        .filter(row -> !Objects.equals(row.getValue(), second.get(row.getKey())))
        .map(row -> row.getValue() + " is " + second.get(row.getKey()))
        .findFirst();
  }

  private static Optional<String> differs(List<String> first, List<String> second) {
    return first.equals(second) ? Optional.empty() : Optional.of(first + " is " + second);
  }

  private static Map<String, String> byPeople(List<Row> rows) {
    Map<String, String> byPeople = new HashMap<>();
    for (Row row : rows) {
      String people = row.get(0) + "/" + row.get(1) + "/" + row.get(2);
      byPeople.merge(people, row.toString(), (a, b) -> a.compareTo(b) < 0 ? a + b : b + a);
    }
    return byPeople;
  }

  /** The rows without what counts secrets, in the order of their texts. */
  private static List<String> texts(RandomQuery query, List<Row> rows) {
    int keys = query.aggregated() ? 0 : 3;
    return rows.stream()
        .map(
            row ->
                java.util.stream.IntStream.range(0, row.length())
                    .filter(i -> i >= keys || !query.peopleAreWiped())
                    .filter(i -> i < keys || !query.columns().get(i - keys).counts())
                    .mapToObj(i -> String.valueOf(row.get(i)))
                    .collect(Collectors.joining(" | ")))
        .sorted()
        .toList();
  }

  private static String named(RandomQuery query, String frame) {
    return query.sql().replace("%s", frame).replace("%%", "%");
  }
}
