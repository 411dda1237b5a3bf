package io.sallyport.policy.rule;

/** A text that is no rule. The message quotes the text, gives the position and what is valid. */
public final class RuleSyntaxException extends RuntimeException {
  private final int position;
  private final String problem;
  private final String valid;

  RuleSyntaxException(int position, String problem, String valid) {
    super(problem + ". Valid: " + valid);
    this.position = position;
    this.problem = problem;
    this.valid = valid;
  }

  /** The position of the first character that does not fit, counted from 1. */
  public int position() {
    return position;
  }

  /** What is wrong with which text, and where. */
  public String problem() {
    return problem;
  }

  /** What is valid there. */
  public String valid() {
    return valid;
  }
}
