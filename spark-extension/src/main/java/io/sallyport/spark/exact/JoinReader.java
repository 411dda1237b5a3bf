package io.sallyport.spark.exact;

import io.sallyport.policy.decision.RefusalCode;
import io.sallyport.policy.frame.FrameName;
import io.sallyport.spark.scala.Catalyst;
import io.sallyport.spark.scala.Scala;
import io.sallyport.spark.seal.FrameTable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.spark.sql.catalyst.expressions.And;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.expressions.EqualTo;
import org.apache.spark.sql.catalyst.expressions.ExprId;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.If;
import org.apache.spark.sql.catalyst.expressions.Not;
import org.apache.spark.sql.catalyst.expressions.RuntimeReplaceable;
import org.apache.spark.sql.catalyst.expressions.TryEval;
import org.apache.spark.sql.catalyst.expressions.With;
import org.apache.spark.sql.catalyst.plans.logical.Filter;
import org.apache.spark.sql.catalyst.plans.logical.Join;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;

/**
 * Reads joins as lookups: one side is measured, the other gives at most one row for each of its
 * rows, or only says whether there is one. Whether a row matched is a condition.
 */
final class JoinReader {

  private final RowReader rows;

  JoinReader(RowReader rows) {
    this.rows = rows;
  }

  List<Part> read(Join join) {
    boolean freeLeft = RowReader.isFree(join.left());
    boolean freeRight = RowReader.isFree(join.right());
    String type = join.joinType().sql();
    return switch (type) {
      case "LEFT SEMI", "LEFT ANTI" -> {
        if (freeLeft) {
          throw absence();
        }
        yield exists(join, freeRight, type.equals("LEFT ANTI"));
      }
      case "INNER", "CROSS" -> {
        if (freeRight) {
          yield free(join, join.left(), join.right(), false);
        }
        if (freeLeft) {
          yield free(join, join.right(), join.left(), false);
        }
        yield inner(join);
      }
      case "LEFT OUTER" -> outer(join, join.left(), join.right(), freeLeft, freeRight);
      case "RIGHT OUTER" -> outer(join, join.right(), join.left(), freeRight, freeLeft);
      default ->
          throw new Unreadable(
              RefusalCode.UNIT_LOST,
              "a " + type + " JOIN has rows of neither side alone",
              "LEFT JOIN from the frame whose rows are counted");
    };
  }

  private List<Part> outer(
      Join join, LogicalPlan kept, LogicalPlan other, boolean freeKept, boolean freeOther) {
    if (freeKept) {
      throw absence();
    }
    if (freeOther) {
      return free(join, kept, other, true);
    }
    return byUnit(join, rows.read(kept), lookedUp(other), true);
  }

  /** The measured side is the one that is not unique; the other is looked up. */
  private List<Part> inner(Join join) {
    List<Part> left = rows.read(join.left());
    List<Part> right = rows.read(join.right());
    if (right.size() == 1 && isFoundOnce(join, left.get(0), right.get(0))) {
      return byUnit(join, left, right.get(0), false);
    }
    if (left.size() == 1 && isFoundOnce(join, right.get(0), left.get(0))) {
      return byUnit(join, right, left.get(0), false);
    }
    requireAligned(join, left.get(0), right.get(0));
    throw repeats(left.get(0), right.get(0));
  }

  private static boolean isFoundOnce(Join join, Part measured, Part other) {
    return other.base().onePerUnit() || !LookupKey.of(conjuncts(join), measured, other).isEmpty();
  }

  private Part lookedUp(LogicalPlan plan) {
    List<Part> parts = rows.read(plan);
    if (parts.size() > 1) {
      throw new Unreadable(
          RefusalCode.UNIT_AMBIGUOUS,
          "a union is joined to a frame, and may repeat its rows",
          "a join with each frame of the union by itself");
    }
    return parts.get(0);
  }

  // ---- frames ----------------------------------------------------------------------------------

