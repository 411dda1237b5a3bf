package io.sallyport.dp.bounds;

import io.sallyport.dp.Require;

/**
 * The owner's declared range of a column. An analyst may narrow it, never widen it.
 *
 * <p>Values outside are clamped to the nearer end and are no error, so nobody learns that they
 * exist. Immutable and thread-safe.
 *
 * @param declared what the owner says a value can be
 */
public record Domain(Interval declared) {

  /**
   * The clamp for a query that asks for {@code wanted}.
   *
   * @throws IllegalArgumentException if {@code wanted} is not inside the domain; this depends on
   *     the query and the policy only
   */
  public Interval narrow(Interval wanted) {
    Require.that(
        declared.contains(wanted),
        "bounds must lie inside the owner's domain [%s, %s]"
            .formatted(declared.lower(), declared.upper()),
        wanted);
    return wanted;
  }
}
