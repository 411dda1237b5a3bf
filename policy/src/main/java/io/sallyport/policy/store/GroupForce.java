package io.sallyport.policy.store;

import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Forces to disk what several transactions have committed in memory, together: whoever finds that a
 * force began after its own commit, and has ended, need not do another.
 *
 * <p>A transaction that only read waits as well while something may not be on disk that it has
 * seen: nobody acts on what a crash could take back.
 */
final class GroupForce {
  private final AtomicLong unforced = new AtomicLong();
  private final AtomicLong begun = new AtomicLong();
  private final Lock disk = new ReentrantLock();
  private long ended;

  /** A commit, or a force. */
  interface Step {
    void run() throws SQLException;
  }

  /** Commits, and forces what was committed. When that fails readers force it before they go on. */
  void commit(Step commit, Step force) throws SQLException {
    unforced.incrementAndGet();
    commit.run();
    together(force);
    unforced.decrementAndGet();
  }

  /** Ends a transaction that only read. */
  void commitReads(Step commit, Step force) throws SQLException {
    commit.run();
    if (unforced.get() > 0) {
      together(force);
    }
  }

  private void together(Step force) throws SQLException {
    long before = begun.get();
    disk.lock();
    try {
      if (ended <= before) {
        long number = begun.incrementAndGet();
        force.run();
        ended = number;
      }
    } finally {
      disk.unlock();
    }
  }
}
