package io.sallyport.spark.exact;

import io.sallyport.policy.decision.RefusalCode;
import io.sallyport.policy.frame.FrameName;
import io.sallyport.spark.scala.Catalyst;
import io.sallyport.spark.scala.Scala;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.apache.spark.sql.catalyst.expressions.Alias;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.expressions.AttributeReference;
import org.apache.spark.sql.catalyst.expressions.CaseWhen;
import org.apache.spark.sql.catalyst.expressions.EqualTo;
import org.apache.spark.sql.catalyst.expressions.ExprId;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.GreaterThan;
import org.apache.spark.sql.catalyst.expressions.NamedExpression;
import org.apache.spark.sql.catalyst.expressions.SortArray;
import org.apache.spark.sql.catalyst.expressions.aggregate.AggregateExpression;
import org.apache.spark.sql.catalyst.expressions.aggregate.CollectSet;
import org.apache.spark.sql.catalyst.plans.logical.Aggregate;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.types.DataTypes;

/**
 * Reads an aggregate of each person's rows as a table of people, whose columns are what is computed
 * of a person's stored values. Its conditions, and whether its arguments are there, are conditions
 * of the question like all others: how many of a person's rows meet each (all, some, none) is a key
 * of the cells.
 */
final class PeopleReader {

  private final RowReader rows;
  private final Map<Expression, Attribute> counted = new LinkedHashMap<>();
  private final List<Expression> conditions = new ArrayList<>();
  private final Set<ExprId> keyColumns = new HashSet<>();
  private final List<NamedExpression> columns = new ArrayList<>();
  private final List<PersonalColumn> personal = new ArrayList<>();

  PeopleReader(RowReader rows) {
    this.rows = rows;
  }

  Part read(Aggregate aggregate) {
    List<Part> inner = rows.read(aggregate.child());
    if (inner.size() > 1) {
      throw RowReader.picksRows(aggregate);
    }
    Part part = inner.get(0);
    List<Expression> keys = Scala.list(aggregate.groupingExpressions());
    if (keys.stream().noneMatch(part::isUnit)) {
      throw RowReader.picksRows(aggregate);
    }
    rows.origins().requireNoneInCondition(part.passes(), "a filter");
    Expression passes = Condition.of(part.passes()).bit();
    Alias person = Catalyst.alias(part.base().unit().orElseThrow(), "person");
    columns.add(person);
    Map<Expression, Expression> shown = new LinkedHashMap<>();
    List<Expression> grouping = new ArrayList<>(List.of(part.base().unit().orElseThrow()));
    for (Expression key : keys) {
      if (part.isUnit(key)) {
        shown.put(key.canonicalized(), person.toAttribute());
      } else {
        Expression written = part.written(key);
        rows.origins()
            .requireNone(
                written,
                RefusalCode.KEY_NOT_ALLOWED,
                "the aggregate's key",
                "groups by other columns");
        boolean isStored =
            passes.equals(Catalyst.yes())
                && written instanceof AttributeReference column
                && part.stored().contains(column.exprId());
        Expression kept = isStored ? written : Catalyst.where(passes, written);
        grouping.add(kept);
        Alias named = Catalyst.alias(kept, "key");
        columns.add(named);
        if (!isStored) {
          keyColumns.add(named.exprId());
        }
        shown.put(key.canonicalized(), named.toAttribute());
      }
    }
    Attribute all = count(Catalyst.yes());
    Attribute passing = count(passes);
    Map<ExprId, Expression> output = new HashMap<>();
    for (NamedExpression column : Scala.<NamedExpression>list(aggregate.aggregateExpressions())) {
      Expression value = column instanceof Alias alias ? alias.child() : (Expression) column;
      output.put(column.exprId(), value(value, part, passes, shown));
    }
    return people(aggregate, part, person, grouping, output, all, passing);
  }

