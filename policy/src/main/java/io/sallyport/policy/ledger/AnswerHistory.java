package io.sallyport.policy.ledger;

import static java.util.Objects.requireNonNull;

import io.sallyport.policy.frame.FrameName;
import io.sallyport.policy.frame.PolicySet;
import io.sallyport.policy.store.Row;
import io.sallyport.policy.store.Store;
import io.sallyport.policy.store.StoredTime;
import io.sallyport.policy.store.Transaction;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;

/**
 * Every governed answer that left, for those who decide on the next one. Safe for threads, and for
 * several servers on one database.
 *
 * <p>Guarantee: an answer is found by its data, not by a name: under every name that its frames
 * ever had, and under every other frame whose rows are at the same place.
 *
 * <p>Every method throws {@link io.sallyport.policy.audit.StoreUnavailableException} when the store
 * does not answer.
 */
public final class AnswerHistory {
  private final Store store;

  /** The history in this store. */
  public AnswerHistory(Store store) {
    this.store = requireNonNull(store, "store");
  }

  /**
   * What a principal already has.
   *
   * @param count how many answers
   * @param newest the newest of them, the newest first
   */
  public record Earlier(long count, List<GivenAnswer> newest) {
    public Earlier {
      newest = List.copyOf(newest);
    }
  }

  /** Remembers an answer; when it returns, that survives a crash. */
  public void given(GivenAnswer answer, PolicySet policies) {
    store.inTransaction(
        transaction -> {
          write(transaction, answer, policies);
          return answer;
        });
  }

  /** What the principal already has that is about the data of these frames. */
  public Earlier about(
      String principal, Collection<FrameName> frames, PolicySet policies, int newest) {
    return store.inTransaction(
        transaction -> {
          Links links = Links.read(transaction);
          Set<String> subjects = new TreeSet<>();
          for (FrameName name : frames) {
            subjects.add(Links.frame(name));
            policies.frame(name).ifPresent(frame -> subjects.addAll(links.all(frame)));
          }
          return read(transaction, principal, new ArrayList<>(subjects), newest);
        });
  }

  private static void write(Transaction transaction, GivenAnswer answer, PolicySet policies)
      throws SQLException {
    String id = UUID.randomUUID().toString();
    transaction.update(
        "INSERT INTO answer_given (id, principal, given_at, words, frames, row_count, request, cost)"
            + " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        id,
        answer.principal(),
        StoredTime.toMicros(answer.at()),
        answer.words(),
        answer.frames().stream().map(FrameName::value).toList(),
        answer.rows(),
        answer.request(),
        answer.cost());
    Set<String> subjects = new TreeSet<>();
    for (FrameName name : answer.frames()) {
      subjects.add(Links.frame(name));
      policies.frame(name).ifPresent(frame -> subjects.addAll(Links.own(frame)));
    }
    for (String subject : subjects) {
      transaction.update("INSERT INTO answer_subject (answer, subject) VALUES (?, ?)", id, subject);
    }
  }

  private static Earlier read(
      Transaction transaction, String principal, List<String> subjects, int newest)
      throws SQLException {
    String where =
        " FROM answer_given WHERE principal = ? AND id IN"
            + " (SELECT answer FROM answer_subject WHERE subject IN ("
            + String.join(", ", Collections.nCopies(subjects.size(), "?"))
            + "))";
    List<Object> arguments = new ArrayList<>();
    arguments.add(principal);
    arguments.addAll(subjects);
    long count =
        transaction
            .first(
                row -> row.number("given"), "SELECT COUNT(*) AS given" + where, arguments.toArray())
            .orElseThrow();
    arguments.add(newest);
    return new Earlier(
        count,
        transaction.query(
            AnswerHistory::answer,
            "SELECT *" + where + " ORDER BY given_at DESC FETCH FIRST ? ROWS ONLY",
            arguments.toArray()));
  }

  private static GivenAnswer answer(Row row) throws SQLException {
    return new GivenAnswer(
        row.time("given_at"),
        row.text("principal"),
        row.text("words"),
        row.texts("frames").stream().map(FrameName::of).toList(),
        row.number("row_count"),
        row.optionalText("request"),
        row.optionalText("cost"));
  }
}
