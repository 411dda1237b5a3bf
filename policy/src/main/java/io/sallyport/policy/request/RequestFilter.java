package io.sallyport.policy.request;

import static java.util.Objects.requireNonNull;

import java.util.Optional;

/**
 * Which requests are listed.
 *
 * @param state only those that stand here
 * @param principal only those of this principal
 * @param newest at most so many, the newest
 */
public record RequestFilter(Optional<RequestState> state, Optional<String> principal, int newest) {

  /**
   * @throws IllegalArgumentException when {@code newest} is negative
   */
  public RequestFilter {
    requireNonNull(state, "state");
    requireNonNull(principal, "principal");
    if (newest < 0) {
      throw new IllegalArgumentException("newest must be at least 0. Provided value: " + newest);
    }
  }

  /** The newest of all. */
  public static RequestFilter newest(int newest) {
    return new RequestFilter(Optional.empty(), Optional.empty(), newest);
  }
}
