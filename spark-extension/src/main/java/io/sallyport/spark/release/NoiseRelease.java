package io.sallyport.spark.release;

import io.sallyport.dp.sampling.EntropySource;
import io.sallyport.dp.sampling.ReleaseSecret;
import io.sallyport.policy.frame.FrameName;
import io.sallyport.spark.RefusedException;
import io.sallyport.spark.label.NodeLabel;
import io.sallyport.spark.noise.ErrorBars;
import io.sallyport.spark.noise.NoisyGroups;
import io.sallyport.spark.noise.RecordedGroup;
import io.sallyport.spark.noise.WholeGroups;
import io.sallyport.spark.rows.KeptRows;
import io.sallyport.spark.rows.RowKeeper;
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
 * and selects the keys, once.
 *
 * <p>Where plan and policy say which groups there are, the driver draws, and the exact numbers are
 * dropped here. Where the data say it, how many there are is nobody's to know: they are released on
 * executors, with noise that the release's secret makes of each group's keys, and what comes to the
 * driver, few rows or many, is noisy.
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
    List<Attribute> columns = columns(part, aggregate);
    try (EntropySource entropy = EntropySource.fresh()) {
      ExactQueries queries = ExactQueries.of(part, input, entropy.nextLong());
      Certifier.require(part, input, queries);
      return part.point().hasPublicGroups()
          ? sorted(drawn(queries, groups, keys, entropy), columns)
          : drawnWhereTheyAre(part, queries, groups, columns);
    }
  }

  private List<InternalRow> drawn(
      ExactQueries queries, NoisyGroups groups, List<InternalRow> keys, EntropySource entropy) {
    List<InternalRow> exact = counted(queries.sums());
    List<List<InternalRow>> values = queries.values().stream().map(this::counted).toList();
    List<InternalRow> released = groups.release(exact, keys, values, entropy);
    if (released.size() > mostRows) {
      throw tooManyRows();
    }
    return released;
  }

  private List<UnsafeRow> drawnWhereTheyAre(
      NoisePlan.Part part, ExactQueries queries, NoisyGroups groups, List<Attribute> columns) {
    WholeGroups whole = new WholeGroups(part.point(), queries.sums(), queries.values());
    return chamber
        .runSorted(unseal.in(whole.plan()), groups.keyed(ReleaseSecret.draw()), columns, mostRows)
        .orElseThrow(this::tooManyRows);
  }

  private RefusedException tooManyRows() {
    return Released.tooManyRows(mostRows);
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
    return KeptRows.areMany(recorded)
        ? new Released(columns, manyShown(part, aggregate, recorded))
        : new Released(columns, inOrder(wiped(part, columns, recorded), columns));
  }

  /** In the order of what is seen, which is that of what was recorded where nothing is wiped. */
  private List<UnsafeRow> manyShown(
      NoisePlan.Part part, Aggregate aggregate, List<UnsafeRow> recorded) {
    List<Attribute> columns = shownColumns(part, aggregate);
    LogicalPlan all = KeptRows.relation(columns(part, aggregate), recorded);
    LogicalPlan shown = wipe(part).over(all, columns, label(part));
    boolean inOrder = columns.stream().noneMatch(column -> isWiped(part, column));
    return many(inOrder ? shown : Chamber.sorted(shown, Scala.list(shown.output())));
  }

  private List<UnsafeRow> many(LogicalPlan plan) {
    return chamber.runMany(plan, mostRows).orElseThrow(this::tooManyRows);
  }

  /** In the order of what was recorded. */
  private static List<UnsafeRow> wiped(
      NoisePlan.Part part, List<Attribute> columns, List<UnsafeRow> recorded) {
    UnsafeProjection shown = wipe(part).projection(columns, label(part));
    return recorded.stream().map(row -> Rows.project(shown, row)).toList();
  }

  private static NodeLabel label(NoisePlan.Part part) {
    return part.point().point().output();
  }

  private static boolean isWiped(NoisePlan.Part part, Attribute column) {
    return wipe(part).isWiped(column, label(part));
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
    UnsafeProjection shown = wipe(part).projection(columns, label(part));
    ErrorBars bars = new ErrorBars(part.point(), part.calibration());
    Map<ExprId, List<Attribute>> ends = new HashMap<>();
    List<Boolean> without = new ArrayList<>();
    for (int ordinal : bars.ordinals()) {
      Attribute column = columns.get(ordinal);
      without.add(isWiped(part, column));
      Attribute low = PassOn.end(column.name() + "_low");
      Attribute high = PassOn.end(column.name() + "_high");
      ends.put(column.exprId(), List.of(low, high));
      columns.add(low);
      columns.add(high);
    }
    UnsafeProjection all = Rows.projection(Rows.references(columns, 0, columns.size()));
    RowKeeper keeper = chamber.keeper(columns.size());
    for (UnsafeRow row : recorded) {
      List<Object> values = bars.of(row);
      for (int j = 0; j < values.size(); j++) {
        values.set(j, without.get(j / 2) ? null : values.get(j));
      }
      keeper.add(
          all.apply(new JoinedRow(shown.apply(row), new GenericInternalRow(values.toArray()))));
    }
    List<UnsafeRow> rows = keeper.rows();
    return new Barred(
        new Released(
            columns,
            KeptRows.areMany(rows)
                ? many(Chamber.sorted(KeptRows.relation(columns, rows), columns))
                : inOrder(rows, columns)),
        ends);
  }

  /** A release with error bars, and which columns are the bars of which. */
  record Barred(Released released, Map<ExprId, List<Attribute>> ends) {}

  /** Rows to record, in no order that the data had. */
  static List<UnsafeRow> sorted(List<InternalRow> rows, List<Attribute> columns) {
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
