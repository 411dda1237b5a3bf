package io.sallyport.spark.search;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Questions that people ask, and that single nobody out: all are answered, as plain Spark does. */
final class InnocentQuestionsTest {

  private static SearchPort port;

  @BeforeAll
  static void open() {
    port = SearchPort.open(List.of(KnownPeople.database(false)), KnownPeople.policies());
  }

  @AfterAll
  static void close() {
    if (port != null) {
      port.close();
    }
  }

  static List<String> questions() {
    return Corpus.lines("innocent.txt");
  }

  @ParameterizedTest
  @MethodSource("questions")
  void innocentQuestion_isAnswered(String sql) {
    PlainSpark.Prepared plain = port.plain().prepare(KnownPeople.database(false), sql);

    assertThat(Cells.of(plain.columns(), Judge.values(port.ask(sql))))
        .usingEquals(Cells::same)
        .isEqualTo(Cells.of(plain.columns(), plain.whole()));
  }
}
