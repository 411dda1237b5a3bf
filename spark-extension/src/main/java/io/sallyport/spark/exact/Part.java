package io.sallyport.spark.exact;

import io.sallyport.policy.frame.FrameName;
import io.sallyport.spark.scala.Catalyst;
import io.sallyport.spark.seal.FrameTable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.apache.spark.sql.catalyst.expressions.And;
import org.apache.spark.sql.catalyst.expressions.AttributeReference;
import org.apache.spark.sql.catalyst.expressions.ExprId;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;

/**
 * A branch of a plan below a release point, read as one measured frame of which nothing is cut and
 * nothing repeated: which of its rows pass, and what each column is, over what is stored.
 *
 * @param base the measured rows
 * @param attachments what is looked up for each of them, in order
 * @param columns each output column of the analyst's node, over stored columns
 * @param passes which rows the analyst's node has, as one condition
 * @param conditions further conditions of the question: whether outer joins matched
 * @param told who has rows in the frames that are looked up: told apart whether the row passes or
 *     not
 * @param states further keys of the cells: how many of a person's rows met an inner condition
 * @param frames the frames that have a part, each with where it has one
 * @param lookedUp the frames that are looked up
 * @param units stored columns that hold the person wherever the row passes
 * @param stored the columns that may be added up as they are
 * @param personal those of them that are numbers of each person's rows
 * @param freelyMissing those of them of which the owner says that a missing value tells nothing
 * @param once what must hold of free rows so that nothing is repeated, wherever they were joined:
 *     here, or in what is looked up or added up by person
 */