  private List<Part> byUnit(Join join, List<Part> measured, Part other, boolean outer) {
    return measured.stream().map(part -> byUnit(join, part, other, outer)).toList();
  }

  private Part byUnit(Join join, Part measured, Part other, boolean outer) {
    Expression alignment = requireAligned(join, measured, other);
    if (!isFoundOnce(join, measured, other)) {
      throw repeats(measured, other);
    }
    Substitution both = both(measured, other);
    List<Expression> on = new ArrayList<>();
    List<Expression> conjuncts = conjuncts(join);
    List<Expression> key =
        other.base().onePerUnit() ? List.of() : LookupKey.of(conjuncts, measured, other);
    List<Expression> found = new ArrayList<>(List.of(both.in(alignment)));
    key.forEach(conjunct -> found.add(both.in(conjunct)));
    for (Expression conjunct : conjuncts) {
      boolean finds = conjunct == alignment || key.contains(conjunct);
      if (!finds && !isAlignment(conjunct, measured, other)) {
        Expression condition = both.in(conjunct);
        rows.origins().requireNoneInCondition(condition, "a join condition");
        on.add(condition);
      }
    }
    rows.origins().requireNoneInCondition(other.passes(), "a filter");
    if (!other.passes().equals(Catalyst.yes())) {
      on.add(other.passes());
    }
    // by the person and the key alone: who is in the frame and does not meet the rest is in cells
    // of its own, whatever else cuts the row away
    Fresh fresh = Fresh.of(other.rows(), rows.origins());
    Attachment lookup =
        Attachment.lookup(
            fresh.plan(), found.stream().map(fresh::in).reduce(And::new), Optional.empty());
    Expression inFrame = lookup.matched();
    Expression matched = on.stream().map(fresh::in).reduce(inFrame, Part::both);
    Map<ExprId, Expression> columns = new HashMap<>();
    other
        .columns()
        .forEach((id, c) -> columns.put(id, outer ? where(matched, fresh.in(c)) : fresh.in(c)));
    List<Condition> conditions = new ArrayList<>();
    other.conditions().forEach(c -> conditions.add(Condition.of(fresh.in(c.expression()))));
    List<Condition> told = new ArrayList<>(List.of(Condition.of(inFrame)));
    other.told().forEach(c -> told.add(Condition.of(fresh.in(c.expression()))));
    if (outer) {
      conditions.add(Condition.of(matched));
    }
    Map<FrameName, Expression> frames = new HashMap<>();
    // that somebody has no row there is told of that frame too, so all are held to its terms
    other.frames().keySet().forEach(frame -> frames.put(frame, Catalyst.yes()));
    Part withRows =
        measured.with(
            lookup,
            columns,
            outer ? measured.passes() : Part.both(measured.passes(), matched),
            conditions);
    if (!key.isEmpty()) {
      Attachment person = person(other, both.in(alignment));
      told.add(Condition.of(person.matched()));
      withRows = withRows.with(person, Map.of(), withRows.passes(), List.of());
    }
    return withRows
        .withLookedUp(
            frames,
            told,
            other.states().stream().map(fresh::in).toList(),
            lookedUp(other),
            fresh.ids(other.units()),
            fresh.ids(other.stored()),
            other.personal().stream().map(one -> one.with(fresh::in)).toList())
        .withOnce(other.once());
  }

  /** Whether a person has rows in a frame at all, whatever the question asks of these rows. */
  private Attachment person(Part other, Expression alignment) {
    Fresh fresh = Fresh.of(other.rows(), rows.origins());
    return Attachment.existence(fresh.plan(), Optional.of(fresh.in(alignment)));
  }

