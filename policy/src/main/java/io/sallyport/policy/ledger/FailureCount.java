package io.sallyport.policy.ledger;

import static java.util.Objects.requireNonNull;

import io.sallyport.policy.frame.FrameName;
import io.sallyport.policy.store.Store;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * How many questions of a principal about a frame failed after data were read, since an owner last
 * cleared them. Whether a question fails may depend on a row, so nobody may try that often.
 *
 * <p>Durable, and safe for several servers on one database. Every method throws {@link
 * io.sallyport.policy.audit.StoreUnavailableException} when the store does not answer.
 */
public final class FailureCount {

  /** After so many a principal waits for the owner. */
  public static final int MOST = 3;

  private final Store store;
  private final InstantSource clock;

  /** The count in this store. */
  public FailureCount(Store store, InstantSource clock) {
    this.store = requireNonNull(store, "store");
    this.clock = requireNonNull(clock, "clock");
  }

  /** One question about these frames failed. */
  public void add(String principal, Collection<FrameName> frames) {
    String operation = UUID.randomUUID().toString();
    store.inTransaction(
        transaction -> {
          for (FrameName frame : frames) {
            transaction.update(
                "INSERT INTO question_failure (operation, principal, frame, failed_at)"
                    + " VALUES (?, ?, ?, ?)",
                operation,
                principal,
                frame.value(),
                clock.instant());
          }
          return frames.size();
        });
  }

  /** The first of the frames for which the principal waits, if there is one. */
  public Optional<FrameName> waitsFor(String principal, Collection<FrameName> frames) {
    return store.inTransaction(
        transaction -> {
          List<String> full =
              transaction.query(
                  row -> row.text("frame"),
                  "SELECT frame FROM question_failure WHERE principal = ? AND cleared_by IS NULL"
                      + " GROUP BY frame HAVING count(*) >= ?",
                  principal,
                  MOST);
          return frames.stream().filter(frame -> full.contains(frame.value())).findFirst();
        });
  }

  /**
   * Lets a principal ask about these frames again.
   *
   * @param by who clears
   * @return how many failures counted until now
   */
  public int clear(String principal, Collection<FrameName> frames, String by) {
    return store.inTransaction(
        transaction -> {
          int cleared = 0;
          for (FrameName frame : frames) {
            cleared +=
                transaction.update(
                    "UPDATE question_failure SET cleared_by = ?"
                        + " WHERE principal = ? AND frame = ? AND cleared_by IS NULL",
                    by,
                    principal,
                    frame.value());
          }
          return cleared;
        });
  }
}
