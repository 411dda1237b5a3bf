package io.sallyport.policy.ledger;

import static java.util.Objects.requireNonNull;

import io.sallyport.policy.frame.FrameName;
import io.sallyport.policy.frame.PolicySet;
import io.sallyport.policy.store.Row;
import io.sallyport.policy.store.Store;
import io.sallyport.policy.store.StoredTime;
import io.sallyport.policy.store.Transaction;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
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
 * <p>Guarantees: the same answer of the same data is one, however often it leaves. An answer is
 * found by its data, not by a name: under every name that its frames ever had, and under every
 * other frame whose rows are at the same place.
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
   * @param count how many different answers
   * @param others how many of them are about data on which the reader does not decide
   * @param newest the newest of the rest, the newest first
   */
  public record Earlier(long count, long others, List<GivenAnswer> newest) {
    public Earlier {
      newest = List.copyOf(newest);
    }
  }

  /**
   * Remembers an answer; when it returns, that survives a crash. The same answer once more makes it
   * no second one.
   *
   * @param about what it was about: question, terms and data, in any words that differ when one
   *     does
   */
  public void given(GivenAnswer answer, String about, PolicySet policies) {
    String id = id(answer.principal(), about);
    store.inTransaction(
        transaction -> {
          if (!again(transaction, id, answer)) {
            write(transaction, id, answer, policies);
          }
          return answer;
        });
  }

  /**
   * What the principal already has that is about the data of these frames.
   *
   * @param own the frames on which the reader decides: what is about further data is only counted
   */
  public Earlier about(
      String principal,
      Collection<FrameName> frames,
      Collection<FrameName> own,
      PolicySet policies,
      int newest) {
    return store.inTransaction(
        transaction -> {
          Links links = Links.read(transaction);
          List<String> subjects = subjects(links, frames, policies);
          return read(transaction, principal, subjects, subjects(links, own, policies), newest);
        });
  }

  private static List<String> subjects(
      Links links, Collection<FrameName> frames, PolicySet policies) {
    Set<String> subjects = new TreeSet<>();
    for (FrameName name : frames) {
      subjects.add(Links.frame(name));
      policies.frame(name).ifPresent(frame -> subjects.addAll(links.all(frame)));
    }
    return new ArrayList<>(subjects);
  }

  private static String id(String principal, String about) {
    String whole = principal.length() + " " + principal + " " + about;
    return UUID.nameUUIDFromBytes(sha256(whole)).toString();
  }

  private static byte[] sha256(String text) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java platform has SHA-256", e);
    }
  }

  private static boolean again(Transaction transaction, String id, GivenAnswer answer)
      throws SQLException {
    return transaction.update(
            "UPDATE answer_given SET times = times + 1, given_at = ?,"
                + " request = COALESCE(CAST(? AS VARCHAR(32)), request),"
                + " cost = COALESCE(CAST(? AS TEXT), cost) WHERE id = ?",
            StoredTime.toMicros(answer.at()),
            answer.request(),
            answer.cost(),
            id)
        > 0;
  }

  private static void write(
      Transaction transaction, String id, GivenAnswer answer, PolicySet policies)
      throws SQLException {
    int written =
        transaction.update(
            "INSERT INTO answer_given (id, principal, given_at, words, frames, row_count, request, cost)"
                + " VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING",
            id,
            answer.principal(),
            StoredTime.toMicros(answer.at()),
            answer.words(),
            answer.frames().stream().map(FrameName::value).toList(),
            answer.rows(),
            answer.request(),
            answer.cost());
    if (written == 0) { // another server gave it at the same time
      boolean unused = again(transaction, id, answer);
      return;
    }
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
      Transaction transaction,
      String principal,
      List<String> subjects,
      List<String> own,
      int newest)
      throws SQLException {
    String where =
        " FROM answer_given WHERE principal = ? AND id IN"
            + " (SELECT answer FROM answer_subject WHERE subject IN "
            + places(subjects)
            + ")";
    List<Object> arguments = new ArrayList<>();
    arguments.add(principal);
    arguments.addAll(subjects);
    long count = count(transaction, where, arguments);
    if (own.isEmpty()) {
      return new Earlier(count, count, List.of());
    }
    String readable =
        where
            + " AND id NOT IN (SELECT answer FROM answer_subject WHERE subject NOT IN "
            + places(own)
            + ")";
    arguments.addAll(own);
    long mine = count(transaction, readable, arguments);
    arguments.add(newest);
    return new Earlier(
        count,
        count - mine,
        transaction.query(
            AnswerHistory::answer,
            "SELECT *" + readable + " ORDER BY given_at DESC FETCH FIRST ? ROWS ONLY",
            arguments.toArray()));
  }

  private static String places(List<String> subjects) {
    return "(" + String.join(", ", Collections.nCopies(subjects.size(), "?")) + ")";
  }

  private static long count(Transaction transaction, String where, List<Object> arguments)
      throws SQLException {
    return transaction
        .first(row -> row.number("given"), "SELECT COUNT(*) AS given" + where, arguments.toArray())
        .orElseThrow();
  }

  private static GivenAnswer answer(Row row) throws SQLException {
    return new GivenAnswer(
        row.time("given_at"),
        row.text("principal"),
        row.text("words"),
        row.texts("frames").stream().map(FrameName::of).toList(),
        row.number("row_count"),
        row.optionalText("request"),
        row.optionalText("cost"),
        row.number("times"));
  }
}
