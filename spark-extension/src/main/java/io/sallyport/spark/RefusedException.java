package io.sallyport.spark;

import io.sallyport.policy.decision.Refusal;
import io.sallyport.policy.decision.RefusalCode;
import java.util.Optional;

/**
 * A refusal on its way out.
 *
 * <p>Its message is the refusal's text followed by a seal (see {@link SealedText}) by which the
 * egress recognises our own words: whatever else an exception says stays inside.
 */
public final class RefusedException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final transient Refusal refusal;

  public RefusedException(Refusal refusal) {
    super(SealedText.seal(refusal.text()));
    this.refusal = refusal;
  }

  /** A refusal that no frame's policy is the reason for. */
  public static RefusedException of(RefusalCode code, String subject, String remedy) {
    return new RefusedException(new Refusal(code, subject, Optional.empty(), remedy));
  }

  public Refusal refusal() {
    return refusal;
  }
}
