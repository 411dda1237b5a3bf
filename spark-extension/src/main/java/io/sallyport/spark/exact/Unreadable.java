package io.sallyport.spark.exact;

import io.sallyport.policy.decision.RefusalCode;
import io.sallyport.policy.question.Objection;

/** Why a release point cannot be answered from statistics of cells; depends on the plan alone. */
final class Unreadable extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final transient Objection objection;

  Unreadable(RefusalCode code, String subject, String remedy) {
    super(subject, null, false, false);
    this.objection = new Objection(code, subject, remedy);
  }

  Objection objection() {
    return objection;
  }
}
