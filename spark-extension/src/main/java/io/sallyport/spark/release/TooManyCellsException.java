package io.sallyport.spark.release;

/** A question about governed data has more cells than the driver's heap has room for. */
final class TooManyCellsException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  TooManyCellsException() {
    super("A release has more cells than the driver holds");
  }
}
