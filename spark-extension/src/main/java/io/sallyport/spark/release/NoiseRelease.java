package io.sallyport.spark.release;

import io.sallyport.dp.sampling.EntropySource;
import io.sallyport.policy.frame.FrameName;
import io.sallyport.spark.noise.ErrorBars;
import io.sallyport.spark.noise.NoisyGroups;
import io.sallyport.spark.noise.RecordedGroup;
import io.sallyport.spark.scala.Scala;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.expressions.ExprId;
import org.apache.spark.sql.catalyst.expressions.GenericInternalRow;
import org.apache.spark.sql.catalyst.expressions.JoinedRow;
import org.apache.spark.sql.catalyst.expressions.UnsafeProjection;
import org.apache.spark.sql.catalyst.expressions.UnsafeRow;
import org.apache.spark.sql.catalyst.plans.logical.Aggregate;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;

/**
 * Releases aggregates with noise: counts exactly with bounded contributions, then draws the noise
 * and selects the keys, once, on the driver. The exact numbers are dropped here.
 */
final class NoiseRelease {

  private final Chamber chamber;
  private final UniqueUnits uniques;
  private final Unseal unseal;
  private final int mostRows;

  NoiseRelease(Chamber chamber, UniqueUnits uniques, Unseal unseal, int mostRows) {
    this.chamber = chamber;
    this.uniques = uniques;
    this.unseal = unseal;
    this.mostRows = mostRows;
  }

  /**
   * The rows to record.
   *
   * @param part what was charged
   * @param aggregate its node, what is released below it in its place
   */
  List<UnsafeRow> release(NoisePlan.Part part, Aggregate aggregate) {
    List<InternalRow> keys = new KeyRows(chamber, unseal, mostRows).of(part);
    if (part.point().singleRows()) {
      uniques.require(FrameTotals.tables(part.point().point().aggregate()), unseal);
    }
    CarriedPlan input = CarryUnits.through(aggregate.child());
    List<FrameName> frames = input.units().keySet().stream().sorted().toList();
    NoisyGroups groups = new NoisyGroups(part.point(), part.calibration(), frames, part.minimums());
    List<InternalRow> released;
    try (EntropySource entropy = EntropySource.fresh()) {
      ExactQueries queries = ExactQueries.of(part, input, entropy.nextLong());
      Certifier.require(part, input, queries);
      List<InternalRow> exact = counted(queries.sums());
      List<List<InternalRow>> values = queries.values().stream().map(this::counted).toList();
      released = groups.release(exact, keys, values, entropy);
    }
    if (released.size() > mostRows) {
      throw AggregationRelease.tooManyRows(mostRows);
    }
    return sorted(released, columns(part, aggregate));
  }

  private List<InternalRow> counted(LogicalPlan plan) {
    return chamber.run(unseal.in(plan));
  }

  /** The columns of what is recorded, the aggregate's own first. */
  List<Attribute> columns(NoisePlan.Part part, Aggregate aggregate) {
    return RecordedGroup.columns(Scala.list(aggregate.output()), part.point());
  }

  /** Recorded rows under the columns of this plan, blacklisted ones wiped. */
  Released shown(NoisePlan.Part part, Aggregate aggregate, List<UnsafeRow> recorded) {
    List<Attribute> columns = shownColumns(part, aggregate);
    return new Released(columns, inOrder(wiped(part, columns, recorded), columns));
  }

  /** In the order of what was recorded. */
  private static List<UnsafeRow> wiped(
      NoisePlan.Part part, List<Attribute> columns, List<UnsafeRow> recorded) {
    UnsafeProjection own = Rows.projection(Rows.references(columns, 0, columns.size()));
    List<UnsafeRow> rows = recorded.stream().map(row -> Rows.project(own, row)).toList();
    return wipe(part).apply(rows, columns, part.point().point().output());
  }

  private static Wipe wipe(NoisePlan.Part part) {
    return new Wipe(FrameTotals.tables(part.point().point().aggregate()));
  }

  private List<Attribute> shownColumns(NoisePlan.Part part, Aggregate aggregate) {
    int width = Scala.<Attribute>list(aggregate.output()).size();
    return columns(part, aggregate).subList(0, width);
  }

  /** The same with error bars as more columns. */
  Barred barred(NoisePlan.Part part, Aggregate aggregate, List<UnsafeRow> recorded) {
    List<Attribute> columns = new ArrayList<>(shownColumns(part, aggregate));
    List<UnsafeRow> wiped = wiped(part, List.copyOf(columns), recorded);
    ErrorBars bars = new ErrorBars(part.point(), part.calibration());
    Map<ExprId, List<Attribute>> ends = new HashMap<>();
    List<Boolean> without = new ArrayList<>();
    for (int ordinal : bars.ordinals()) {
      Attribute column = columns.get(ordinal);
      without.add(wipe(part).isWiped(column, part.point().point().output()));
      Attribute low = PassOn.end(column.name() + "_low");
      Attribute high = PassOn.end(column.name() + "_high");
      ends.put(column.exprId(), List.of(low, high));
      columns.add(low);
      columns.add(high);
    }
    UnsafeProjection all = Rows.projection(Rows.references(columns, 0, columns.size()));
    List<UnsafeRow> rows = new ArrayList<>();
    for (int i = 0; i < recorded.size(); i++) {
      List<Object> values = bars.of(recorded.get(i));
      for (int j = 0; j < values.size(); j++) {
        values.set(j, without.get(j / 2) ? null : values.get(j));
      }
      InternalRow row = new JoinedRow(wiped.get(i), new GenericInternalRow(values.toArray()));
      rows.add(Rows.project(all, row));
    }
    return new Barred(new Released(columns, inOrder(rows, columns)), ends);
  }

  /** A release with error bars, and which columns are the bars of which. */
  record Barred(Released released, Map<ExprId, List<Attribute>> ends) {}

  /** Rows to record, in no order that the data had. */
  private static List<UnsafeRow> sorted(List<InternalRow> rows, List<Attribute> columns) {
    UnsafeProjection all = Rows.projection(Rows.references(columns, 0, columns.size()));
    return inOrder(rows.stream().map(row -> Rows.project(all, row)).toList(), columns);
  }

  /**
   * By all columns that are seen: nothing of the order in which groups were found is left, nor of
   * what is wiped.
   */
  private static List<UnsafeRow> inOrder(List<UnsafeRow> rows, List<Attribute> columns) {
    List<UnsafeRow> sorted = new ArrayList<>(rows);
    Comparator<InternalRow> order = Rows.order(columns);
    sorted.sort(order);
    return sorted;
  }
}
