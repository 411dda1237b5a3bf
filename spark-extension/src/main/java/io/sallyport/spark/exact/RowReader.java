package io.sallyport.spark.exact;

import io.sallyport.policy.decision.RefusalCode;
import io.sallyport.policy.frame.Frame;
import io.sallyport.policy.frame.FrameName;
import io.sallyport.policy.frame.PrivacyUnit;
import io.sallyport.spark.SqlWords;
import io.sallyport.spark.scala.Catalyst;
import io.sallyport.spark.scala.Scala;
import io.sallyport.spark.seal.FrameTable;
import io.sallyport.spark.seal.SealedFrame;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.spark.sql.catalyst.expressions.Alias;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.expressions.ExprId;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.NamedExpression;
import org.apache.spark.sql.catalyst.plans.logical.Aggregate;
import org.apache.spark.sql.catalyst.plans.logical.Filter;
import org.apache.spark.sql.catalyst.plans.logical.Join;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.catalyst.plans.logical.Project;
import org.apache.spark.sql.catalyst.plans.logical.Sort;
import org.apache.spark.sql.catalyst.plans.logical.SubqueryAlias;
import org.apache.spark.sql.catalyst.plans.logical.Union;
import org.apache.spark.sql.catalyst.plans.logical.Window;

/**
 * Reads the rows below a release point as measured frames: what projections compute is written over
 * stored columns, what filters and joins cut becomes a condition, what joins add is looked up. The
 * plan that is made of it cuts nothing and repeats nothing, whatever the analyst's does.
 */
final class RowReader {

  private final Origins origins;

  RowReader(Origins origins) {
    this.origins = origins;
  }

  Origins origins() {
    return origins;
  }

  /**
   * The branches of a plan over governed rows.
   *
   * @throws Unreadable when its rows are not those of measured frames
   */
  List<Part> read(LogicalPlan plan) {
    if (plan instanceof SealedFrame leaf && leaf.table().isGoverned()) {
      return List.of(leaf(leaf));
    }
    if (plan instanceof SubqueryAlias || plan instanceof Sort) {
      return read(Scala.children(plan).get(0));
    }
    if (plan instanceof Project project) {
      return read(project.child()).stream().map(part -> project(part, project)).toList();
    }
    if (plan instanceof Filter filter) {
      return read(filter.child()).stream()
          .map(part -> part.where(part.written(filter.condition())))
          .toList();
    }
    if (plan instanceof Join join) {
      return new JoinReader(this).read(join);
    }
    if (plan instanceof Union union) {
      return union(union);
    }
    if (plan instanceof Aggregate aggregate) {
      return List.of(new PeopleReader(this).read(aggregate));
    }
    throw picksRows(plan);
  }

  /** Whether a plan depends on no governed rows, or only on what was released of them. */
  static boolean isFree(LogicalPlan plan) {
    return Scala.<LogicalPlan>list(plan.collectLeaves()).stream()
        .noneMatch(leaf -> leaf instanceof SealedFrame frame && frame.table().isGoverned());
  }

  private Part leaf(SealedFrame leaf) {
    FrameTable table = leaf.table();
    Frame frame = table.frame().orElseThrow();
    Optional<Attribute> unit =
        frame.unit() instanceof PrivacyUnit.Column column
            ? leaf.attributes().stream()
                .filter(a -> a.name().equalsIgnoreCase(column.name()))
                .findFirst()
            : Optional.empty();
    Map<ExprId, Expression> columns = new HashMap<>();
    Set<ExprId> stored = new HashSet<>();
    Set<ExprId> freelyMissing = new HashSet<>();
    Set<String> direct = frame.directIdentifiers();
    for (Attribute column : leaf.attributes()) {
      columns.put(column.exprId(), column);
      stored.add(column.exprId());
      if (frame.facts().isMissingPublic(column.name())) {
        freelyMissing.add(column.exprId());
      }
      if (direct.contains(column.name().toLowerCase(Locale.ROOT))) {
        origins.addIdentifier(column.exprId(), frame.name(), column.name());
      }
    }
    Base base = new Base(table, leaf, unit, frame.facts().uniqueUnit(), true);
    Map<FrameName, Expression> frames = Map.of(frame.name(), Catalyst.yes());
    Set<ExprId> units = unit.map(u -> Set.of(u.exprId())).orElse(Set.of());
    return new Part(
        base,
        List.of(),
        columns,
        Catalyst.yes(),
        List.of(),
        List.of(),
        List.of(),
        frames,
        Set.of(),
        units,
        stored,
        List.of(),
        freelyMissing,
        List.of());
  }

  private static Part project(Part part, Project project) {
    Map<ExprId, Expression> columns = new HashMap<>();
    for (NamedExpression column : Scala.<NamedExpression>list(project.projectList())) {
      Expression value = column instanceof Alias alias ? alias.child() : (Expression) column;
      columns.put(column.exprId(), part.written(value));
    }
    return part.withColumns(columns);
  }

  private List<Part> union(Union union) {
    List<Attribute> output = Scala.list(union.output());
    List<Part> parts = new ArrayList<>();
    for (LogicalPlan branch : Scala.children(union)) {
      if (isFree(branch)) {
        throw new Unreadable(
            RefusalCode.AGG_NOT_ALLOWED,
            "an aggregate over a union of a frame and other rows",
            "an aggregate of the frame alone, with the other rows added to its result");
      }
      List<Attribute> own = Scala.list(branch.output());
      for (Part part : read(branch)) {
        Map<ExprId, Expression> columns = new HashMap<>();
        for (int i = 0; i < output.size(); i++) {
          columns.put(output.get(i).exprId(), part.columns().get(own.get(i).exprId()));
        }
        parts.add(part.withColumns(columns));
      }
    }
    return parts;
  }

  static Unreadable picksRows(LogicalPlan plan) {
    if (plan instanceof Window) {
      return new Unreadable(
          RefusalCode.RELATION_NOT_ALLOWED,
          "an aggregate over a window function of a frame's rows: a window picks among a person's"
              + " rows, and what it picks can single people out",
          "GROUP BY <the privacy unit> in a subquery, then an aggregate over its result; or a frame"
              + " whose policy is dp(epsilon), where windows per person are answered with noise");
    }
    return new Unreadable(
        RefusalCode.RELATION_NOT_ALLOWED,
        "an aggregate over " + SqlWords.of(plan) + " of a frame's rows",
        "an aggregate over the frame's rows, filtered, joined by the privacy unit or with lookup"
            + " rows");
  }
}
