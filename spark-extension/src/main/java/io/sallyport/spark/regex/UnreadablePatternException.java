package io.sallyport.spark.regex;

/** A regular expression that is not one, or that asks for what no linear machine can do. */
public final class UnreadablePatternException extends Exception {

  private static final long serialVersionUID = 1L;

  UnreadablePatternException(String what) {
    super(what);
  }
}
