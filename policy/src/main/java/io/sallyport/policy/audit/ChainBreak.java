package io.sallyport.policy.audit;

import static java.util.Objects.requireNonNull;

/**
 * Where an audit log is not what was written.
 *
 * @param line the first line that does not fit, counted from 1
 * @param problem in words, for operators
 */
public record ChainBreak(long line, String problem) {
  public ChainBreak {
    requireNonNull(problem, "problem");
  }
}
