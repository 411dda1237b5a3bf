package io.sallyport.connect.server.gate;

import java.util.List;
import java.util.function.Predicate;

/**
 * What Spark itself holds and runs at this moment, whatever anybody was told: the truth that quotas
 * are counted by.
 */
interface LiveState {

  /** The sessions that are open. */
  List<HeldSession> sessions();

  /** Ends a session and all that runs in it; nothing happens when it is not open. */
  void endSession(String principal, String session);

  /**
   * Tells of operations whether they run, as of now: a thread of theirs lives, or a task of theirs
   * waits or runs.
   */
  Predicate<OperationKey> running();

  /**
   * Cancels the jobs of an operation that has ended, or was ended, and none of another. Spark
   * cancels those that it knows of at that moment; one that is just being submitted runs on.
   */
  void cancelLeftOver(OperationKey operation);

  /** Interrupts an operation and forgets its results; nothing happens when there is none. */
  void endOperation(OperationKey operation);

  /**
   * Operations of the principal that have ended and whose results wait to be read, those that wait
   * longest without a reader first.
   */
  List<Unread> unread(String principal);

  /**
   * Results that wait.
   *
   * @param operation whose results
   * @param isAttached whether a call is reading them
   */
  record Unread(OperationKey operation, boolean isAttached) {}
}
