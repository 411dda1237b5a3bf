package io.sallyport.connect.client;

import static java.util.Objects.requireNonNull;

import java.util.Optional;

/**
 * The server's answer is no, or not yet. Code, subject, policy and remedy are the server's words;
 * they are made from plan and policy, never from data.
 */
public sealed class Refused extends RuntimeException
    permits PendingApproval, ApprovalRejected, ApprovalReturned {

  private static final long serialVersionUID = 1L;

  private final transient RefusalText text;

  Refused(RefusalText text) {
    super(requireNonNull(text, "text").toString());
    this.text = text;
  }

  /** Which kind of refusal, such as {@code SMALL_GROUP}. */
  public String code() {
    return text.code();
  }

  /** What is refused, and why. */
  public String reason() {
    return text.subject();
  }

  /** Whose terms refuse it, when it was a policy. */
  public Optional<String> policy() {
    return text.policy();
  }

  /** What would pass. */
  public String remedy() {
    return text.remedy();
  }

  RefusalText text() {
    return text;
  }
}
