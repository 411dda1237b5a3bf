package io.sallyport.spark.admission;

/**
 * How many bytes a text, or all texts of a row, may have, from the plan alone.
 *
 * @param times how often it holds a stored text
 * @param more bytes that functions and constants add
 * @param beyond bytes that texts of rows that come along have beyond those of a stored one
 */
record TextSize(double times, double more, double beyond) {

  static final TextSize NONE = new TextSize(0, 0, 0);
  static final TextSize STORED = new TextSize(1, 0, 0);

  /** Bytes that a stored text is taken to have. */
  static final double STORED_BYTES = 256;

  private static final double LONGEST_AS_STORED = 10_000;
  private static final double FEW_TIMES = 16;

  static TextSize constant(double bytes) {
    return new TextSize(0, bytes, 0);
  }

  /** A text of rows that come along. */
  static TextSize own(double bytes) {
    return new TextSize(1, 0, Math.max(0, bytes - STORED_BYTES));
  }

  TextSize plus(TextSize other) {
    return new TextSize(times + other.times, more + other.more, beyond + other.beyond);
  }

  TextSize max(TextSize other) {
    return new TextSize(
        Math.max(times, other.times), Math.max(more, other.more), Math.max(beyond, other.beyond));
  }

  TextSize by(double factor) {
    return new TextSize(times * factor, more * factor, beyond * factor);
  }

  /** What it has beyond so many stored texts. */
  TextSize without(double stored) {
    return new TextSize(Math.max(0, times - stored), more, beyond);
  }

  double bytes() {
    return more + beyond + STORED_BYTES * times;
  }

  /** Whether nobody made it much longer than it is stored. */
  boolean isAsStored() {
    return times <= FEW_TIMES && more + beyond <= LONGEST_AS_STORED;
  }
}
