package io.sallyport.connect.protocol;

/** Where a request for approval stands. The names are those in answers. */
public enum ApprovalState {
  /** The owners have not decided. */
  PENDING,
  /** All owners agreed. */
  APPROVED,
  /** An owner did not agree, and said why. */
  REJECTED,
  /** An owner wants to know more before deciding. */
  RETURNED,
  /** The analyst took it back. */
  WITHDRAWN,
  /** Nobody decided in time, or a newer request took its place. */
  EXPIRED;

  /** Whether the owners can still decide. */
  public boolean isOpen() {
    return this == PENDING || this == RETURNED;
  }
}
