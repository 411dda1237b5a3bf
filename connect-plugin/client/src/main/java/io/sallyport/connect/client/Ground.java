package io.sallyport.connect.client;

/**
 * One reason why rows are not given out as they are, from one frame's terms.
 *
 * @param frame whose terms
 * @param code which kind of reason
 * @param subject what is not released
 * @param policy the terms, in words
 * @param remedy what would pass
 */
public record Ground(String frame, String code, String subject, String policy, String remedy) {

  /** One line for a person. */
  @Override
  public String toString() {
    return frame
        + ": "
        + code
        + ": "
        + subject
        + " Policy: "
        + policy
        + " What would pass: "
        + remedy;
  }
}