  private Part people(
      Aggregate aggregate,
      Part part,
      Alias person,
      List<Expression> grouping,
      Map<ExprId, Expression> output,
      Attribute all,
      Attribute passing) {
    Map<FrameName, Expression> frames = new TreeMap<>();
    part.frames()
        .forEach(
            (frame, there) ->
                frames.put(
                    frame,
                    there.equals(Catalyst.yes()) ? there : some(count(Condition.of(there).bit()))));
    part.conditions().forEach(condition -> count(condition.bit()));
    List<Condition> told =
        part.told().stream().map(one -> Condition.of(some(count(one.bit())))).toList();
    List<Expression> states = new ArrayList<>(part.states());
    counted.forEach(
        (condition, number) -> {
          if (!number.equals(all)) {
            states.add(state(number, all));
          }
        });
    if (states.size() > part.states().size() + 1) {
      states.add(together(aggregate));
    }
    LogicalPlan table = Catalyst.aggregate(grouping, columns, part.rows());
    boolean onePerUnit = grouping.size() == 1;
    Base base =
        new Base(part.base().table(), table, Optional.of(person.toAttribute()), onePerUnit, false);
    rows.origins().copy(part.base().unit().orElseThrow().exprId(), person.exprId());
    Set<ExprId> stored = new HashSet<>();
    // a key may be any expression: its values are cells
    base.columns().stream()
        .map(Attribute::exprId)
        .filter(column -> !keyColumns.contains(column))
        .forEach(stored::add);
    if (!part.states().isEmpty()) {
      throw RowReader.picksRows(aggregate); // people of people: their inner states are not kept
    }
    return new Part(
        base,
        List.of(),
        output,
        some(passing),
        List.of(),
        told,
        states,
        frames,
        part.lookedUp(),
        Set.of(person.exprId()),
        stored,
        personal,
        Set.of(),
        part.once());
  }

  /** An expression over keys and inner aggregates, over the columns of the table of people. */
  private Expression value(
      Expression expression, Part part, Expression passes, Map<Expression, Expression> shown) {
    Expression key = shown.get(expression.canonicalized());
    if (key != null) {
      return key;
    }
    if (expression instanceof AggregateExpression function) {
      return new PersonalAggregate(
              rows.origins(), part, passes, this::count, this::column, personal::add)
          .of(function);
    }
    List<Expression> children = Scala.children(expression);
    if (children.isEmpty()) {
      return expression;
    }
    return Scala.withChildren(
        expression, children.stream().map(c -> value(c, part, passes, shown)).toList());
  }

  private Attribute column(Expression aggregate, String name) {
    Alias column = Catalyst.alias(aggregate, name);
    columns.add(column);
    return column.toAttribute();
  }

  /** How many of a person's rows meet a condition. */
  private Attribute count(Expression condition) {
    return counted.computeIfAbsent(
        condition.canonicalized(),
        c -> {
          conditions.add(condition);
          Attribute number =
              column(Catalyst.count(List.of(Catalyst.where(condition, Catalyst.one()))), "rows");
          personal.add(PersonalColumn.of(PersonalColumn.Kind.COUNT, number));
          return number;
        });
  }

  /** Which combinations of the conditions a person's rows meet: one row apart is seen here. */
  private Expression together(Aggregate aggregate) {
    if (conditions.size() > CellLayout.BITS) {
      throw RowReader.picksRows(aggregate);
    }
    Expression mask = CellQuery.mask(conditions);
    return new SortArray(
        column(Catalyst.aggregate(new CollectSet(mask), false), "together"), Catalyst.yes());
  }

  private static Expression some(Attribute number) {
    return new GreaterThan(number, Catalyst.literal(0L, DataTypes.LongType));
  }

  /** 0 for none of a person's rows, 2 for all of them, 1 otherwise. */
  private static Expression state(Attribute number, Attribute all) {
    Expression none = new EqualTo(number, Catalyst.literal(0L, DataTypes.LongType));
    Expression each = new EqualTo(number, all);
    return new CaseWhen(
        Scala.seq(
            List.of(
                new scala.Tuple2<Expression, Expression>(none, Catalyst.integer(0)),
                new scala.Tuple2<Expression, Expression>(each, Catalyst.integer(2)))),
        Scala.some(Catalyst.integer(1)));
  }
}
