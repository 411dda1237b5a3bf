package io.sallyport.policy.frame;

import static java.util.Objects.requireNonNull;

import java.util.Optional;

/**
 * The budgets of a unit space.
 *
 * @param total of all questions about its people together
 * @param perPrincipal of the questions of each principal, when the owner sets one
 */
public record SpaceBudget(Budget total, Optional<Budget> perPrincipal) {
  public SpaceBudget {
    requireNonNull(total, "total");
    requireNonNull(perPrincipal, "perPrincipal");
  }
}
