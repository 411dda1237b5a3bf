package io.sallyport.policy.frame;

import static java.util.Objects.requireNonNull;

import io.sallyport.policy.rule.Rule;

/**
 * An owner's terms for one frame.
 *
 * @param automatic what holds for a result is released at once
 * @param approval otherwise, what holds for a result may be put before the owner
 * @param onSmallGroup what becomes of rows that rest on too few people
 */
public record Policy(Rule automatic, Rule approval, SmallGroups onSmallGroup) {
  public Policy {
    requireNonNull(automatic, "automatic");
    requireNonNull(approval, "approval");
    requireNonNull(onSmallGroup, "onSmallGroup");
  }

  /** The terms of a frame whose owner says nothing: aggregation(10), approval by anybody. */
  public static Policy defaults() {
    return new Policy(new Rule.Aggregation(10), new Rule.Always(), SmallGroups.APPROVAL);
  }
}