  /** The conjunct that ties the sides person by person. */
  private Expression requireAligned(Join join, Part left, Part right) {
    if (left.base().isOver(right.base())
        || left.frames().keySet().stream().anyMatch(right.frames()::containsKey)) {
      throw new Unreadable(
          RefusalCode.UNIT_AMBIGUOUS,
          "the frame " + right.base().table().name() + " is joined with itself",
          "each frame once");
    }
    if (left.base().isRow() || right.base().isRow()) {
      throw new Unreadable(
          RefusalCode.UNIT_LOST,
          "a join of frames of which one has no person column",
          "an aggregate of each frame by itself");
    }
    String space = left.base().table().frame().orElseThrow().facts().unitSpace();
    boolean sameSpace =
        space.equals(right.base().table().frame().orElseThrow().facts().unitSpace());
    return conjuncts(join).stream()
        .filter(conjunct -> sameSpace && isAlignment(conjunct, left, right))
        .findFirst()
        .orElseThrow(
            () ->
                new Unreadable(
                    RefusalCode.UNIT_AMBIGUOUS,
                    "a join of "
                        + left.base().table().name()
                        + " and "
                        + right.base().table().name()
                        + " without an equality of their persons",
                    "... JOIN ... ON " + unitName(left) + " = " + unitName(right)));
  }

  private static Set<FrameTable> lookedUp(Part other) {
    Set<FrameTable> tables = new HashSet<>(other.lookedUp());
    tables.add(other.base().table());
    return tables;
  }

  private static String unitName(Part part) {
    return part.base().table().name() + "." + part.base().unit().orElseThrow().name();
  }

  private static boolean isAlignment(Expression conjunct, Part left, Part right) {
    return conjunct instanceof EqualTo equal
        && ((left.isUnit(equal.left()) && right.isUnit(equal.right()))
            || (left.isUnit(equal.right()) && right.isUnit(equal.left())));
  }

  private static Unreadable repeats(Part left, Part right) {
    FrameName other = right.base().table().name();
    return new Unreadable(
        RefusalCode.UNIT_AMBIGUOUS,
        "a join repeats rows: neither "
            + left.base().table().name()
            + " nor "
            + other
            + " is declared to have one row for each person, or for what the join equates",
        "a join with (SELECT <privacy unit>, ... FROM "
            + other
            + " GROUP BY <privacy unit>), or a frame whose owner declares unique-unit, or unique for the"
            + " columns that are equated beside the persons");
  }

  // ---- free rows -------------------------------------------------------------------------------

  private List<Part> free(Join join, LogicalPlan governed, LogicalPlan free, boolean outer) {
    return rows.read(governed).stream().map(part -> free(join, part, free, outer)).toList();
  }

  private Part free(Join join, Part measured, LogicalPlan free, boolean outer) {
    List<Expression> on = onFree(join, measured);
    FreeKey once = FreeKeys.of(free, on);
    Fresh fresh = Fresh.of(free, rows.origins());
    Attachment lookup =
        Attachment.lookup(
            fresh.plan(), on.stream().map(fresh::in).reduce(And::new), Optional.of(once));
    Expression matched = lookup.matched();
    Map<ExprId, Expression> columns = new HashMap<>();
    for (Attribute column : Scala.<Attribute>list(free.output())) {
      Expression nullable = ((Attribute) fresh.in(column)).withNullability(true);
      columns.put(column.exprId(), outer ? where(matched, nullable) : nullable);
    }
    return measured.with(
        lookup,
        columns,
        outer ? measured.passes() : Part.both(measured.passes(), matched),
        outer && !on.isEmpty() ? List.of(Condition.of(matched)) : List.of());
  }

  /** The conjuncts of a join with free rows, in which no direct identifier may occur. */
  private List<Expression> onFree(Join join, Part measured) {
    List<Expression> on = new ArrayList<>();
    for (Expression conjunct : conjuncts(join)) {
      split(measured.written(conjunct), on);
    }
    on.forEach(
        condition ->
            rows.origins()
                .requireNone(
                    condition,
                    RefusalCode.KEY_NOT_ALLOWED,
                    "a join with other data",
                    "a join on other columns"));
    return on;
  }

  // ---- existence -------------------------------------------------------------------------------

  private List<Part> exists(Join join, boolean freeRight, boolean anti) {
    List<Part> measured = rows.read(join.left());
    return measured.stream()
        .map(
            part ->
                freeRight
                    ? existsFree(join, part, anti)
                    : existsPerson(join, part, lookedUp(join.right()), anti))
        .toList();
  }

