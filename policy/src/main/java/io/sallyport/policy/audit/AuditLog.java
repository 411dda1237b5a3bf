package io.sallyport.policy.audit;

import java.util.List;
import java.util.Optional;
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

  /**
   * Why no record can be kept at the moment, in words for operators; empty when one can. Whoever
   * asks makes the log try again, so that it comes back without being asked to record anything.
   */
  default Optional<String> problem() {
    return Optional.empty();
  }

  @Override
  void close();
}
