package io.sallyport.spark.release;

import static io.sallyport.spark.scala.Catalyst.alias;

import io.sallyport.policy.frame.FrameName;
import io.sallyport.spark.scala.Catalyst;
import io.sallyport.spark.scala.Scala;
import io.sallyport.spark.seal.FrameTable;
import io.sallyport.spark.seal.SealedFrame;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;

/**
 * How many units a frame has in all, counted once per state of its data. Only the newest state is
 * remembered.
 */
public final class FrameTotals {

  private record Total(String version, long units) {}

  private final Map<FrameName, Total> totals = new ConcurrentHashMap<>();
  private final Chamber chamber;

  public FrameTotals(Chamber chamber) {
    this.chamber = chamber;
  }

  long of(FrameTable table, Unseal unseal) {
    Optional<String> version = DataVersion.of(unseal.relation(table));
    Total known = totals.get(table.name());
    if (known != null && version.filter(known.version()::equals).isPresent()) {
      return known.units();
    }
    long units = count(table, unseal);
    version.ifPresent(v -> totals.put(table.name(), new Total(v, units)));
    return units;
  }

  private long count(FrameTable table, Unseal unseal) {
    CarriedPlan carried = CarryUnits.through(SealedFrame.of(table));
    Attribute unit = carried.units().get(table.name());
    boolean row = table.frame().orElseThrow().unit().isRow();
    Expression count = row ? Catalyst.countRows() : Catalyst.countDistinct(unit);
    LogicalPlan plan =
        Catalyst.aggregate(List.of(), List.of(alias(count, "units")), carried.plan());
    return chamber.run(unseal.in(plan)).get(0).getLong(0);
  }

  /** The governed tables that a plan names. */
  public static List<FrameTable> tables(LogicalPlan plan) {
    return Scala.<LogicalPlan>list(plan.collectLeaves()).stream()
        .filter(SealedFrame.class::isInstance)
        .map(leaf -> ((SealedFrame) leaf).table())
        .filter(FrameTable::isGoverned)
        .distinct()
        .toList();
  }
}
