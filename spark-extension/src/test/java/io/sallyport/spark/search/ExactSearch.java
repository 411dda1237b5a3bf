package io.sallyport.spark.search;

import io.sallyport.spark.RefusedException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.spark.sql.Row;

/** Asks random questions and judges what is released. */
final class ExactSearch {

  private final SearchPort port;
  private final Judge judge;
  private final List<String> findings = new ArrayList<>();
  private final Map<String, Integer> refusals = new TreeMap<>();
  private final Map<String, Integer> kinds = new TreeMap<>();
  private int asked;
  private int released;

  ExactSearch(SearchPort port) {
    this.port = port;
    this.judge = new Judge(port.plain());
  }

  /** Asks the questions of so many seeds about a database. */
  void ask(Database database, long from, long to) {
    for (long seed = from; seed < to; seed++) {
      ask(database, seed, new QuestionMaker(database, seed).next());
    }
  }

  private void ask(Database database, long seed, Question question) {
    asked++;
    List<Row> rows;
    try {
      rows = port.ask(question.sql());
    } catch (RefusedException refused) {
      refusals.merge(refused.refusal().code().name(), 1, Integer::sum);
      return;
    } catch (RuntimeException | AssertionError failure) {
      note(database, seed, question, List.of(failed(failure)));
      return;
    }
    released++;
    note(database, seed, question, judge.violations(database, question, rows));
  }

  private static Violation failed(Throwable failure) {
    return new Violation("failed", String.valueOf(failure), Set.of());
  }

  private void note(Database database, long seed, Question question, List<Violation> violations) {
    if (violations.isEmpty()) {
      return;
    }
    violations.stream()
        .map(Violation::what)
        .distinct()
        .forEach(w -> kinds.merge(w, 1, Integer::sum));
    StringBuilder text =
        new StringBuilder(
            "database %d (k = %d%s), question %d: %s"
                .formatted(
                    database.seed(),
                    database.k(),
                    database.suppress() ? ", suppress" : "",
                    seed,
                    question.sql()));
    for (Violation violation : violations) {
      text.append(
          "%n    %s: %s of people %s"
              .formatted(violation.what(), violation.detail(), violation.people()));
    }
    findings.add(text.toString());
  }

  /** What was found, question by question. */
  List<String> findings() {
    return findings;
  }

  int released() {
    return released;
  }

  String figures() {
    return "asked %d, released %d, refused %d %s, with violations %d %s"
        .formatted(
            asked,
            released,
            refusals.values().stream().mapToInt(Integer::intValue).sum(),
            refusals,
            findings.size(),
            kinds);
  }
}
