package io.sallyport.connect.client;

import java.time.Duration;

/**
 * Is told how a call proceeds: in phases, never in rows, bytes or tasks, because those would tell
 * about data. Called when a phase begins and about once a second while it lasts, never by two
 * threads at once.
 */
@FunctionalInterface
public interface Progress {

  /** Where a call is. */
  enum Phase {
    /** The request is on its way. */
    SENT,
    /** The server computes. */
    RUNNING,
    /** The result is an artifact now. */
    STORED,
    /** The owners have been asked. */
    WAITING_FOR_OWNER,
    /** The rows are on their way. */
    FETCHING,
    /** The call has ended well. */
    DONE
  }

  /**
   * The call is in this phase.
   *
   * @param phase where it is
   * @param elapsed since the call began
   */
  void on(Phase phase, Duration elapsed);

  /** Nobody is told. */
  static Progress silent() {
    return (phase, elapsed) -> {};
  }
}
