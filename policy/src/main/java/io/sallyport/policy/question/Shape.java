package io.sallyport.policy.question;

/** What the rows of an answer are. */
public enum Shape {
  /** The rows of one frame as they are. */
  FRAME_ITSELF,
  /** Rows that belong to single people. */
  ROWS,
  /** Rows in which people are mixed by an aggregate. */
  AGGREGATE
}
