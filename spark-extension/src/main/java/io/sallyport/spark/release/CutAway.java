package io.sallyport.spark.release;

import static io.sallyport.spark.scala.Catalyst.alias;

import io.sallyport.policy.decision.Obligation;
import io.sallyport.policy.frame.FrameName;
import io.sallyport.spark.scala.Catalyst;
import io.sallyport.spark.scala.Scala;
import io.sallyport.spark.seal.FrameTable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.plans.logical.Filter;
import org.apache.spark.sql.catalyst.plans.logical.Join;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;

/**
 * The small complement: what filters and joins cut away from a frame is nothing, or rests on at
 * least k units too. Otherwise the same question without the filter would, by subtraction, describe
 * fewer than k people.
 *
 * <p>Filters and joins with free data are measured by the rows they cut, joins of frames by the
 * units they leave out altogether. Cheap bounds from the groups and from the frame's total decide
 * most questions without another scan.
 */
final class CutAway {

  private final Chamber chamber;
  private final FrameTotals totals;
  private final Unseal unseal;
  private final Map<FrameName, Long> counted = new HashMap<>();

  CutAway(Chamber chamber, FrameTotals totals, Unseal unseal) {
    this.chamber = chamber;
    this.totals = totals;
    this.unseal = unseal;
  }

  /** The first obligation that what was cut away breaks. */
  Optional<Obligation> broken(
      List<Obligation> obligations, LogicalPlan input, CarriedPlan carried, List<Group> groups) {
    boolean joins = contains(input, Join.class);
    if (!joins && !contains(input, Filter.class)) {
      return Optional.empty();
    }
    List<Obligation> undecided = undecided(obligations, input, groups);
    if (undecided.isEmpty()) {
      return Optional.empty();
    }
    boolean frames = FrameTotals.tables(input).size() > 1;
    Optional<Obligation> leftOut =
        joins && frames ? leftOut(undecided, input, carried) : Optional.empty();
    return leftOut.or(() -> cut(undecided, input));
  }

  /** Those for which the bounds do not show already that whole persons, k or more, are cut. */
  private List<Obligation> undecided(
      List<Obligation> obligations, LogicalPlan input, List<Group> groups) {
    List<Obligation> undecided = new ArrayList<>();
    for (int i = 0; i < obligations.size(); i++) {
      Obligation obligation = obligations.get(i);
      int ordinal = i;
      long atMost = groups.stream().mapToLong(group -> group.units().get(ordinal)).sum();
      long total = total(input, obligation.frame());
      if (total - Math.min(total, atMost) < obligation.minimumUnits()) {
        undecided.add(obligation);
      }
    }
    return undecided;
  }

  private Optional<Obligation> leftOut(
      List<Obligation> obligations, LogicalPlan input, CarriedPlan carried) {
    List<Expression> counts = new ArrayList<>();
    obligations.forEach(o -> counts.add(count(o.frame(), input, carried.units().get(o.frame()))));
    InternalRow present = chamber.run(unseal.in(counting(counts, carried.plan()))).get(0);
    for (int i = 0; i < obligations.size(); i++) {
      long total = total(input, obligations.get(i).frame());
      if (isSmall(total - present.getLong(i), obligations.get(i))) {
        return Optional.of(obligations.get(i));
      }
    }
    return Optional.empty();
  }

  private Optional<Obligation> cut(List<Obligation> obligations, LogicalPlan input) {
    for (CutRegions.Region region : CutRegions.of(input)) {
      List<Obligation> here =
          obligations.stream().filter(o -> region.units().containsKey(o.frame())).toList();
      List<Expression> counts = new ArrayList<>();
      here.forEach(o -> counts.add(cut(o.frame(), input, region)));
      InternalRow cut = chamber.run(unseal.in(counting(counts, region.plan()))).get(0);
      for (int i = 0; i < here.size(); i++) {
        if (isSmall(cut.getLong(i), here.get(i))) {
          return Optional.of(here.get(i));
        }
      }
    }
    return Optional.empty();
  }

  /** Counted once per release, also where the data's state cannot be told without reading them. */
  private long total(LogicalPlan input, FrameName frame) {
    return counted.computeIfAbsent(frame, name -> totals.of(table(input, name), unseal));
  }

  private static Expression cut(FrameName frame, LogicalPlan input, CutRegions.Region region) {
    Attribute unit = region.units().get(frame);
    return count(frame, input, Catalyst.where(region.cut(), unit));
  }

  private static Expression count(FrameName frame, LogicalPlan input, Expression unit) {
    boolean row = table(input, frame).frame().orElseThrow().unit().isRow();
    return row ? Catalyst.count(List.of(unit)) : Catalyst.countDistinct(unit);
  }

  private static LogicalPlan counting(List<Expression> counts, LogicalPlan input) {
    return Catalyst.aggregate(
        List.of(), counts.stream().map(count -> alias(count, "units")).toList(), input);
  }

  private static boolean isSmall(long units, Obligation obligation) {
    return units > 0 && units < obligation.minimumUnits();
  }

  private static FrameTable table(LogicalPlan plan, FrameName frame) {
    return FrameTotals.tables(plan).stream()
        .filter(table -> table.name().equals(frame))
        .findFirst()
        .orElseThrow();
  }

  /** Whether such an operator stands over governed rows. */
  private static boolean contains(LogicalPlan plan, Class<? extends LogicalPlan> operator) {
    boolean governed = !FrameTotals.tables(plan).isEmpty();
    return governed
        && (plan.getClass() == operator
            || Scala.children(plan).stream().anyMatch(child -> contains(child, operator)));
  }
}
