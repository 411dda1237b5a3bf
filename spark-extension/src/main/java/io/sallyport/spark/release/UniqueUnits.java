package io.sallyport.spark.release;

import static io.sallyport.spark.scala.Catalyst.alias;

import io.sallyport.policy.frame.Frame;
import io.sallyport.policy.frame.FrameName;
import io.sallyport.policy.frame.PrivacyUnit;
import io.sallyport.spark.scala.Catalyst;
import io.sallyport.spark.seal.FrameTable;
import io.sallyport.spark.seal.SealedFrame;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Checks what owners declare with {@code unique-unit}: that each person has one row at most. Noise
 * is made for that, so a frame where it does not hold is not answered. Once per state of the data.
 */
public final class UniqueUnits {

  private static final Logger LOG = LoggerFactory.getLogger(UniqueUnits.class);

  private final Map<FrameName, String> checked = new ConcurrentHashMap<>();
  private final Chamber chamber;

  public UniqueUnits(Chamber chamber) {
    this.chamber = chamber;
  }

  /**
   * @throws IllegalStateException when a declared frame has two rows of one person
   */
  void require(List<FrameTable> tables, Unseal unseal) {
    for (FrameTable table : tables) {
      Frame frame = table.frame().orElseThrow();
      if (frame.facts().uniqueUnit() && frame.unit() instanceof PrivacyUnit.Column) {
        require(table, unseal);
      }
    }
  }

  private void require(FrameTable table, Unseal unseal) {
    Optional<String> version = DataVersion.of(unseal.relation(table));
    if (version.isPresent() && version.get().equals(checked.get(table.name()))) {
      return;
    }
    CarriedPlan carried = CarryUnits.through(SealedFrame.of(table));
    Attribute unit = carried.units().get(table.name());
    LogicalPlan plan =
        Catalyst.aggregate(
            List.of(),
            List.of(
                alias(Catalyst.countRows(), "rows"), alias(Catalyst.countDistinct(unit), "units")),
            carried.plan());
    InternalRow counts = chamber.run(unseal.in(plan)).get(0);
    if (counts.getLong(0) != counts.getLong(1)) {
      LOG.error(
          "Frame {} is declared with unique-unit = true, but some person has several rows: it is not"
              + " answered with noise until its owner takes that back",
          table.name());
      throw new IllegalStateException("A declaration does not hold");
    }
    version.ifPresent(v -> checked.put(table.name(), v));
  }
}
