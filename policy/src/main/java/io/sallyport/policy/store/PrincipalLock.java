package io.sallyport.policy.store;

import java.sql.SQLException;

/**
 * The right to change what one principal has, until the end of a transaction. Whoever counts
 * against a principal's limit and then adds takes it first, so that no two do so at once.
 */
public final class PrincipalLock {
  private PrincipalLock() {}

  /**
   * Waits for the principal's lock and takes it.
   *
   * @throws SQLException when it is not to be had in time
   */
  public static void acquire(Transaction transaction, String principal) throws SQLException {
    if (!isLocked(transaction, principal)) {
      transaction.update(
          "INSERT INTO principal_lock (principal) VALUES (?) ON CONFLICT DO NOTHING", principal);
      isLocked(transaction, principal);
    }
  }

  /** False when the principal has no row to be locked yet. */
  private static boolean isLocked(Transaction transaction, String principal) throws SQLException {
    return transaction
        .first(
            row -> row.text("principal"),
            "SELECT principal FROM principal_lock WHERE principal = ? FOR UPDATE",
            principal)
        .isPresent();
  }
}
