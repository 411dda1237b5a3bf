package io.sallyport.spark.certificate;

import io.sallyport.policy.frame.Frame;
import io.sallyport.policy.frame.PrivacyUnit;
import io.sallyport.spark.frequency.FrequentValues;
import io.sallyport.spark.relation.PersonVectors;
import io.sallyport.spark.scala.Scala;
import io.sallyport.spark.seal.SealedFrame;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.apache.spark.sql.catalyst.expressions.Alias;
import org.apache.spark.sql.catalyst.expressions.And;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.expressions.AttributeReference;
import org.apache.spark.sql.catalyst.expressions.CreateNamedStruct;
import org.apache.spark.sql.catalyst.expressions.EqualTo;
import org.apache.spark.sql.catalyst.expressions.ExprId;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.If;
import org.apache.spark.sql.catalyst.expressions.Literal;
import org.apache.spark.sql.catalyst.expressions.NamedExpression;
import org.apache.spark.sql.catalyst.expressions.aggregate.AggregateExpression;
import org.apache.spark.sql.catalyst.expressions.aggregate.Average;
import org.apache.spark.sql.catalyst.expressions.aggregate.CollectSet;
import org.apache.spark.sql.catalyst.expressions.aggregate.CollectTopK;
import org.apache.spark.sql.catalyst.expressions.aggregate.Count;
import org.apache.spark.sql.catalyst.expressions.aggregate.CovPopulation;
import org.apache.spark.sql.catalyst.expressions.aggregate.Max;
import org.apache.spark.sql.catalyst.expressions.aggregate.Min;
import org.apache.spark.sql.catalyst.expressions.aggregate.Sum;
import org.apache.spark.sql.catalyst.expressions.aggregate.VariancePop;
import org.apache.spark.sql.catalyst.plans.ExistenceJoin;
import org.apache.spark.sql.catalyst.plans.LeftAnti$;
import org.apache.spark.sql.catalyst.plans.LeftOuter$;
import org.apache.spark.sql.catalyst.plans.logical.Aggregate;
import org.apache.spark.sql.catalyst.plans.logical.Filter;
import org.apache.spark.sql.catalyst.plans.logical.GlobalLimit;
import org.apache.spark.sql.catalyst.plans.logical.Join;
import org.apache.spark.sql.catalyst.plans.logical.LocalLimit;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.catalyst.plans.logical.Project;

/**
 * Checks a query of the table of cells before it runs, from the plan alone. It knows nothing of how
 * the plan was made.
 *
 * <p>What it demands: what is added up is a stored column, a product of some, or a sum of such; no
 * key, condition or argument holds a direct identifier, except where two persons are equated, a
 * person is grouped by or persons are counted; and until rows are added up, nothing cuts a measured
 * row, and nothing repeats one. What it does not know, it rejects.
 */
public final class ExactChecker {

  /** What an output column is. */
  private record Column(boolean identifier, boolean person, boolean stored, boolean blacklisted) {
    static final Column FREE = new Column(false, false, false, false);
    static final Column STORED = new Column(false, false, true, false);
  }

  /**
   * @param columns by their ids
   * @param onePerPerson whether no two rows are of one person, in this column
   * @param unique columns in all of which no two rows agree, by the owner's word; none if unknown
   * @param added whether rows were added up, by person at least
   * @param counted whether persons were
   */
  private record Rows(
      Map<ExprId, Column> columns,
      Set<ExprId> onePerPerson,
      Set<ExprId> unique,
      boolean added,
      boolean counted) {}

  private static final Set<Class<?>> ADDED =
      Set.of(
          Count.class,
          Sum.class,
          Min.class,
          Max.class,
          Average.class,
          VariancePop.class,
          CovPopulation.class,
          CollectTopK.class,
          CollectSet.class,
          FrequentValues.class,
          PersonVectors.class);

  private ExactChecker() {}

  /**
   * Passes a plan that does no more than count cells.
   *
   * @throws NotCertifiedException when the plan may do something else than count cells
   */
  public static void require(LogicalPlan plan) {
    if (!isFree(plan)) {
      Rows rows = rows(plan, true);
      boolean whole =
          rows.counted() && rows.columns().values().stream().noneMatch(Column::identifier);
      if (!whole) {
        throw new NotCertifiedException("rows of people would leave the table of cells");
      }
    }
  }

