package io.sallyport.spark.certificate;

/** Why each person has one row at most. */
public enum OneRow {
  /** The owner declares it, and the chamber checks the data. */
  DECLARED,
  /** Each row of the frame is a person of its own. */
  ROW_IS_PERSON,
  /** An aggregate has the person as its only key. */
  ONE_PER_PERSON
}
