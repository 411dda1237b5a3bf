package io.sallyport.policy.question;

import static java.util.Objects.requireNonNull;

import io.sallyport.policy.decision.RefusalCode;

/**
 * Why an answer is not, by its plan alone, an aggregate over enough people of a frame. Both texts
 * are made from plan and policy only, never from data.
 *
 * @param code which kind of reason
 * @param subject what in the plan is objected to
 * @param remedy what would pass instead
 */
public record Objection(RefusalCode code, String subject, String remedy) {
  /** Nobody has looked whether a question can be answered with noise. */
  static final Objection NOT_ASSESSED =
      new Objection(
          RefusalCode.AGG_NOT_ALLOWED,
          "this question cannot be answered with noise",
          "an aggregate of the frame");

  public Objection {
    requireNonNull(code, "code");
    requireNonNull(subject, "subject");
    requireNonNull(remedy, "remedy");
  }
}