  private static Rows rows(LogicalPlan plan, boolean measured) {
    if (isFree(plan)) {
      Map<ExprId, Column> columns = new HashMap<>();
      Scala.<Attribute>list(plan.output()).forEach(c -> columns.put(c.exprId(), Column.FREE));
      return new Rows(columns, Set.of(), Set.of(), false, false);
    }
    if (plan instanceof SealedFrame leaf) {
      return leaf(leaf);
    }
    if (plan instanceof Project project) {
      return project(project, measured);
    }
    if (plan instanceof Join join) {
      return join(join, measured);
    }
    if (plan instanceof Aggregate aggregate) {
      return aggregate(aggregate, measured);
    }
    if (plan instanceof Filter filter) {
      Rows input = rows(filter.child(), measured);
      if (measured && !input.added()) {
        throw rejected(filter);
      }
      requireNoIdentifier(filter.condition(), input);
      return input;
    }
    if (plan instanceof GlobalLimit || plan instanceof LocalLimit) {
      Rows input = rows(Scala.children(plan).get(0), measured);
      if (!input.counted()) {
        throw rejected(plan);
      }
      return input;
    }
    throw rejected(plan);
  }

  private static Rows leaf(SealedFrame leaf) {
    Frame frame = leaf.table().frame().orElseThrow();
    Set<String> direct = frame.directIdentifiers();
    Map<ExprId, Column> columns = new HashMap<>();
    Set<ExprId> onePerPerson = Set.of();
    Set<ExprId> unique = new HashSet<>();
    for (Attribute column : leaf.attributes()) {
      boolean person =
          frame.unit() instanceof PrivacyUnit.Column unit
              && unit.name().equalsIgnoreCase(column.name());
      String name = column.name().toLowerCase(Locale.ROOT);
      boolean identifier = direct.contains(name);
      boolean blacklisted = frame.blacklist().contains(name);
      columns.put(column.exprId(), new Column(identifier, person, !identifier, blacklisted));
      if (frame.facts().unique().contains(name)) {
        unique.add(column.exprId());
      }
      if (person && frame.facts().uniqueUnit()) {
        onePerPerson = Set.of(column.exprId());
      }
    }
    return new Rows(columns, onePerPerson, unique, false, false);
  }

  private static Rows project(Project project, boolean measured) {
    Rows input = rows(project.child(), measured);
    Map<ExprId, Column> columns = new HashMap<>();
    List<ExprId> one = new ArrayList<>();
    Map<ExprId, ExprId> unique = new HashMap<>();
    for (NamedExpression column : Scala.<NamedExpression>list(project.projectList())) {
      Expression value = column instanceof Alias alias ? alias.child() : (Expression) column;
      columns.put(column.exprId(), column(value, input));
      if (value instanceof AttributeReference same
          && input.onePerPerson().contains(same.exprId())) {
        one.add(column.exprId());
      }
      if (value instanceof AttributeReference same && input.unique().contains(same.exprId())) {
        unique.put(same.exprId(), column.exprId());
      }
    }
    Set<ExprId> all =
        unique.keySet().containsAll(input.unique()) ? Set.copyOf(unique.values()) : Set.of();
    return new Rows(columns, Set.copyOf(one), all, input.added(), input.counted());
  }

  private static Column column(Expression value, Rows input) {
    if (value instanceof AttributeReference same) {
      return input.columns().get(same.exprId());
    }
    requireNoIdentifier(value, input);
    return StoredValues.isStored(value, column -> isStored(column, input))
        ? Column.STORED
        : Column.FREE;
  }

  private static boolean isStored(AttributeReference column, Rows input) {
    return input.columns().get(column.exprId()).stored();
  }

