package io.sallyport.spark.label;

import io.sallyport.policy.decision.RefusalCode;
import io.sallyport.policy.frame.FrameName;
import io.sallyport.policy.question.Objection;
import io.sallyport.spark.scala.Scala;
import io.sallyport.spark.subquery.AtMostOneRow;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.expressions.ExprId;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.plans.JoinType;
import org.apache.spark.sql.catalyst.plans.logical.Join;

/**
 * Labels of joins. Rows stay one person's when a frame meets free data on the side that the join
 * preserves, or another frame by equality of their units; every other join mixes people.
 */
final class JoinFlow {

  private JoinFlow() {}

  static NodeLabel join(Join join, List<NodeLabel> inputs) {
    NodeLabel left = inputs.get(0);
    NodeLabel right = inputs.get(1);
    Map<ExprId, ColumnLabel> scope = scope(left, right);
    RowLabel rows = rows(join, left.rows(), right.rows());
    Objections objections = left.objections().and(right.objections());
    if (rows instanceof RowLabel.Owned) {
      objections = objections.and(conditionObjections(join, left, right, scope));
    }
    Set<FrameName> sources = new TreeSet<>(left.sources());
    sources.addAll(right.sources());
    return new NodeLabel(
        rows, visible(join, influenced(join, left, right, scope)), objections, sources);
  }

  /** A person's rows are matched by who the person is, which no column of the match tells. */
  private static Map<ExprId, ColumnLabel> influenced(
      Join join, NodeLabel left, NodeLabel right, Map<ExprId, ColumnLabel> scope) {
    Map<ExprId, ColumnLabel> influenced = scope;
    for (Expression conjunct : UnitEquality.conjuncts(join.condition())) {
      boolean alignment =
          left.rows() instanceof RowLabel.Owned l
              && right.rows() instanceof RowLabel.Owned r
              && UnitEquality.aligns(conjunct, l.unitColumns(), r.unitColumns());
      if (!alignment) {
        influenced =
            Influence.acrossSides(
                conjunct, influenced, left.columns().keySet(), right.columns().keySet());
      }
    }
    return influenced;
  }

  /** Beside governed rows, free columns are weights of the analyst's choosing: no measures. */
  private static Map<ExprId, ColumnLabel> scope(NodeLabel left, NodeLabel right) {
    Map<ExprId, ColumnLabel> scope = new HashMap<>();
    for (NodeLabel side : List.of(left, right)) {
      boolean free = side.rows().isFree();
      side.columns()
          .forEach((id, label) -> scope.put(id, free ? label.withForm(ColumnForm.OPAQUE) : label));
    }
    return scope;
  }

  private static Map<ExprId, ColumnLabel> visible(Join join, Map<ExprId, ColumnLabel> scope) {
    return Scala.<Attribute>list(join.output()).stream()
        .collect(Collectors.toMap(Attribute::exprId, column -> scope.get(column.exprId())));
  }

  private static RowLabel rows(Join join, RowLabel left, RowLabel right) {
    if (left.isFree() && right.isFree()) {
      boolean isPublic = left instanceof RowLabel.Public && right instanceof RowLabel.Public;
      return isPublic ? left : new RowLabel.Released();
    }
    JoinSides sides = JoinSides.of(join.joinType());
    if (left instanceof RowLabel.Owned owned && right.isFree()) {
      return withFree(
          owned, sides.keepsLeft(), sides.mayRepeatLeft() && !AtMostOneRow.isAddedBy(join));
    }
    if (left.isFree() && right instanceof RowLabel.Owned owned) {
      return withFree(owned, sides.keepsRight(), true);
    }
    if (left instanceof RowLabel.Owned l && right instanceof RowLabel.Owned r) {
      return ofFrames(join, sides, l, r);
    }
    Set<FrameName> frames = union(left.governed(), right.governed());
    return RowLabel.Mixed.of(frames, MixedReasons.mixedInput());
  }

  private static RowLabel withFree(RowLabel.Owned owned, boolean kept, boolean mayRepeat) {
    if (!kept) {
      return RowLabel.Mixed.of(owned.frames(), MixedReasons.absence());
    }
    if (owned.countsRows() && mayRepeat) {
      return RowLabel.Mixed.of(owned.frames(), MixedReasons.rowsRepeated());
    }
    return owned;
  }

