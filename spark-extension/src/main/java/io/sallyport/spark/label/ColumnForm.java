package io.sallyport.spark.label;

/** What a value may be used for inside an aggregate. */
public enum ColumnForm {
  /** The same in every row, whatever the data. */
  CONSTANT,
  /** One column of one frame, or affine in it: a sum of it weighs everybody alike. */
  MEASURE,
  /** Anything else: it may single people out, so a sum of it may be one person's value. */
  OPAQUE
}
