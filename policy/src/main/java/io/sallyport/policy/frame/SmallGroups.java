package io.sallyport.policy.frame;

/** What becomes of a result one of whose rows rests on too few people. */
public enum SmallGroups {
  /** The whole result needs the owner's approval. */
  APPROVAL,
  /** Such rows are left out. */
  SUPPRESS
}
