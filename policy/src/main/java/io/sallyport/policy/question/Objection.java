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
  public Objection {
    requireNonNull(code, "code");
    requireNonNull(subject, "subject");
    requireNonNull(remedy, "remedy");
  }
}
