package io.sallyport.policy.request;

/** Where a request stands. */
public enum RequestState {
  /** Waits for its deciders. */
  PENDING,
  /** Every frame's deciders agreed. */
  APPROVED,
  /** One decider did not agree. */
  REJECTED,
  /** A decider asked its principal for more; waits for the principal. */
  RETURNED,
  /** Its principal took it back. */
  WITHDRAWN,
  /** Nobody decided in time, or a newer one took its place. */
  EXPIRED;

  /** Whether it can still be decided. */
  public boolean isOpen() {
    return this == PENDING || this == RETURNED;
  }
}
