package io.sallyport.policy.request;

import io.sallyport.policy.store.Row;
import io.sallyport.policy.store.Store;
import io.sallyport.policy.store.Transaction;
import java.sql.SQLException;
import java.util.List;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * Stores from before results had keyed names hold the plain SHA-256 of each result, which is a
 * dictionary of results for whoever reads it. They get the names that they would be given now; what
 * was approved stays approved.
 */
public final class PlainResultHashes {
  private static final int AT_ONCE = 500;
  private static final List<String> TABLES = List.of("artifact", "approval_request");
  private static final Pattern PLAIN = Pattern.compile("[0-9a-f]{64}");

  private PlainResultHashes() {}

  /**
   * Renames every result that is named by a plain hash. Can be run again, and by two servers at
   * once.
   *
   * @param name from a plain hash to a keyed name
   */
  public static void rename(Store store, Function<String, String> name) {
    for (String table : TABLES) {
      String last = "";
      List<Named> some;
      do {
        String after = last;
        some = store.inTransaction(transaction -> rename(transaction, table, after, name));
        last = some.isEmpty() ? last : some.get(some.size() - 1).id();
      } while (some.size() == AT_ONCE);
    }
  }

  private record Named(String id, String hash) {}

  private static List<Named> rename(
      Transaction transaction, String table, String after, Function<String, String> name)
      throws SQLException {
    List<Named> some =
        transaction.query(
            (Row row) -> new Named(row.text("id"), row.text("result_hash")),
            "SELECT id, result_hash FROM "
                + table
                + " WHERE id > ? AND CHAR_LENGTH(result_hash) = 64 ORDER BY id LIMIT "
                + AT_ONCE,
            after);
    for (Named one : some) {
      if (PLAIN.matcher(one.hash()).matches()) {
        transaction.update(
            "UPDATE " + table + " SET result_hash = ? WHERE id = ? AND result_hash = ?",
            name.apply(one.hash()),
            one.id(),
            one.hash());
      }
    }
    return some;
  }
}
