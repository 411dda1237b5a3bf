package io.sallyport.connect.server.gate;

/** Spark Connect does not give the session; it has a condition for that, by which clients steer. */
final class SessionNotOpenException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final String condition;

  /**
   * @param condition Spark's name of the condition; empty when it has none
   */
  SessionNotOpenException(String condition, Throwable cause) {
    super("The session is not open: " + condition, cause);
    this.condition = condition;
  }

  String condition() {
    return condition;
  }
}
