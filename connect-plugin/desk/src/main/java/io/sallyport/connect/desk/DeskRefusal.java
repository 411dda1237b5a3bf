package io.sallyport.connect.desk;

import static java.util.Objects.requireNonNull;

/** The server does not do what was asked, and says why in the person's words. */
public final class DeskRefusal extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** What to show for it. */
  public enum Kind {
    /** There is no such thing for this person. */
    UNKNOWN,
    /** It cannot be done as things stand now. */
    CONFLICT,
    /** This person may not. */
    FORBIDDEN,
    /** Others do the same now: later. */
    BUSY,
    /** The store or the record does not answer: later, perhaps. */
    UNAVAILABLE
  }

  private final Kind kind;

  public DeskRefusal(Kind kind, String message) {
    super(message);
    this.kind = requireNonNull(kind, "kind");
  }

  public Kind kind() {
    return kind;
  }
}