  private static Rows join(Join join, boolean measured) {
    boolean keepsEach =
        join.joinType() == LeftOuter$.MODULE$ || join.joinType() instanceof ExistenceJoin;
    boolean others = join.joinType() == LeftAnti$.MODULE$ && !measured;
    if (!keepsEach && !others) {
      throw rejected(join);
    }
    Rows left = rows(join.left(), measured);
    Rows right = rows(join.right(), join.joinType() == LeftOuter$.MODULE$);
    Map<ExprId, Column> columns = new HashMap<>(left.columns());
    if (right.columns().keySet().stream().anyMatch(columns::containsKey)) {
      throw new NotCertifiedException("two columns of a join have one name");
    }
    columns.putAll(right.columns());
    Rows both = new Rows(columns, left.onePerPerson(), left.unique(), left.added(), left.counted());
    Set<ExprId> equated = new HashSet<>();
    boolean oneEach = isFree(join.right()); // its rows were looked at: see FreeKey
    for (Expression conjunct : conjuncts(Scala.optional(join.condition()).orElse(null))) {
      if (isPerson(conjunct, left, right)) {
        EqualTo equal = (EqualTo) conjunct;
        oneEach |= holds(equal.left(), right) || holds(equal.right(), right);
        equated.addAll(sides(equal));
      } else if (isKey(conjunct, left, right)) {
        equated.addAll(sides((EqualTo) conjunct));
      } else {
        requireNoIdentifier(conjunct, both);
      }
    }
    oneEach |= !right.unique().isEmpty() && equated.containsAll(right.unique());
    if (join.joinType() == LeftOuter$.MODULE$ && !oneEach) {
      throw new NotCertifiedException("a join may repeat measured rows");
    }
    if (join.joinType() instanceof ExistenceJoin existence) {
      columns = new HashMap<>(left.columns());
      columns.put(existence.exists().exprId(), Column.FREE);
    }
    return new Rows(columns, left.onePerPerson(), left.unique(), left.added(), left.counted());
  }

  private static boolean holds(Expression side, Rows rows) {
    return side instanceof AttributeReference column
        && rows.onePerPerson().contains(column.exprId());
  }

  private static List<ExprId> sides(EqualTo equal) {
    return List.of(
        ((AttributeReference) equal.left()).exprId(),
        ((AttributeReference) equal.right()).exprId());
  }

  /**
   * Whether the conjunct equates a column that tells rows of the right apart with one of the left:
   * an identifier with an identifier, or two columns that are none.
   */
  private static boolean isKey(Expression conjunct, Rows left, Rows right) {
    return conjunct instanceof EqualTo equal
        && equal.left() instanceof AttributeReference a
        && equal.right() instanceof AttributeReference b
        && (isKey(a, right, b, left) || isKey(b, right, a, left));
  }

  private static boolean isKey(
      AttributeReference key, Rows right, AttributeReference column, Rows left) {
    Column of = right.columns().get(key.exprId());
    Column with = left.columns().get(column.exprId());
    return right.unique().contains(key.exprId())
        && with != null
        && of.identifier() == with.identifier()
        && of.person() == with.person()
        && !of.blacklisted()
        && !with.blacklisted();
  }

  /** Whether the conjunct equates a person of one side with one of the other. */
  private static boolean isPerson(Expression conjunct, Rows left, Rows right) {
    return conjunct instanceof EqualTo equal
        && equal.left() instanceof AttributeReference a
        && equal.right() instanceof AttributeReference b
        && ((isPerson(a, left) && isPerson(b, right)) || (isPerson(b, left) && isPerson(a, right)));
  }

  private static boolean isPerson(AttributeReference column, Rows rows) {
    return rows.columns().getOrDefault(column.exprId(), Column.FREE).person();
  }

  private static Rows aggregate(Aggregate aggregate, boolean measured) {
    Rows input = rows(aggregate.child(), measured);
    List<Expression> keys = Scala.list(aggregate.groupingExpressions());
    boolean byPerson = false;
    for (Expression key : keys) {
      boolean person = key instanceof AttributeReference column && isPerson(column, input);
      byPerson |= person;
      if (!person) {
        requireNoIdentifier(key, input);
      }
    }
    Map<ExprId, Column> columns = new HashMap<>();
    List<ExprId> one = new ArrayList<>();
    for (NamedExpression column : Scala.<NamedExpression>list(aggregate.aggregateExpressions())) {
      Expression value = column instanceof Alias alias ? alias.child() : (Expression) column;
      if (value instanceof AttributeReference same) {
        Column of = input.columns().get(same.exprId());
        columns.put(column.exprId(), of);
        if (of.person() && keys.size() == 1) {
          one.add(column.exprId());
        }
      } else {
        columns.put(column.exprId(), added(value, input));
      }
    }
    // by person, rows are still one person's
    return new Rows(columns, Set.copyOf(one), Set.of(), true, input.counted() || !byPerson);
  }

