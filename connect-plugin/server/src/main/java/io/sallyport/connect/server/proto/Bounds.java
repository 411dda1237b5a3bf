package io.sallyport.connect.server.proto;

import io.sallyport.policy.settings.Limits;

/**
 * How large a request may be.
 *
 * @param planBytes bytes of a request without its local data
 * @param depth relations inside each other; and expressions inside each other
 * @param nodes relations and expressions
 * @param sqlBytes bytes of all SQL texts of a request
 * @param literalBytes bytes of one literal
 * @param localRows rows of all local relations of a request
 * @param localBytes bytes of all local relations of a request
 * @param resultRows rows that a show may ask for
 */
record Bounds(
    int planBytes,
    int depth,
    int nodes,
    int sqlBytes,
    int literalBytes,
    int localRows,
    int localBytes,
    int resultRows) {

  /** Entries of a list: columns, arguments (those of IN too), sort orders. */
  static final int LIST = 128;

  /** Bytes of all literals of a request, in literals of the largest size. */
  static final int LARGEST_LITERALS = 32;

  /** Characters of a name. */
  static final int NAME = 256;

  /** Rows of a range: more pads a group, or burns a core, for nothing. */
  static final long RANGE_ROWS = 1_000_000;

  static Bounds of(Limits limits) {
    return new Bounds(
        limits.planBytes(),
        limits.planDepth(),
        limits.planNodes(),
        limits.sqlBytes(),
        limits.literalBytes(),
        limits.localRows(),
        limits.localBytes(),
        limits.resultRows());
  }

  long allLiteralBytes() {
    return (long) LARGEST_LITERALS * literalBytes;
  }
}
