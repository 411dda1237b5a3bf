package io.sallyport.policy.audit;

import java.util.List;
import java.util.function.Predicate;

/**
 * The record of every question and what became of it. Nothing is ever changed or taken away.
 *
 * <p>Implementations are safe for threads.
 */
public interface AuditLog extends AutoCloseable {

  /**
   * Records; when it returns, the record survives a crash.
   *
   * @throws StoreUnavailableException when it is not certain that the record is kept; what was to
   *     be shown must then not be shown
   */
  void append(AuditRecord record);

  /**
   * The newest entries, at most {@code limit}, oldest first.
   *
   * @throws StoreUnavailableException when they cannot be read
   */
  default List<AuditEntry> read(int limit) {
    return read(limit, record -> true);
  }

  /**
   * The newest entries of some kind, at most {@code limit}, oldest first. What is of another kind
   * does not count, however much of it there is.
   *
   * @throws StoreUnavailableException when they cannot be read
   */
  List<AuditEntry> read(int limit, Predicate<AuditRecord> wanted);

  @Override
  void close();
}
