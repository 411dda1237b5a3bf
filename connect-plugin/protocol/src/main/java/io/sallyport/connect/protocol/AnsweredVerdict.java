package io.sallyport.connect.protocol;

/** What the policies say about an artifact's rows. The names are those in answers. */
public enum AnsweredVerdict {
  /** They are given out. */
  RELEASE,
  /** They are given out when the owners agree. */
  NEEDS_APPROVAL,
  /** They are not given out. */
  REFUSE
}
