package io.sallyport.spark.record;

import io.sallyport.policy.artifact.ResultName;
import java.util.Optional;

/**
 * What is about to leave, as the audit keeps it.
 *
 * @param resultHash the keyed name of the exact result
 * @param rows how many rows of governed origin
 * @param request the approved request that lets it out, when one does
 * @param decision who approved it
 * @param cost what it was charged to budgets, in words, when it was answered with noise
 */
public record Shown(
    String resultHash,
    long rows,
    Optional<String> request,
    Optional<String> decision,
    Optional<String> cost) {

  /**
   * @throws IllegalArgumentException when the result has no keyed name
   */
  public Shown {
    ResultName.require(resultHash);
  }
}
