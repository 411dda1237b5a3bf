package io.sallyport.spark.certificate;

import io.sallyport.policy.frame.Frame;
import io.sallyport.spark.scala.Scala;
import io.sallyport.spark.seal.SealedFrame;
import java.math.BigInteger;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.spark.sql.catalyst.expressions.And;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.expressions.AttributeReference;
import org.apache.spark.sql.catalyst.expressions.Explode;
import org.apache.spark.sql.catalyst.expressions.ExprId;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.In;
import org.apache.spark.sql.catalyst.expressions.Inline;
import org.apache.spark.sql.catalyst.expressions.IsNotNull;
import org.apache.spark.sql.catalyst.expressions.LessThanOrEqual;
import org.apache.spark.sql.catalyst.expressions.Literal;
import org.apache.spark.sql.catalyst.expressions.NamedExpression;
import org.apache.spark.sql.catalyst.expressions.PosExplode;
import org.apache.spark.sql.catalyst.plans.logical.Expand;
import org.apache.spark.sql.catalyst.plans.logical.Filter;
import org.apache.spark.sql.catalyst.plans.logical.Generate;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.catalyst.plans.logical.Project;

/** Rows of leaves, and of operators that look at one row at a time. */
final class RowRules {

  private RowRules() {}

  /** A frame's rows are its people's. */
  static RowFacts frame(SealedFrame leaf, Frame frame) {
    Map<ExprId, ColumnFacts> columns = new HashMap<>();
    Set<Set<ExprId>> covers = new HashSet<>();
    for (Attribute column : leaf.attributes()) {
      boolean unit =
          frame.unit().fold(of -> of.name().equalsIgnoreCase(column.name()), row -> false);
      if (unit) {
        columns.put(column.exprId(), ColumnFacts.PERSON);
        covers.add(Set.of(column.exprId())); // rows of nobody are not part of a frame
      }
    }
    RowFacts rows = RowFacts.of(Optional.of(frame.facts().unitSpace()), columns, covers);
    if (frame.unit().isRow()) {
      return rows.withOneRow(OneRow.ROW_IS_PERSON);
    }
    return frame.facts().uniqueUnit() ? rows.withOneRow(OneRow.DECLARED) : rows;
  }

  /** The same rows, perhaps elsewhere or under another name. */
  static RowFacts same(LogicalPlan operator, List<RowFacts> inputs) {
    RowLocal.over(Scala.children(operator)).rows(Scala.<Expression>list(operator.expressions()));
    return inputs.get(0);
  }

  static RowFacts project(Project project, List<RowFacts> inputs) {
    List<NamedExpression> list = Scala.list(project.projectList());
    List<Expression> values = list.stream().map(Columns::value).toList();
    RowLocal.over(List.of(project.child())).rows(values);
    return Columns.project(list, inputs.get(0));
  }

  /** Fewer rows; what the condition says of columns holds in those that stay. */
  static RowFacts filter(Filter filter, List<RowFacts> inputs) {
    RowLocal.over(List.of(filter.child())).rows(List.of(filter.condition()));
    return fulfilled(filter.condition(), inputs.get(0));
  }

  private static RowFacts fulfilled(Expression condition, RowFacts rows) {
    Class<?> kind = condition.getClass();
    if (kind == And.class) {
      And both = (And) condition;
      return fulfilled(both.right(), fulfilled(both.left(), rows));
    }
    if (kind == IsNotNull.class) {
      Set<ExprId> people = Columns.peopleOf(((IsNotNull) condition).child(), rows);
      return people.isEmpty() ? rows : rows.withCover(people).withNobodys(false);
    }
    if (kind == In.class && ((In) condition).value().getClass() == AttributeReference.class) {
      return among((In) condition, rows);
    }
    return kind == LessThanOrEqual.class ? first((LessThanOrEqual) condition, rows) : rows;
  }

  private static RowFacts among(In in, RowFacts rows) {
    Set<Object> values = new HashSet<>();
    for (Expression each : Scala.<Expression>list(in.list())) {
      if (each.getClass() != Literal.class) {
        return rows;
      }
      Optional.ofNullable(((Literal) each).value()).ifPresent(values::add);
    }
    ExprId id = ((AttributeReference) in.value()).exprId();
    return rows.withColumn(id, rows.column(id).withValues(values));
  }

  /**
   * The first rows, or values, of each person, among those that agree on what the rank is among.
   */
  private static RowFacts first(LessThanOrEqual comparison, RowFacts rows) {
    if (comparison.left().getClass() != AttributeReference.class
        || comparison.right().getClass() != Literal.class
        || !(((Literal) comparison.right()).value() instanceof Integer most)) {
      return rows;
    }
    Optional<ColumnFacts.Rank> known =
        rows.column(((AttributeReference) comparison.left()).exprId()).rank();
    if (known.isEmpty()) {
      return rows;
    }
    ColumnFacts.Rank rank = known.get();
    BigInteger ofEach = BigInteger.valueOf(Math.max(0, most));
    if (rank.of().isEmpty()) {
      return rows.combinations(rank.among()).map(ofEach::multiply).map(rows::withMost).orElse(rows);
    }
    Set<ExprId> counted = new HashSet<>(rank.of().get());
    counted.addAll(rank.among());
    return rows.different(counted, rank.among(), ofEach)
        .map(values -> rows.withDifferent(counted, values))
        .orElse(rows);
  }

