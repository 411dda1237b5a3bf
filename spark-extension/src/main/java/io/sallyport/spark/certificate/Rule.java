package io.sallyport.spark.certificate;

/** Why the rows of a plan node are each one person's, or nobody's. */
public enum Rule {
  /** The rows of a governed frame. */
  FRAME,
  /** No governed frame is below. */
  PUBLIC_DATA,
  /** Each row comes of one row, or the same rows stay. */
  ROW_BY_ROW,
  /** Both sides are governed, and rows meet where their person is the same. */
  UNIT_JOIN,
  /** Governed rows meet public ones, and none appears because another's is missing. */
  FREE_JOIN,
  /** The rows of governed inputs, each as it was. */
  UNION,
  /** The person is among the keys. */
  PER_PERSON_AGGREGATE,
  /** The person is among what partitions. */
  WINDOW_PER_PERSON,
  /** Each row is repeated a number of times that the plan says. */
  GROUPING_SETS,
  /** Each row is repeated a number of times that the row itself says. */
  REPEATED
}
