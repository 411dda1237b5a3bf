package io.sallyport.spark.label;

import io.sallyport.policy.frame.FrameName;
import io.sallyport.spark.scala.Scala;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.expressions.ExprId;
import org.apache.spark.sql.catalyst.plans.logical.Union;

/**
 * Labels of unions. Each row is as it was in its branch: a frame's row keeps its person, a row of
 * the analyst's own belongs to nobody and so never counts towards a group's people.
 */
final class UnionFlow {

  private UnionFlow() {}

  static NodeLabel union(Union union, List<NodeLabel> branches) {
    List<List<Attribute>> outputs =
        Scala.children(union).stream().map(b -> Scala.<Attribute>list(b.output())).toList();
    List<Attribute> output = Scala.list(union.output());
    Map<ExprId, ColumnLabel> columns = new HashMap<>();
    Set<ExprId> unitColumns = new HashSet<>();
    for (int ordinal = 0; ordinal < output.size(); ordinal++) {
      columns.put(output.get(ordinal).exprId(), column(branches, outputs, ordinal));
      if (isUnitInEveryFrame(branches, outputs, ordinal)) {
        unitColumns.add(output.get(ordinal).exprId());
      }
    }
    Set<FrameName> sources = new TreeSet<>();
    branches.forEach(branch -> sources.addAll(branch.sources()));
    return new NodeLabel(rows(branches, unitColumns), columns, Objections.all(branches), sources);
  }

  private static RowLabel rows(List<NodeLabel> branches, Set<ExprId> unitColumns) {
    Set<FrameName> frames = new TreeSet<>();
    boolean twice = false;
    boolean mixed = false;
    boolean countsRows = false;
    boolean released = false;
    for (NodeLabel branch : branches) {
      RowLabel rows = branch.rows();
      twice |= rows.governed().stream().anyMatch(frames::contains);
      frames.addAll(rows.governed());
      mixed |= rows instanceof RowLabel.Mixed;
      released |= rows instanceof RowLabel.Released;
      countsRows |= rows instanceof RowLabel.Owned owned && owned.countsRows();
    }
    if (frames.isEmpty()) {
      return released ? new RowLabel.Released() : new RowLabel.Public();
    }
    if (mixed || twice) {
      return RowLabel.Mixed.of(
          frames, twice ? MixedReasons.sameFrameTwice() : MixedReasons.mixedInput());
    }
    return new RowLabel.Owned(frames, unitColumns, countsRows);
  }

  /** Own rows say nothing about a frame's; what counts is the column in the frames' branches. */
  private static ColumnLabel column(
      List<NodeLabel> branches, List<List<Attribute>> outputs, int ordinal) {
    List<ColumnLabel> all = new ArrayList<>();
    Set<Affine> affine = new HashSet<>();
    ColumnForm form = ColumnForm.CONSTANT;
    for (int i = 0; i < branches.size(); i++) {
      ColumnLabel label = branches.get(i).columns().get(outputs.get(i).get(ordinal).exprId());
      all.add(label);
      if (!branches.get(i).rows().isFree()) {
        form = label.form().compareTo(form) > 0 ? label.form() : form;
        affine.add(label.affine());
      }
    }
    // In another form in each branch, a value says which branch it is from.
    return affine.size() == 1
        ? ColumnLabel.join(all, form, affine.iterator().next())
        : ColumnLabel.join(all, ColumnForm.OPAQUE, Affine.IDENTITY);
  }

  /** Own rows would name people of the analyst's choosing. */
  private static boolean isUnitInEveryFrame(
      List<NodeLabel> branches, List<List<Attribute>> outputs, int ordinal) {
    for (int i = 0; i < branches.size(); i++) {
      ExprId id = outputs.get(i).get(ordinal).exprId();
      if (!(branches.get(i).rows() instanceof RowLabel.Owned owned)
          || !owned.unitColumns().contains(id)) {
        return false;
      }
    }
    return true;
  }
}
