package io.sallyport.policy.rule;

/** A text that is no rule. The message quotes the text, gives the position and what is valid. */
public final class RuleSyntaxException extends RuntimeException {
  private final int position;

  RuleSyntaxException(int position, String message) {
    super(message);
    this.position = position;
  }

  /** The position of the first character that does not fit, counted from 1. */
  public int position() {
    return position;
  }
}