  /** What an aggregate adds up: stored columns, numbers of rows and of persons, and marks. */
  private static Column added(Expression value, Rows input) {
    if (!(value instanceof AggregateExpression aggregate)) {
      requireAdded(value, input);
      return Column.FREE;
    }
    Expression function = (Expression) aggregate.aggregateFunction();
    if (aggregate.filter().isDefined() || !ADDED.contains(function.getClass())) {
      throw new NotCertifiedException("the function " + function.prettyName() + " is not known");
    }
    List<Expression> arguments = Scala.children(function);
    if (function.getClass() == Max.class && arguments.get(0) instanceof CreateNamedStruct one) {
      requireNoIdentifier(one, input);
      return Column.FREE; // some row's values, of which nothing is added up
    }
    if (function.getClass() == Count.class) {
      arguments.stream()
          .filter(argument -> !isOnePerson(argument, input))
          .forEach(argument -> requireNoIdentifier(argument, input));
      return Column.STORED;
    }
    for (Expression argument : arguments) {
      requireNoIdentifier(argument, input);
      boolean isAdded =
          function.getClass() == FrequentValues.class
              || function.getClass() == PersonVectors.class
              || function.getClass() == CollectSet.class
              || isMark(argument)
              || StoredValues.isStored(argument, column -> isStored(column, input));
      if (!isAdded) {
        throw new NotCertifiedException("a sum is not one of stored columns");
      }
    }
    return Column.STORED;
  }

  /** What is computed of aggregates: each of them is looked at, and what stands beside them. */
  private static void requireAdded(Expression value, Rows input) {
    if (value instanceof AggregateExpression) {
      added(value, input);
    } else if (Scala.children(value).isEmpty()) {
      requireNoIdentifier(value, input);
    } else {
      Scala.children(value).forEach(child -> requireAdded(child, input));
    }
  }

  /** A person, or nobody where a condition does not hold. */
  private static boolean isOnePerson(Expression argument, Rows input) {
    if (argument instanceof If where) {
      requireNoIdentifier(where.predicate(), input);
      return where.falseValue() instanceof Literal nothing
          && nothing.value() == null
          && isOnePerson(where.trueValue(), input);
    }
    return argument instanceof AttributeReference column && isPerson(column, input);
  }

  /** One constant or another, as a condition says. */
  private static boolean isMark(Expression argument) {
    return argument instanceof Literal
        || (argument instanceof If mark
            && mark.trueValue() instanceof Literal
            && mark.falseValue() instanceof Literal);
  }

  private static void requireNoIdentifier(Expression expression, Rows input) {
    if (expression instanceof AttributeReference column) {
      Column of = input.columns().get(column.exprId());
      if (of == null || of.identifier()) {
        throw new NotCertifiedException("an expression holds a direct identifier");
      }
    }
    Scala.children(expression).forEach(child -> requireNoIdentifier(child, input));
  }

  private static List<Expression> conjuncts(Expression condition) {
    if (condition == null) {
      return List.of();
    }
    if (condition instanceof And and) {
      List<Expression> both = new ArrayList<>(conjuncts(and.left()));
      both.addAll(conjuncts(and.right()));
      return both;
    }
    return List.of(condition);
  }

  private static boolean isFree(LogicalPlan plan) {
    return Scala.<LogicalPlan>list(plan.collectLeaves()).stream()
        .noneMatch(leaf -> leaf instanceof SealedFrame frame && frame.table().isGoverned());
  }

  private static NotCertifiedException rejected(LogicalPlan plan) {
    return new NotCertifiedException("the operator " + plan.nodeName() + " is not known to cells");
  }
}
