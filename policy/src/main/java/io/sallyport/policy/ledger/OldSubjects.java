package io.sallyport.policy.ledger;

import io.sallyport.policy.store.Transaction;
import java.sql.SQLException;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Charges from before places had one name each are remembered under what owners wrote. They are
 * remembered under the place's name as well from now on.
 */
final class OldSubjects {
  private static final Pattern OF_SOURCE = Pattern.compile("((?:of [^ ]+ )?source:)(.*)");

  private OldSubjects() {}

  static void respell(Transaction transaction) throws SQLException {
    for (String subject :
        transaction.query(
            row -> row.text("subject"),
            "SELECT DISTINCT subject FROM budget_subject"
                + " WHERE subject LIKE 'source:%' OR subject LIKE 'of % source:%'")) {
      Matcher matcher = OF_SOURCE.matcher(subject);
      if (matcher.matches()) {
        for (String name : missing(matcher.group(2))) {
          copy(transaction, subject, matcher.group(1) + name);
        }
      }
    }
  }

  /** Whether the text was a table or a path is not known any more, so it counts as both. */
  private static Set<String> missing(String written) {
    Set<String> names = new TreeSet<>(SourcePlace.ofPath(written));
    if (names.contains(written) || written.startsWith("table:")) {
      return Set.of();
    }
    names.add(SourcePlace.ofTable(written));
    return names;
  }

  private static void copy(Transaction transaction, String from, String to) throws SQLException {
    transaction.update(
        "INSERT INTO budget_subject (subject, operation)"
            + " SELECT CAST(? AS VARCHAR(2000)), old.operation FROM budget_subject old"
            + " WHERE old.subject = ? AND NOT EXISTS (SELECT 1 FROM budget_subject named"
            + " WHERE named.subject = ? AND named.operation = old.operation)",
        to,
        from,
        to);
  }
}
