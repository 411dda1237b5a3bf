package io.sallyport.spark.noise;

import io.sallyport.dp.bounds.Interval;
import java.io.Serializable;
import org.apache.spark.sql.catalyst.expressions.Expression;

/**
 * A numeric argument of an aggregate, as it enters: clamped.
 *
 * @param value over the columns of the release point's input, as a double; NaN counts as absent
 * @param bounds the public clamp
 */
record Argument(Expression value, Interval bounds) implements Serializable {}
