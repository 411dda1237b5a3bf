package io.sallyport.spark.release;

import io.sallyport.policy.decision.RefusalCode;
import io.sallyport.spark.RefusedException;
import io.sallyport.spark.noise.KeyTable;
import io.sallyport.spark.scala.Catalyst;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.Literal;
import org.apache.spark.sql.catalyst.plans.logical.GlobalLimit;
import org.apache.spark.sql.catalyst.plans.logical.LocalLimit;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;

/** Reads the groups of key tables. They are public, so this is no release and costs nothing. */
final class KeyRows {

  private final Chamber chamber;
  private final Unseal unseal;
  private final int mostRows;

  KeyRows(Chamber chamber, Unseal unseal, int mostRows) {
    this.chamber = chamber;
    this.unseal = unseal;
    this.mostRows = mostRows;
  }

  /**
   * The groups of a part's key table, each once; none when it has no key table.
   *
   * @throws RefusedException LIMIT_EXCEEDED when there are more than can be shown
   */
  List<InternalRow> of(NoisePlan.Part part) {
    Optional<KeyTable> table = part.point().keyTable();
    if (table.isEmpty()) {
      return List.of();
    }
    int most = (int) Math.min(mostRows, KeyTable.MOST);
    Literal limit = Catalyst.integer(most + 1);
    LogicalPlan keys = new GlobalLimit(limit, new LocalLimit(limit, table.get().plan()));
    List<InternalRow> rows = chamber.run(unseal.in(keys));
    if (rows.size() > most) {
      throw RefusedException.of(
          RefusalCode.LIMIT_EXCEEDED,
          "the key table has more than " + most + " keys, and every one of them would be answered",
          "a key table of fewer keys, or an inner join");
    }
    return rows;
  }
}
