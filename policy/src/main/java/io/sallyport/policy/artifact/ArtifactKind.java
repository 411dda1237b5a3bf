package io.sallyport.policy.artifact;

/** What may become of an artifact's bytes. */
public enum ArtifactKind {
  /** They may go to its principal. */
  RELEASED,
  /** They may go to its principal only under an approved request. */
  AWAITING,
  /** There are none: the result was refused or is too large. The plan can be computed on. */
  PLAN
}
