package io.sallyport.spark.release;

import io.sallyport.spark.RefusedException;
import io.sallyport.spark.scala.Scala;
import java.util.List;
import java.util.OptionalInt;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.expressions.Literal;
import org.apache.spark.sql.catalyst.expressions.UnsafeRow;
import org.apache.spark.sql.catalyst.plans.logical.GlobalLimit;
import org.apache.spark.sql.catalyst.plans.logical.LocalLimit;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.types.DataTypes;

/**
 * The rows of a plan without sealed leaves: of a question about nothing governed, or what an
 * analyst makes of what was released. They are made in the chamber, within the operator's bounds,
 * so that the analyst's session only ever hands out what is there.
 */
final class FreeRows {

  private final Chamber chamber;
  private final ResultBound bound;

  FreeRows(Chamber chamber, ResultBound bound) {
    this.chamber = chamber;
    this.bound = bound;
  }

  /**
   * All rows, or the first of them.
   *
   * @param first how many are wanted, when only the first are
   * @throws RefusedException LIMIT_EXCEEDED when there are more than the operator allows
   */
  Released of(LogicalPlan free, OptionalInt first) {
    List<Attribute> columns = Scala.list(free.output());
    LogicalPlan wanted = first.isPresent() ? limited(free, first.getAsInt()) : free;
    List<UnsafeRow> rows = chamber.runWithin(wanted, bound).orRefuse();
    return new Released(columns, rows);
  }

  private static LogicalPlan limited(LogicalPlan rows, int most) {
    Literal limit = new Literal(most, DataTypes.IntegerType);
    return new GlobalLimit(limit, new LocalLimit(limit, rows));
  }
}
