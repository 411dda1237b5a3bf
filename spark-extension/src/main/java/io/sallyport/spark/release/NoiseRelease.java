package io.sallyport.spark.release;

import io.sallyport.dp.sampling.EntropySource;
import io.sallyport.policy.frame.FrameName;
import io.sallyport.spark.noise.BoundedQuery;
import io.sallyport.spark.noise.NoisyGroups;
import io.sallyport.spark.scala.Scala;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.Attribute;
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
   * @param part what was charged
   * @param aggregate its node, what is released below it in its place
   */
  Released release(NoisePlan.Part part, Aggregate aggregate) {
    if (part.point().singleRows()) {
      uniques.require(FrameTotals.tables(part.point().point().aggregate()), unseal);
    }
    CarriedPlan input = CarryUnits.through(aggregate.child());
    List<FrameName> frames = input.units().keySet().stream().sorted().toList();
    NoisyGroups groups = new NoisyGroups(part.point(), part.calibration(), frames, part.minimums());
    List<InternalRow> released;
    try (EntropySource entropy = EntropySource.fresh()) {
      BoundedQuery query =
          new BoundedQuery(part.point(), part.calibration().bounds(), entropy.nextLong());
      LogicalPlan plan = query.plan(input.plan(), input.units());
      Certifier.require(part, input, plan);
      released = groups.release(chamber.run(unseal.in(plan)), entropy);
    }
    if (released.size() > mostRows) {
      throw AggregationRelease.tooManyRows(mostRows);
    }
    List<Attribute> columns = Scala.list(aggregate.output());
    Wipe wipe = new Wipe(FrameTotals.tables(part.point().point().aggregate()));
    return again(
        aggregate, wipe.apply(sorted(released, columns), columns, part.point().point().output()));
  }

  /** The rows of an earlier release of the same, under the columns of this plan. */
  Released again(Aggregate aggregate, List<UnsafeRow> rows) {
    List<Attribute> columns = new ArrayList<>();
    for (Attribute column : Scala.<Attribute>list(aggregate.output())) {
      columns.add(column.withNullability(true));
    }
    return new Released(columns, rows);
  }

  /** By all columns: nothing of the order in which groups were found is left. */
  private static List<UnsafeRow> sorted(List<InternalRow> rows, List<Attribute> columns) {
    UnsafeProjection all = Rows.projection(Rows.references(columns, 0, columns.size()));
    List<UnsafeRow> sorted = new ArrayList<>();
    rows.forEach(row -> sorted.add(Rows.project(all, row)));
    Comparator<InternalRow> order = Rows.order(columns);
    sorted.sort(order);
    return sorted;
  }
}
