package io.sallyport.policy.request;

import static java.util.Objects.requireNonNull;

/**
 * Something that the desk or the catalogue does not do. The text depends on who asks for what,
 * never on data.
 */
public final class DeskException extends RuntimeException {
  /** Why it is not done. */
  public enum Kind {
    /** There is no such request or artifact, or not for the one who asks. */
    UNKNOWN,
    /** It was decided, withdrawn or has expired. */
    NOT_OPEN,
    /** It is not what the decider had read. */
    CHANGED,
    /** The one who asks is not among those who may. */
    NOT_ENTITLED,
    /** Nobody decides on their own request. */
    OWN_REQUEST,
    /** The decider has voted on all that the decider may vote on. */
    ALREADY_VOTED,
    /** There would be too many, or too much. */
    LIMIT,
    /** What was given is not valid. */
    INVALID
  }

  private final Kind kind;
  private final String subject;
  private final String remedy;

  /** Says what is not done, and what would be done. */
  public DeskException(Kind kind, String subject, String remedy) {
    super(kind + ": " + subject + ". " + remedy);
    this.kind = requireNonNull(kind, "kind");
    this.subject = requireNonNull(subject, "subject");
    this.remedy = requireNonNull(remedy, "remedy");
  }

  /** Why it is not done. */
  public Kind kind() {
    return kind;
  }

  /** What is not done, and why, in words. */
  public String subject() {
    return subject;
  }

  /** What would be done instead, in words. */
  public String remedy() {
    return remedy;
  }
}
