package io.sallyport.policy.decision;

import static java.util.Objects.requireNonNull;

import java.util.Optional;

/**
 * What an analyst is told instead of an answer. The texts are made from plan and policy only, never
 * from data.
 *
 * @param code which kind of refusal
 * @param subject what is refused
 * @param policy whose terms refuse it, when it was a policy
 * @param remedy what would pass
 */
public record Refusal(RefusalCode code, String subject, Optional<String> policy, String remedy) {
  private static final int MAX_SUBJECT = 800;
  private static final int MAX_POLICY = 500;
  private static final int MAX_REMEDY = 550;

  public Refusal {
    requireNonNull(code, "code");
    requireNonNull(subject, "subject");
    requireNonNull(policy, "policy");
    requireNonNull(remedy, "remedy");
  }

  /**
   * {@code [SALLYPORT.<CODE>] <subject>. Policy: <policy>. What would pass: <remedy>.} One line of
   * at most 2000 characters; each part is shortened for itself, so the remedy is never lost.
   */
  public String text() {
    StringBuilder text = new StringBuilder("[SALLYPORT.").append(code).append("] ");
    text.append(OneLine.of(subject, MAX_SUBJECT));
    policy.ifPresent(terms -> text.append(" Policy: ").append(OneLine.of(terms, MAX_POLICY)));
    return text.append(" What would pass: ").append(OneLine.of(remedy, MAX_REMEDY)).toString();
  }
}
