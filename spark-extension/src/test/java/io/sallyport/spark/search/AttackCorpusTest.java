package io.sallyport.spark.search;

import static org.assertj.core.api.Assertions.assertThat;

import io.sallyport.spark.RefusedException;
import java.util.List;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Questions that once singled somebody out, and others of their kinds: each is refused, or answered
 * with numbers that do not.
 */
final class AttackCorpusTest {

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

  static List<String> attacks() {
    return Corpus.lines("attacks.txt");
  }

  @ParameterizedTest
  @MethodSource("attacks")
  void attack_singlesNobodyOut(String line) {
    boolean none = line.startsWith("!");
    Database database = KnownPeople.database(line.contains("FROM q"));
    Question question = Corpus.question(port.plain(), database, none ? line.substring(1) : line);
    List<Row> released;
    try {
      released = port.ask(question.sql());
    } catch (RefusedException refused) {
      return;
    }
    assertThat(none ? released : List.of()).as("released").isEmpty();
    assertThat(new Judge(port.plain()).violations(database, question, released)).isEmpty();
  }
}
