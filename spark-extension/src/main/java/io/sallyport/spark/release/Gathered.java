package io.sallyport.spark.release;

import io.sallyport.spark.RefusedException;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.catalyst.expressions.UnsafeRow;

/**
 * What a bounded run in the chamber came to.
 *
 * @param rows all rows; empty when there are more than allowed
 * @param exceeded the limit that they exceed, in words, when they do
 */
record Gathered(Optional<List<UnsafeRow>> rows, Optional<RefusedException> exceeded) {

  /**
   * The rows.
   *
   * @throws RefusedException LIMIT_EXCEEDED with the limit's name and value
   */
  List<UnsafeRow> orRefuse() {
    exceeded.ifPresent(
        refusal -> {
          throw refusal;
        });
    return rows.orElseThrow();
  }
}
