package io.sallyport.connect.cli;

/** Something is not as it should be: the program says so and ends with 1. */
final class ProblemException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  ProblemException(String message) {
    super(message);
  }
}
