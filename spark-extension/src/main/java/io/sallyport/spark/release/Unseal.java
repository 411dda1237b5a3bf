package io.sallyport.spark.release;

import io.sallyport.policy.frame.Frame;
import io.sallyport.policy.frame.PrivacyUnit;
import io.sallyport.spark.scala.Scala;
import io.sallyport.spark.seal.FrameRelations;
import io.sallyport.spark.seal.FrameTable;
import io.sallyport.spark.seal.SealedFrame;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.catalyst.analysis.MultiInstanceRelation;
import org.apache.spark.sql.catalyst.expressions.Alias;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.expressions.IsNotNull;
import org.apache.spark.sql.catalyst.expressions.NamedExpression;
import org.apache.spark.sql.catalyst.plans.logical.Filter;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.catalyst.plans.logical.Project;

/**
 * Breaks the seal: puts the real relation in the place of each sealed leaf, under the leaf's own
 * columns. One instance serves one release, so that all its queries read the same files.
 *
 * <p>Rows without a privacy unit belong to nobody whom a policy could protect: they are not part of
 * the frame.
 */
public final class Unseal {

  private final FrameRelations relations;
  private final Map<FrameTable, LogicalPlan> read = new HashMap<>();

  Unseal(FrameRelations relations) {
    this.relations = relations;
  }

  LogicalPlan in(LogicalPlan plan) {
    return Scala.rewriteUp(plan, node -> node instanceof SealedFrame leaf ? open(leaf) : node);
  }

  /**
   * Names the state of the data that some frames are read in; empty when that cannot be told
   * without reading them.
   */
  public String dataVersion(Collection<FrameTable> tables) {
    StringBuilder versions = new StringBuilder();
    for (FrameTable table : byName(tables)) {
      Optional<String> version = DataVersion.of(relation(table));
      if (version.isEmpty()) {
        return "";
      }
      versions.append(table.name().value()).append(' ').append(version.get()).append('\n');
    }
    return PlanText.hash(versions.toString()).substring(0, 16);
  }

  private static List<FrameTable> byName(Collection<FrameTable> tables) {
    return tables.stream().sorted(Comparator.comparing(FrameTable::name)).toList();
  }

  /** The relation as this release reads it. */
  LogicalPlan relation(FrameTable table) {
    return read.computeIfAbsent(table, relations::relation);
  }

  private LogicalPlan open(SealedFrame leaf) {
    LogicalPlan relation = relation(leaf.table());
    LogicalPlan own =
        relation instanceof MultiInstanceRelation instance ? instance.newInstance() : relation;
    List<NamedExpression> columns = new ArrayList<>();
    for (Attribute column : leaf.attributes()) {
      Attribute source = FrameRelations.column(own, column.name()).orElseThrow();
      columns.add(
          new Alias(
              source,
              column.name(),
              column.exprId(),
              column.qualifier(),
              Scala.some(column.metadata()),
              Scala.noElements()));
    }
    return new Project(Scala.seq(columns), withoutNobody(leaf, own));
  }

  private static LogicalPlan withoutNobody(SealedFrame leaf, LogicalPlan relation) {
    return leaf.table()
        .frame()
        .map(Frame::unit)
        .filter(PrivacyUnit.Column.class::isInstance)
        .map(unit -> FrameRelations.column(relation, ((PrivacyUnit.Column) unit).name()))
        .map(column -> column.orElseThrow())
        .filter(Attribute::nullable)
        .<LogicalPlan>map(column -> new Filter(new IsNotNull(column), relation))
        .orElse(relation);
  }
}
