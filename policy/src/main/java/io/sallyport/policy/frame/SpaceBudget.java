package io.sallyport.policy.frame;

import static java.util.Objects.requireNonNull;

import io.sallyport.dp.loss.Epsilon;
import java.util.Optional;

/**
 * The budgets of a unit space.
 *
 * @param total of all questions about its people together
 * @param perPrincipal of the questions of each principal, when the owner sets one
 * @param least the least that one question about its people costs
 */
public record SpaceBudget(Budget total, Optional<Budget> perPrincipal, Epsilon least) {

  /** What a question costs at least unless the owner says otherwise. */
  public static final Epsilon LEAST = Epsilon.of("0.01");

  public SpaceBudget {
    requireNonNull(total, "total");
    requireNonNull(perPrincipal, "perPrincipal");
    requireNonNull(least, "least");
  }

  /** With the usual least price. */
  public SpaceBudget(Budget total, Optional<Budget> perPrincipal) {
    this(total, perPrincipal, LEAST);
  }
}
