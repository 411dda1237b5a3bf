package io.sallyport.connect.client;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A refusal as the server writes it: {@code [SALLYPORT.<CODE>] <subject>. Policy: <policy>. What
 * would pass: <remedy>.}
 *
 * @param code which kind of refusal
 * @param subject what is refused
 * @param policy whose terms refuse it, when it was a policy
 * @param remedy what would pass; may be empty
 */
record RefusalText(String code, String subject, Optional<String> policy, String remedy) {

  private static final Pattern CODE = Pattern.compile("\\[SALLYPORT\\.([A-Z][A-Z_]{0,63})] ");
  private static final Pattern REQUEST = Pattern.compile("\\brequest (r-[a-z0-9]{16})(?![a-z0-9])");
  private static final String POLICY = " Policy: ";
  private static final String REMEDY = " What would pass: ";

  /** The refusal in an exception of the stock client, or in one of its causes. */
  static Optional<RefusalText> find(Throwable thrown) {
    Throwable next = thrown;
    for (int depth = 0; next != null && depth < 16; depth++) {
      Optional<RefusalText> text = parse(String.valueOf(next.getMessage()));
      if (text.isPresent()) {
        return text;
      }
      next = next.getCause();
    }
    return Optional.empty();
  }

  /** The refusal in a message. */
  static Optional<RefusalText> parse(String message) {
    Matcher code = CODE.matcher(message);
    if (!code.find()) {
      return Optional.empty();
    }
    String rest = message.substring(code.end()).strip();
    int remedyAt = rest.lastIndexOf(REMEDY);
    String remedy = remedyAt < 0 ? "" : rest.substring(remedyAt + REMEDY.length());
    String before = remedyAt < 0 ? rest : rest.substring(0, remedyAt);
    int policyAt = before.lastIndexOf(POLICY);
    Optional<String> policy =
        policyAt < 0
            ? Optional.empty()
            : Optional.of(before.substring(policyAt + POLICY.length()).strip());
    String subject = policyAt < 0 ? before : before.substring(0, policyAt);
    return Optional.of(new RefusalText(code.group(1), subject.strip(), policy, remedy.strip()));
  }

  /** What a client of this library catches. */
  Refused exception() {
    Matcher request = REQUEST.matcher(subject);
    return switch (code) {
      case "APPROVAL_REQUIRED" ->
          request.find() ? new PendingApproval(this, request.group(1)) : new Refused(this);
      case "APPROVAL_REJECTED" -> new ApprovalRejected(this);
      case "APPROVAL_RETURNED" -> new ApprovalReturned(this);
      default -> new Refused(this);
    };
  }

  /** As the server writes it. */
  @Override
  public String toString() {
    return "[SALLYPORT."
        + code
        + "] "
        + subject
        + policy.map(terms -> POLICY + terms).orElse("")
        + (remedy.isEmpty() ? "" : REMEDY + remedy);
  }
}
