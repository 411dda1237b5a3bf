package io.sallyport.spark.release;

import static io.sallyport.spark.scala.Catalyst.alias;

import io.sallyport.policy.frame.Frame;
import io.sallyport.policy.frame.FrameName;
import io.sallyport.policy.frame.PrivacyUnit;
import io.sallyport.spark.scala.Catalyst;
import io.sallyport.spark.seal.FrameTable;
import io.sallyport.spark.seal.SealedFrame;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.And;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.IsNotNull;
import org.apache.spark.sql.catalyst.plans.logical.Filter;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Checks what owners declare with {@code unique-unit}, that each person has one row at most, and
 * with {@code unique}, that no two rows agree in some columns. Answers are made for that, so a
 * frame where it does not hold is not answered. Once per state of the data.
 */
public final class UniqueUnits {

  private static final Logger LOG = LoggerFactory.getLogger(UniqueUnits.class);

  private final Map<FrameName, String> checked = new ConcurrentHashMap<>();
  private final Chamber chamber;

  public UniqueUnits(Chamber chamber) {
    this.chamber = chamber;
  }

  /**
   * @throws IllegalStateException when a declaration does not hold
   */
  void require(List<FrameTable> tables, Unseal unseal) {
    for (FrameTable table : tables) {
      Frame frame = table.frame().orElseThrow();
      boolean units = frame.facts().uniqueUnit() && frame.unit() instanceof PrivacyUnit.Column;
      if (units || !frame.facts().unique().isEmpty()) {
        require(table, units, unseal);
      }
    }
  }

  private void require(FrameTable table, boolean units, Unseal unseal) {
    Optional<String> version = DataVersion.of(unseal.relation(table));
    if (version.isPresent() && version.get().equals(checked.get(table.name()))) {
      return;
    }
    if (units) {
      CarriedPlan carried = CarryUnits.through(SealedFrame.of(table));
      Attribute unit = carried.units().get(table.name());
      requireDistinct(table, "unique-unit", carried.plan(), List.of(unit), unseal);
    }
    List<String> unique = table.frame().orElseThrow().facts().unique();
    if (!unique.isEmpty()) {
      SealedFrame leaf = SealedFrame.of(table);
      List<Expression> columns =
          leaf.attributes().stream()
              .filter(column -> unique.contains(column.name().toLowerCase(Locale.ROOT)))
              .map(column -> (Expression) column)
              .toList();
      // a row with NULL in one of them is equal to none
      Expression there =
          columns.stream().<Expression>map(IsNotNull::new).reduce(And::new).orElseThrow();
      requireDistinct(table, "unique", new Filter(there, leaf), columns, unseal);
    }
    version.ifPresent(v -> checked.put(table.name(), v));
  }

  private void requireDistinct(
      FrameTable table, String key, LogicalPlan rows, List<Expression> columns, Unseal unseal) {
    LogicalPlan plan =
        Catalyst.aggregate(
            List.of(),
            List.of(
                alias(Catalyst.countRows(), "rows"),
                alias(Catalyst.countDistinct(columns), "values")),
            rows);
    InternalRow counts = chamber.run(unseal.in(plan)).get(0);
    if (counts.getLong(0) != counts.getLong(1)) {
      LOG.error(
          "Frame {} is declared with {}, but some rows agree: it is not answered until its owner takes"
              + " that back",
          table.name(),
          key);
      throw new IllegalStateException("A declaration does not hold");
    }
  }
}
