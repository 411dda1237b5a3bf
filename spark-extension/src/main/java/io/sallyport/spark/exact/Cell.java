package io.sallyport.spark.exact;

import io.sallyport.spark.frequency.Frequencies;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.UnsafeRow;

/**
 * What is known of one cell.
 *
 * @param key the values of the shape's keys and masks, as bytes to compare
 * @param masks the conditions
 * @param values the values of the shape's keys
 * @param people how many persons have rows in it
 * @param rows how many rows it has
 * @param sums of each measured value, exact ones as they are, others as doubles; empty beyond the
 *     type's range
 * @param present for each of them the rows and the people who have it
 * @param notZero for each of them the people in whom it is not zero
 * @param differ for each two of them the people in whom they differ
 * @param frequent the frequent values of each, then of pairs
 * @param contributions what people contribute to each sum, when that is asked for
 * @param moments central second moments of the squared values, divided by the rows
 */
record Cell(
    UnsafeRow key,
    List<Long> masks,
    InternalRow values,
    long people,
    long rows,
    List<Optional<Number>> sums,
    List<Present> present,
    List<Long> notZero,
    List<Long> differ,
    List<Frequencies> frequent,
    List<Contributions> contributions,
    List<Double> moments) {

  /** Who has a value. */
  record Present(long rows, long people) {}

  boolean has(int bit) {
    return (masks.get(bit / CellLayout.BITS) >> (bit % CellLayout.BITS) & 1) != 0;
  }

  Cell withMoments(List<Double> newMoments) {
    return new Cell(
        key,
        masks,
        values,
        people,
        rows,
        sums,
        present,
        notZero,
        differ,
        frequent,
        contributions,
        newMoments);
  }

  /** A sum as an exact number, or as a double that stands for one. */
  static double asDouble(Number number) {
    return number instanceof BigDecimal exact ? exact.doubleValue() : number.doubleValue();
  }
}
