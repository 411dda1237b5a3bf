package io.sallyport.policy.question;

import static java.util.Objects.requireNonNull;

import io.sallyport.policy.principal.Principal;
import java.util.List;

/**
 * All that a decision may look at: who asks, what the answer's rows are, and what they depend on.
 *
 * @param principal who asks
 * @param shape what the rows are
 * @param sources every governed frame behind the answer; none means public data only
 */
public record Question(Principal principal, Shape shape, List<Source> sources) {
  public Question {
    requireNonNull(principal, "principal");
    requireNonNull(shape, "shape");
    sources = List.copyOf(sources);
  }
}
