package io.sallyport.spark.exact;

import static io.sallyport.spark.scala.Catalyst.alias;

import io.sallyport.policy.decision.RefusalCode;
import io.sallyport.spark.RefusedException;
import io.sallyport.spark.scala.Catalyst;
import io.sallyport.spark.scala.Scala;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.Alias;
import org.apache.spark.sql.catalyst.expressions.Ascending$;
import org.apache.spark.sql.catalyst.expressions.BoundReference;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.InterpretedOrdering;
import org.apache.spark.sql.catalyst.expressions.NullsFirst$;
import org.apache.spark.sql.catalyst.expressions.SortOrder;
import org.apache.spark.sql.catalyst.plans.logical.GlobalLimit;
import org.apache.spark.sql.catalyst.plans.logical.LocalLimit;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.catalyst.plans.logical.Project;
import org.apache.spark.sql.catalyst.util.TypeUtils;
import org.apache.spark.sql.types.DataType;

/**
 * Why a free relation has at most one row for each measured row: its rows differ in the columns
 * that are equated, or they are intervals that do not meet, or it has one row at most. It is looked
 * at in the free rows alone.
 *
 * @param relation the free rows
 * @param equated what is compared with measured columns
 * @param band the ends of an interval, when one is compared
 */
record FreeKey(LogicalPlan relation, List<Expression> equated, Optional<Band> band) {

  /** So many intervals are looked at. */
  static final int MOST_BANDS = 10_000;

  /**
   * An interval in each row.
   *
   * @param closed whether both ends belong to it, so that the next may not begin where it ends
   */
  record Band(Expression low, Expression high, boolean closed) {}

  /** What {@link #holds} looks at: the intervals, or one row of counts. */
  LogicalPlan evidence() {
    if (band.isPresent()) {
      List<Alias> columns = new ArrayList<>();
      equated.forEach(key -> columns.add(alias(key, "key")));
      columns.add(alias(band.get().low(), "low"));
      columns.add(alias(band.get().high(), "high"));
      Expression most = Catalyst.integer(MOST_BANDS + 1);
      return new GlobalLimit(most, new LocalLimit(most, new Project(Scala.seq(columns), relation)));
    }
    Expression rows = equated.isEmpty() ? Catalyst.countRows() : Catalyst.count(equated);
    List<Alias> counts = new ArrayList<>(List.of(alias(rows, "rows")));
    if (!equated.isEmpty()) {
      counts.add(alias(Catalyst.countDistinct(equated), "keys"));
    }
    return Catalyst.aggregate(List.of(), counts, relation);
  }

  /** Whether what was looked at says that no measured row is repeated. */
  boolean holds(List<InternalRow> evidence) {
    if (band.isPresent()) {
      return evidence.size() <= MOST_BANDS && areDisjoint(evidence, band.get());
    }
    InternalRow counts = evidence.get(0);
    return equated.isEmpty() ? counts.getLong(0) <= 1 : counts.getLong(0) == counts.getLong(1);
  }

  /** The refusal, in words that depend on plan and free rows alone. */
  static RefusedException repeats() {
    return RefusedException.of(
        RefusalCode.UNIT_AMBIGUOUS,
        "a join with other rows gives several rows for one row of a frame",
        "a join with rows that differ in the columns that are equated, or with intervals that do"
            + " not overlap");
  }

  /** Sorted by their beginnings, no interval may reach into the next one of the same key. */
  private boolean areDisjoint(List<InternalRow> rows, Band ends) {
    int keys = equated.size();
    Comparator<InternalRow> byKey = order(0, equated);
    Comparator<Object> values = values(ends.low().dataType());
    List<InternalRow> some = new ArrayList<>();
    for (InternalRow row : rows) {
      if (!row.isNullAt(keys)
          && !row.isNullAt(keys + 1)
          && values.compare(low(row, ends), high(row, ends)) <= 0) {
        some.add(row.copy()); // others match nothing
      }
    }
    some.sort(byKey.thenComparing((a, b) -> values.compare(low(a, ends), low(b, ends))));
    for (int i = 1; i < some.size(); i++) {
      InternalRow before = some.get(i - 1);
      InternalRow row = some.get(i);
      int reach = values.compare(high(before, ends), low(row, ends));
      if (byKey.compare(before, row) == 0 && (reach > 0 || (reach == 0 && ends.closed()))) {
        return false;
      }
    }
    return true;
  }

  private Object low(InternalRow row, Band ends) {
    return row.get(equated.size(), ends.low().dataType());
  }

  private Object high(InternalRow row, Band ends) {
    return row.get(equated.size() + 1, ends.high().dataType());
  }

  /** The order of values of a type that are not NULL. */
  private static Comparator<Object> values(DataType type) {
    scala.math.Ordering<Object> ordering = TypeUtils.getInterpretedOrdering(type);
    return ordering;
  }

  private static Comparator<InternalRow> order(int from, List<Expression> columns) {
    List<SortOrder> orders = new ArrayList<>();
    for (int i = 0; i < columns.size(); i++) {
      orders.add(
          new SortOrder(
              new BoundReference(from + i, columns.get(i).dataType(), true),
              Ascending$.MODULE$,
              NullsFirst$.MODULE$,
              Scala.noElements()));
    }
    return new InterpretedOrdering(Scala.<SortOrder>seq(orders));
  }
}
