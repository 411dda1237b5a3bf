package io.sallyport.spark.release.words;

/**
 * Rows that a later step can speak of.
 *
 * @param called what they are called: "the frame stays (step 1)", "the rows of step 3"
 */
record Stage(String called) {

  static Stage ofStep(int step) {
    return new Stage("the rows of step " + step);
  }
}
