package io.sallyport.spark.weather;

import java.util.Optional;

/**
 * One step that the server acknowledged to somebody, as one line of its output.
 *
 * @param operation of the step, as the audit has it
 * @param principal who was told
 * @param subject the request, the result, or the number of the question
 * @param outcome the request's state, or the hash of the rows
 */
record Acknowledged(Kind kind, String operation, String principal, String subject, String outcome) {
  private static final String START = "@";
  private static final String END = "."; // a line that a kill cut off has none

  /** What was acknowledged. */
  enum Kind {
    /** Spark is up, and the server waits to be let at its directory. */
    PREPARED,
    /** The server is up. */
    READY,
    /** A failure point is reached. */
    STOPPED,
    /** An analyst knows a request's id. */
    TOLD,
    /** Somebody acted on a request. */
    DECIDED,
    /** An analyst has a handle. */
    STORED,
    /** Rows left under an owner's word. */
    ROWS,
    /** Rows left under the policy's own. */
    RELEASED,
    /** Something that must not be. */
    WRONG
  }

  /** Written whole, and flushed, before anything else is done. */
  @SuppressWarnings("SystemOut") // the parent reads it
  void print() {
    synchronized (System.out) {
      System.out.println(
          String.join("\t", START, kind.name(), operation, principal, subject, outcome, END));
      System.out.flush();
    }
  }

  /** Empty for what is no such line. */
  static Optional<Acknowledged> parse(String line) {
    String[] parts = line.split("\t", -1);
    return parts.length == 7 && parts[0].equals(START) && parts[6].equals(END)
        ? Optional.of(
            new Acknowledged(Kind.valueOf(parts[1]), parts[2], parts[3], parts[4], parts[5]))
        : Optional.empty();
  }
}