  private Part existsFree(Join join, Part measured, boolean anti) {
    List<Expression> on = onFree(join, measured);
    Fresh fresh = Fresh.of(join.right(), rows.origins());
    Attachment existence =
        Attachment.existence(fresh.plan(), on.stream().map(fresh::in).reduce(And::new));
    return passing(measured, existence, anti);
  }

  private Part existsPerson(Join join, Part measured, Part other, boolean anti) {
    Expression alignment = requireAligned(join, measured, other);
    Substitution both = both(measured, other);
    List<Expression> on = new ArrayList<>();
    for (Expression conjunct : conjuncts(join)) {
      Expression condition = both.in(conjunct);
      if (conjunct != alignment && !isAlignment(conjunct, measured, other)) {
        rows.origins().requireNoneInCondition(condition, "a join condition");
      }
      on.add(condition);
    }
    rows.origins().requireNoneInCondition(other.passes(), "a filter");
    if (!other.conditions().isEmpty() || !other.told().isEmpty() || !other.states().isEmpty()) {
      throw new Unreadable(
          RefusalCode.RELATION_NOT_ALLOWED,
          "IN or EXISTS with an outer join or an aggregate inside",
          "a JOIN with it instead");
    }
    LogicalPlan passing =
        other.passes().equals(Catalyst.yes())
            ? other.rows()
            : new Filter(other.passes(), other.rows());
    Fresh fresh = Fresh.of(passing, rows.origins());
    Attachment existence =
        Attachment.existence(fresh.plan(), on.stream().map(fresh::in).reduce(And::new));
    // who is not there is told of too, so every measured person counts as one of the frame's
    Map<FrameName, Expression> frames = new HashMap<>();
    other.frames().keySet().forEach(frame -> frames.put(frame, Catalyst.yes()));
    Part found = passing(measured, existence, anti);
    Attachment person = existence;
    if (on.size() > 1 || !other.passes().equals(Catalyst.yes())) {
      person = person(other, both.in(alignment));
      found = found.with(person, Map.of(), found.passes(), List.of());
    }
    return found
        .withLookedUp(
            frames,
            List.of(Condition.of(person.matched())),
            List.of(),
            lookedUp(other),
            Set.of(),
            Set.of(),
            List.of())
        .withOnce(other.once());
  }

  private static Part passing(Part measured, Attachment existence, boolean anti) {
    Expression found = existence.matched();
    return measured.with(
        existence,
        Map.of(),
        Part.both(measured.passes(), anti ? new Not(found) : found),
        List.of());
  }

  // ---- common ----------------------------------------------------------------------------------

  private static Substitution both(Part left, Part right) {
    Map<ExprId, Expression> columns = new HashMap<>(left.columns());
    columns.putAll(right.columns());
    return new Substitution(columns);
  }

  private static Expression where(Expression matched, Expression column) {
    return new If(matched, column, Catalyst.nothing(column.dataType()));
  }

  private static Unreadable absence() {
    return new Unreadable(
        RefusalCode.UNIT_LOST,
        "rows of other data without a match in the frame tell who is not in it",
        "the frame on the side that the join keeps");
  }

  static List<Expression> conjuncts(Join join) {
    List<Expression> conjuncts = new ArrayList<>();
    Scala.optional(join.condition()).ifPresent(condition -> split(condition, conjuncts));
    return conjuncts;
  }

  static void split(Expression expression, List<Expression> into) {
    if (expression instanceof TryEval total && total.child() instanceof And) {
      split(total.child(), into); // each conjunct is total by itself
    } else if (expression instanceof RuntimeReplaceable replaced) {
      split(replaced.replacement(), into);
    } else if (expression instanceof With) {
      split(new Substitution(Map.of()).in(expression), into);
    } else if (expression instanceof And and) {
      split(and.left(), into);
      split(and.right(), into);
    } else {
      into.add(expression);
    }
  }
}
