package io.sallyport.spark.turn;

/** A question that reads governed data took longer than any question may. */
public final class OverTimeException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  OverTimeException() {
    super("A question took longer than limit.seconds-per-query");
  }

  OverTimeException(Throwable cause) {
    super("A question took longer than limit.seconds-per-query", cause);
  }
}
