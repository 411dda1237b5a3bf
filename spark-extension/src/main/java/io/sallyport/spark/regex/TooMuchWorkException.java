package io.sallyport.spark.regex;

/** Searches through one text have read it too often; there is no value for it. */
public final class TooMuchWorkException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  TooMuchWorkException() {
    super("too much work for one text", null, false, false);
  }
}
