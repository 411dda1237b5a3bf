package io.sallyport.spark.search;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * No exact answer to a random question singles anybody out, and each is what plain Spark says. The
 * questions are made with the ways by which answers did so before.
 */
final class ExactSearchTest {

  private static final int DATABASES = 10;

  @Test
  void noAnswerSinglesAnybodyOut() {
    assertNothingFound(0, Integer.getInteger("search.questions", 5));
  }

  static LongStream slices() {
    return LongStream.range(1, 101);
  }

  /** A hundred times ten databases, a hundred questions about each. */
  @ParameterizedTest
  @MethodSource("slices")
  @Tag("campaign")
  void noAnswerSinglesAnybodyOut_campaign(long slice) {
    assertNothingFound(slice, 100);
  }

  private static void assertNothingFound(long slice, int questions) {
    List<Database> databases = new ArrayList<>();
    for (int i = 0; i < DATABASES; i++) {
      databases.add(SmallPeople.database(slice * DATABASES + i, i));
    }
    try (SearchPort port = SearchPort.open(databases)) {
      ExactSearch search = new ExactSearch(port);
      databases.forEach(database -> search.ask(database, 0, questions));
      System.out.println("Slice " + slice + ": " + search.figures());
      assertThat(search.findings()).as(search.figures()).isEmpty();
      assertThat(search.released()).as(search.figures()).isGreaterThan(DATABASES * questions / 10);
    }
  }
}
