package io.sallyport.spark.release;

import io.sallyport.policy.decision.RefusalCode;
import io.sallyport.spark.RefusedException;
import io.sallyport.spark.rows.RowKeeper;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.catalyst.expressions.UnsafeRow;

/**
 * How large one result may be: {@code limit.result-rows} and {@code limit.result-bytes}.
 *
 * @param rows how many rows
 * @param bytes how many bytes they may have together, as Spark holds them
 */
record ResultBound(int rows, long bytes) {

  /**
   * What a run came to.
   *
   * @param whole whether nothing was left out for being too much
   */
  Gathered judge(RowKeeper keeper, boolean whole) {
    if (whole && keeper.size() <= rows) {
      List<UnsafeRow> all = keeper.rows();
      if (all.size() <= rows && keeper.bytes() <= bytes) {
        return new Gathered(Optional.of(all), Optional.empty());
      }
    }
    boolean many = keeper.size() > rows;
    return new Gathered(Optional.empty(), Optional.of(many ? tooManyRows() : tooManyBytes()));
  }

  /**
   * Requires that rows which are in the heap already are no more than may go on from there.
   *
   * @throws RefusedException LIMIT_EXCEEDED
   */
  void require(List<UnsafeRow> held) {
    long size = 0;
    for (UnsafeRow row : held) {
      size += row.getSizeInBytes();
    }
    if (held.size() > rows) {
      throw tooManyRows();
    }
    if (size > bytes) {
      throw tooManyBytes();
    }
  }

  private RefusedException tooManyRows() {
    return RefusedException.of(
        RefusalCode.LIMIT_EXCEEDED,
        "the result has more than " + rows + " rows (limit.result-rows)",
        "an aggregate, or limit(" + rows + ")");
  }

  private RefusedException tooManyBytes() {
    return RefusedException.of(
        RefusalCode.LIMIT_EXCEEDED,
        "the result has more than " + bytes + " bytes (limit.result-bytes)",
        "fewer or narrower columns, an aggregate, or a smaller limit()");
  }
}