  private static RowLabel ofFrames(
      Join join, JoinSides sides, RowLabel.Owned left, RowLabel.Owned right) {
    Set<FrameName> frames = union(left.frames(), right.frames());
    if (left.frames().stream().anyMatch(right.frames()::contains)) {
      return RowLabel.Mixed.of(frames, MixedReasons.sameFrameTwice());
    }
    if (left.countsRows() || right.countsRows()) {
      return RowLabel.Mixed.of(frames, MixedReasons.rowsRepeated());
    }
    if (!UnitEquality.aligns(join.condition(), left.unitColumns(), right.unitColumns())) {
      return RowLabel.Mixed.of(frames, MixedReasons.unaligned(frames));
    }
    Set<ExprId> unitColumns = new HashSet<>();
    if (sides.unitsOfLeft()) {
      unitColumns.addAll(left.unitColumns());
    }
    if (sides.unitsOfRight()) {
      unitColumns.addAll(right.unitColumns());
    }
    UnitHalves halves = new UnitHalves(left.unitColumns(), right.unitColumns());
    return new RowLabel.Owned(frames, unitColumns, false, isOuter(join) ? halves : UnitHalves.NONE);
  }

  private static boolean isOuter(Join join) {
    return Set.of("LEFT OUTER", "RIGHT OUTER", "FULL OUTER").contains(join.joinType().sql());
  }

  private static Objections conditionObjections(
      Join join, NodeLabel left, NodeLabel right, Map<ExprId, ColumnLabel> scope) {
    boolean withFree = left.rows().isFree() || right.rows().isFree();
    Objections objections = Objections.NONE;
    for (Expression conjunct : UnitEquality.conjuncts(join.condition())) {
      boolean alignment =
          !withFree
              && UnitEquality.aligns(
                  conjunct,
                  ((RowLabel.Owned) left.rows()).unitColumns(),
                  ((RowLabel.Owned) right.rows()).unitColumns());
      if (!alignment) {
        objections = objections.and(conjunctObjections(conjunct, scope, withFree));
      }
    }
    return objections;
  }

  private static Objections conjunctObjections(
      Expression conjunct, Map<ExprId, ColumnLabel> scope, boolean withFree) {
    if (!withFree) {
      return RowFlows.predicate(conjunct, scope);
    }
    Objections objections = Objections.NONE;
    for (ColumnRef identifier : new ExpressionLabels(scope).of(conjunct).identifiers()) {
      objections =
          objections.and(
              identifier.frame(),
              new Objection(
                  RefusalCode.KEY_NOT_ALLOWED,
                  "a join with other data uses " + identifier + ", a direct identifier",
                  "a join on other columns"));
    }
    return objections;
  }

  private static Set<FrameName> union(Set<FrameName> left, Set<FrameName> right) {
    Set<FrameName> union = new TreeSet<>(left);
    union.addAll(right);
    return union;
  }

  /**
   * What a join type does to each side.
   *
   * @param keepsLeft every output row rests on a left row
   * @param keepsRight every output row rests on a right row
   * @param mayRepeatLeft a left row may give several output rows
   * @param unitsOfLeft left columns are visible and never NULL for want of a match
   * @param unitsOfRight likewise on the right
   */
  record JoinSides(
      boolean keepsLeft,
      boolean keepsRight,
      boolean mayRepeatLeft,
      boolean unitsOfLeft,
      boolean unitsOfRight) {

    static JoinSides of(JoinType type) {
      return switch (type.sql()) {
        case "INNER", "CROSS" -> new JoinSides(true, true, true, true, true);
        case "LEFT OUTER" -> new JoinSides(true, false, true, true, false);
        case "RIGHT OUTER" -> new JoinSides(false, true, true, false, true);
        case "LEFT SEMI", "LEFT ANTI" -> new JoinSides(true, false, false, true, false);
        // FULL OUTER, and whatever a later Spark adds: no side is safe.
        default -> new JoinSides(false, false, true, false, false);
      };
    }
  }
}
