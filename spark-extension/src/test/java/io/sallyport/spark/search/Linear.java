package io.sallyport.spark.search;

/**
 * Something that is added up over people, and that follows from what an answer shows and from what
 * is known of everybody together.
 *
 * @param sql an aggregate
 * @param of what is added up, or empty
 * @param where of which rows, or empty
 * @param shifted whether zero is no special value of it
 */
record Linear(Kind kind, String sql, String of, String where, boolean shifted) {

  enum Kind {
    ROWS,
    COUNT,
    UNITS,
    SUM,
    SQUARE,
    PRODUCT,
    WRAP,
    ANY
  }

  boolean counts() {
    return kind == Kind.ROWS || kind == Kind.COUNT;
  }
}