  /** A person's groups, one by one; or each row for every one of its own values. */
  static RowFacts generate(Generate generate, List<RowFacts> inputs) {
    RowFacts rows = inputs.get(0);
    Expression generator = (Expression) generate.generator();
    Class<?> kind = generator.getClass();
    NotCertifiedException.unless(
        kind == Explode.class || kind == PosExplode.class || kind == Inline.class,
        "a generator " + kind.getName());
    RowLocal.over(List.of(generate.child())).rows(Scala.children(generator));
    Set<ExprId> made = new HashSet<>();
    List<Attribute> generated = Scala.list(generate.generatorOutput());
    generated.forEach(column -> made.add(column.exprId()));
    Map<ExprId, ColumnFacts> columns = new HashMap<>();
    for (Attribute column : Scala.<Attribute>list(generate.output())) {
      ExprId id = column.exprId();
      columns.put(id, made.contains(id) ? ColumnFacts.UNKNOWN : rows.column(id).unranked());
    }
    Set<Set<ExprId>> covers = new HashSet<>();
    rows.covers().stream().filter(columns.keySet()::containsAll).forEach(covers::add);
    RowFacts repeated = RowFacts.of(rows.space(), columns, covers);
    return kind == Inline.class && !generate.outer()
        ? groups(Scala.children(generator).get(0), rows)
            .map(groups -> eachGroup(groups, generated, repeated))
            .orElse(repeated)
        : repeated;
  }

  private static Optional<ColumnFacts.Groups> groups(Expression array, RowFacts rows) {
    return array.getClass() == AttributeReference.class
        ? rows.column(((AttributeReference) array).exprId()).groups()
        : Optional.empty();
  }

  private static RowFacts eachGroup(
      ColumnFacts.Groups groups, List<Attribute> generated, RowFacts repeated) {
    RowFacts rows = repeated;
    Set<ExprId> keys = new HashSet<>();
    for (int i = 0; i < groups.values().size(); i++) {
      ExprId key = generated.get(i).exprId();
      keys.add(key);
      Optional<Set<Object>> values = groups.values().get(i);
      if (values.isPresent()) {
        rows = rows.withColumn(key, ColumnFacts.UNKNOWN.withValues(values.get()));
      }
    }
    return rows.withUnique(Optional.of(keys)).withMost(groups.most());
  }

  /** Each row once under every list of values. */
  static RowFacts expand(Expand expand, List<RowFacts> inputs) {
    RowFacts rows = inputs.get(0);
    List<List<Expression>> lists =
        Scala.list(expand.projections()).stream().map(p -> Scala.<Expression>list(p)).toList();
    lists.forEach(list -> RowLocal.over(List.of(expand.child())).rows(list));
    List<Attribute> output = Scala.list(expand.output());
    Map<ExprId, ColumnFacts> columns = new HashMap<>();
    Set<Set<ExprId>> covers = new HashSet<>();
    for (int i = 0; i < output.size(); i++) {
      int ordinal = i;
      List<Expression> values = lists.stream().map(list -> list.get(ordinal)).toList();
      ExprId id = output.get(i).exprId();
      ColumnFacts facts = either(values.stream().map(v -> Columns.of(v, rows)).toList(), values);
      columns.put(
          id, facts.values().isEmpty() ? facts : facts.withConstants(constants(i, lists, output)));
      if (values.stream().allMatch(v -> rows.isCovered(Columns.peopleOf(v, rows)))) {
        covers.add(Set.of(id));
      }
    }
    RowFacts repeated = RowFacts.of(rows.space(), columns, covers);
    return rows.most()
        .map(most -> repeated.withMost(most.multiply(BigInteger.valueOf(lists.size()))))
        .orElse(repeated);
  }

  /** For each value of a column of literals, the columns that are one literal wherever it is. */
  private static Map<Object, Set<ExprId>> constants(
      int column, List<List<Expression>> lists, List<Attribute> output) {
    Map<Object, Set<ExprId>> constants = new HashMap<>();
    Set<Object> twice = new HashSet<>();
    for (List<Expression> list : lists) {
      Object value = ((Literal) list.get(column)).value();
      Set<ExprId> literals = new HashSet<>();
      for (int i = 0; i < output.size(); i++) {
        if (list.get(i).getClass() == Literal.class) {
          literals.add(output.get(i).exprId());
        }
      }
      if (constants.put(value, literals) != null) {
        twice.add(value);
      }
    }
    constants.keySet().removeAll(twice);
    return constants;
  }

  /** A column that is each of some values in some rows. */
  private static ColumnFacts either(List<ColumnFacts> each, List<Expression> values) {
    ColumnFacts together = either(each);
    boolean constant =
        values.stream().allMatch(v -> v.getClass() == Literal.class && value(v).isPresent());
    return constant
        ? together.withValues(
            values.stream().map(v -> value(v).orElseThrow()).collect(Collectors.toSet()))
        : together;
  }

  private static Optional<Object> value(Expression literal) {
    return Optional.ofNullable(((Literal) literal).value());
  }

  /** A column that has each of some facts in some rows. */
  static ColumnFacts either(List<ColumnFacts> each) {
    boolean absent = each.stream().allMatch(ColumnFacts::absent);
    if (absent) {
      return ColumnFacts.ABSENT;
    }
    if (each.stream().allMatch(ColumnFacts::namesNobodyElse)) {
      return ColumnFacts.PERSON;
    }
    Optional<Extent> extent = each.get(0).extent();
    for (ColumnFacts facts : each) {
      extent = extent.flatMap(a -> facts.extent().map(a::or));
    }
    return ColumnFacts.within(extent);
  }
}
