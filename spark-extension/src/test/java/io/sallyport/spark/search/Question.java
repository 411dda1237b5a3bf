package io.sallyport.spark.search;

import java.util.List;

/**
 * A question and what is known of it by the way it was made.
 *
 * @param sql its columns are named k0, k1, ... if they are keys, x0, x1, ... if they are numbers
 * @param points its aggregates
 */
record Question(String sql, List<Point> points) {}