record Part(
    Base base,
    List<Attachment> attachments,
    Map<ExprId, Expression> columns,
    Expression passes,
    List<Condition> conditions,
    List<Condition> told,
    List<Expression> states,
    Map<FrameName, Expression> frames,
    Set<FrameTable> lookedUp,
    Set<ExprId> units,
    Set<ExprId> stored,
    List<PersonalColumn> personal,
    Set<ExprId> freelyMissing,
    List<FreeKey> once) {

  Part {
    once = List.copyOf(once);
    attachments = List.copyOf(attachments);
    columns = Map.copyOf(columns);
    conditions = List.copyOf(conditions);
    told = List.copyOf(told);
    states = List.copyOf(states);
    frames = Map.copyOf(new TreeMap<>(frames));
    lookedUp = Set.copyOf(lookedUp);
    units = Set.copyOf(units);
    stored = Set.copyOf(stored);
    personal = List.copyOf(personal);
    freelyMissing = Set.copyOf(freelyMissing);
  }

  /** All rows of the base, with what is looked up. */
  LogicalPlan rows() {
    LogicalPlan rows = base.plan();
    for (Attachment attachment : attachments) {
      rows = attachment.to(rows);
    }
    return rows;
  }

  Expression written(Expression overColumns) {
    return new Substitution(columns).in(overColumns);
  }

  boolean isUnit(Expression overColumns) {
    return written(overColumns) instanceof AttributeReference column
        && units.contains(column.exprId());
  }

  Part withColumns(Map<ExprId, Expression> newColumns) {
    return new Part(
        base,
        attachments,
        newColumns,
        passes,
        conditions,
        told,
        states,
        frames,
        lookedUp,
        units,
        stored,
        personal,
        freelyMissing,
        once);
  }

  Part where(Expression condition) {
    return new Part(
        base,
        attachments,
        columns,
        both(passes, condition),
        conditions,
        told,
        states,
        frames,
        lookedUp,
        units,
        stored,
        personal,
        freelyMissing,
        once);
  }

  /** The same with another relation looked up, whose columns are these. */
  Part with(
      Attachment attachment,
      Map<ExprId, Expression> moreColumns,
      Expression newPasses,
      List<Condition> moreConditions) {
    List<Attachment> all = new ArrayList<>(attachments);
    all.add(attachment);
    Map<ExprId, Expression> allColumns = new HashMap<>(columns);
    allColumns.putAll(moreColumns);
    List<Condition> allConditions = new ArrayList<>(conditions);
    allConditions.addAll(moreConditions);
    List<FreeKey> allOnce = new ArrayList<>(once);
    attachment.once().ifPresent(allOnce::add);
    return new Part(
        base,
        all,
        allColumns,
        newPasses,
        allConditions,
        told,
        states,
        frames,
        lookedUp,
        units,
        stored,
        personal,
        freelyMissing,
        allOnce);
  }

  /** The same, and this must hold of free rows too. */
  Part withOnce(List<FreeKey> more) {
    List<FreeKey> allOnce = new ArrayList<>(once);
    allOnce.addAll(more);
    return new Part(
        base,
        attachments,
        columns,
        passes,
        conditions,
        told,
        states,
        frames,
        lookedUp,
        units,
        stored,
        personal,
        freelyMissing,
        allOnce);
  }

  /** The same with more frames, persons and stored columns that came with a lookup. */
  Part withLookedUp(
      Map<FrameName, Expression> moreFrames,
      List<Condition> moreTold,
      List<Expression> moreStates,
      Set<FrameTable> moreLookedUp,
      Set<ExprId> moreUnits,
      Set<ExprId> moreStored,
      List<PersonalColumn> morePersonal) {
    Map<FrameName, Expression> allFrames = new TreeMap<>(frames);
    allFrames.putAll(moreFrames);
    List<Condition> allTold = new ArrayList<>(told);
    allTold.addAll(moreTold);
    List<Expression> allStates = new ArrayList<>(states);
    allStates.addAll(moreStates);
    Set<FrameTable> allLookedUp = new HashSet<>(lookedUp);
    allLookedUp.addAll(moreLookedUp);
    Set<ExprId> allUnits = new HashSet<>(units);
    allUnits.addAll(moreUnits);
    Set<ExprId> allStored = new HashSet<>(stored);
    allStored.addAll(moreStored);
    List<PersonalColumn> allPersonal = new ArrayList<>(personal);
    allPersonal.addAll(morePersonal);
    return new Part(
        base,
        attachments,
        columns,
        passes,
        conditions,
        allTold,
        allStates,
        allFrames,
        allLookedUp,
        allUnits,
        allStored,
        allPersonal,
        freelyMissing,
        once);
  }

  /**
   * The same over another base with the same rows, its columns written as that one's. Both owners
   * must say that a missing value tells nothing.
   */
  Part over(Base other, UnaryOperator<Expression> change, Set<ExprId> newFreelyMissing) {
    Map<ExprId, Expression> newColumns = new HashMap<>();
    columns.forEach((id, column) -> newColumns.put(id, change.apply(column)));
    Map<FrameName, Expression> newFrames = new TreeMap<>();
    frames.forEach((frame, there) -> newFrames.put(frame, change.apply(there)));
    Set<ExprId> newUnits = new HashSet<>(units);
    other.unit().ifPresent(unit -> newUnits.add(unit.exprId()));
    Set<ExprId> newStored = new HashSet<>(stored);
    other.columns().forEach(column -> newStored.add(column.exprId()));
    return new Part(
        other,
        attachments.stream().map(a -> a.with(change)).toList(),
        newColumns,
        change.apply(passes),
        changed(conditions, change),
        changed(told, change),
        states.stream().map(change).toList(),
        newFrames,
        lookedUp,
        newUnits,
        newStored,
        personal.stream().map(one -> one.with(change)).toList(),
        newFreelyMissing,
        once);
  }

  private static List<Condition> changed(
      List<Condition> conditions, UnaryOperator<Expression> change) {
    return conditions.stream().map(c -> Condition.of(change.apply(c.expression()))).toList();
  }

  static Expression both(Expression a, Expression b) {
    return a.equals(Catalyst.yes()) ? b : b.equals(Catalyst.yes()) ? a : new And(a, b);
  }
}
