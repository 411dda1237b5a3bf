package io.sallyport.spark.exact;

import io.sallyport.policy.ledger.SourcePlace;
import io.sallyport.spark.scala.Scala;
import io.sallyport.spark.seal.FrameTable;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;

/**
 * The rows that are measured: a frame's leaf, or a table of its people.
 *
 * @param table the frame
 * @param plan all its rows
 * @param unit the column of the person; empty where each row is a unit
 * @param onePerUnit whether no two rows are of one person: by construction, or by the owner's word
 * @param leaf whether the plan is the frame's leaf
 */
record Base(
    FrameTable table,
    LogicalPlan plan,
    Optional<Attribute> unit,
    boolean onePerUnit,
    boolean leaf) {

  List<Attribute> columns() {
    return Scala.list(plan.output());
  }

  boolean isRow() {
    return unit.isEmpty();
  }

  /** Whether each row is another unit. */
  boolean rowsAreUnits() {
    return isRow() || onePerUnit;
  }

  /** Whether both are the same rows, so that what is told of one is told of the other. */
  boolean isOver(Base other) {
    return isOver(table, other.table);
  }

  /** Whether two frames have rows in common, however their places are spelled. */
  static boolean isOver(FrameTable one, FrameTable other) {
    return SourcePlace.overlap(one.source(), other.source());
  }

  /**
   * Whether both have the same columns of the same rows, in the same order: a file in a directory
   * has other rows than the directory.
   */
  boolean sameRows(Base other) {
    return (leaf && other.leaf)
        ? SourcePlace.same(table.source(), other.table.source())
            && names(columns()).equals(names(other.columns()))
            && names(unit.stream().toList()).equals(names(other.unit.stream().toList()))
        : !leaf && !other.leaf && plan.canonicalized().equals(other.plan.canonicalized());
  }

  private static List<String> names(List<Attribute> columns) {
    return columns.stream()
        .map(column -> column.name().toLowerCase(Locale.ROOT) + " " + column.dataType().sql())
        .toList();
  }
}
