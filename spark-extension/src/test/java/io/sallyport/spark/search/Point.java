package io.sallyport.spark.search;

import java.util.List;

/**
 * One aggregate of a question, with all the sums that the answer shows or that follow from it.
 *
 * @param sql the keys, then the sums
 * @param keys how many keys
 * @param linear the sums, that of all rows first
 * @param byRows the table each of whose rows is counted by itself, or null
 * @param rowsTold whether the answer tells the number of all its rows
 * @param shown whether its groups are rows of the answer, with the same keys
 */
record Point(
    String sql, int keys, List<Linear> linear, String byRows, boolean rowsTold, boolean shown) {}
