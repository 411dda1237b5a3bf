package io.sallyport.policy.request;

import static java.util.Objects.requireNonNull;

import io.sallyport.policy.principal.Principal;

/**
 * What a request and a grant are about. Nothing that differs in one of these is covered.
 *
 * @param principal who asks
 * @param planHash the hash of the canonical plan
 * @param termsVersion the version of the terms of its source frames
 * @param dataVersion the version of the input data; empty when it cannot be told
 */
public record QuestionKey(
    String principal, String planHash, String termsVersion, String dataVersion) {
  /** How long each of the last three may be. */
  public static final int MAX_LENGTH = 256;

  /**
   * @throws IllegalArgumentException when the principal's name is none, the plan or the terms are
   *     blank, or a part is too long
   */
  public QuestionKey {
    Principal.requireName(principal);
    requireText("plan hash", planHash);
    requireText("terms version", termsVersion);
    requireNonNull(dataVersion, "dataVersion");
    requireLength("data version", dataVersion);
  }

  static void requireText(String what, String text) {
    if (text.isBlank()) {
      throw new IllegalArgumentException("The " + what + " of a question must not be blank");
    }
    requireLength(what, text);
  }

  private static void requireLength(String what, String text) {
    if (text.length() > MAX_LENGTH) {
      throw new IllegalArgumentException(
          "The " + what + " of a question must have at most " + MAX_LENGTH + " characters");
    }
  }
}
