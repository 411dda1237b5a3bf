package io.sallyport.spark.certificate;

import io.sallyport.spark.scala.Scala;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.spark.sql.catalyst.expressions.And;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.expressions.AttributeReference;
import org.apache.spark.sql.catalyst.expressions.EqualTo;
import org.apache.spark.sql.catalyst.expressions.ExprId;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.plans.logical.Join;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.catalyst.plans.logical.Union;

/** Rows where inputs meet: joins and unions. */
final class MeetingRules {

  /** To know fewer of them is sound; a chain of full joins would make them double. */
  private static final int MOST_COVERS = 256;

  private MeetingRules() {}

  /** Rows of a join, of which one side at least is governed. */
  static RowFacts join(Join join, List<RowFacts> inputs) {
    Optional<Expression> condition = Scala.optional(join.condition());
    RowLocal.over(Scala.children(join)).rows(condition.stream().toList());
    RowFacts left = inputs.get(0);
    RowFacts right = inputs.get(1);
    String type = join.joinType().sql();
    return left.isPublic() || right.isPublic()
        ? withPublic(join, type, left, right)
        : ofPeople(join, type, left, right);
  }

  /**
   * Governed rows are kept or repeated; which public rows match tells nothing by its absence, or
   * stands in rows of nobody.
   */
  private static RowFacts withPublic(Join join, String type, RowFacts left, RowFacts right) {
    boolean governedLeft = right.isPublic();
    Set<String> kept =
        governedLeft
            ? Set.of("INNER", "CROSS", "LEFT OUTER", "LEFT SEMI", "LEFT ANTI")
            : Set.of("INNER", "CROSS", "RIGHT OUTER", "LEFT OUTER");
    NotCertifiedException.unless(
        kept.contains(type), "a " + type + " join that shows whose rows are missing");
    RowFacts governed = governedLeft ? left : right;
    RowFacts rows = RowFacts.of(governed.space(), columns(join, left, right), governed.covers());
    if (governedLeft
        && type.equals("LEFT OUTER")
        && join.condition().isEmpty()
        && OneRowAtMost.is(join.right())) {
      return left.withColumns(rows.columns());
    }
    if (!governedLeft && type.equals("LEFT OUTER")) {
      return RowFacts.of(governed.space(), rows.columns(), Set.of()).withNobodys(true);
    }
    return keepsLeftAsItIs(type) ? left : rows;
  }

  /** Rows of one person meet rows of the same, or nothing. */
  private static RowFacts ofPeople(Join join, String type, RowFacts left, RowFacts right) {
    NotCertifiedException.unless(
        left.space().equals(right.space()), "a join of people of different kinds");
    List<ExprId> samePerson = new ArrayList<>();
    Scala.optional(join.condition()).ifPresent(c -> equals(c, left, right, samePerson));
    NotCertifiedException.unless(
        !samePerson.isEmpty(), "a join that does not match person with person");
    Map<ExprId, ColumnFacts> columns = columns(join, left, right);
    Set<Set<ExprId>> covers = new HashSet<>();
    switch (type) {
      case "INNER", "CROSS" -> {
        covers.addAll(left.covers());
        covers.addAll(right.covers());
        samePerson.forEach(id -> covers.add(Set.of(id))); // an equality holds of no NULL
      }
      case "LEFT OUTER" -> covers.addAll(left.covers());
      case "RIGHT OUTER" -> covers.addAll(right.covers());
      case "FULL OUTER" ->
          left.covers().stream()
              .flatMap(l -> right.covers().stream().map(r -> both(l, r)))
              .limit(MOST_COVERS)
              .forEach(covers::add);
      case "LEFT SEMI", "LEFT ANTI" -> {
        return left;
      }
      default -> throw new NotCertifiedException("a join of type " + type);
    }
    return RowFacts.of(left.space(), columns, covers);
  }

  private static boolean keepsLeftAsItIs(String type) {
    return type.equals("LEFT SEMI") || type.equals("LEFT ANTI");
  }

  private static Set<ExprId> both(Set<ExprId> left, Set<ExprId> right) {
    Set<ExprId> both = new HashSet<>(left);
    both.addAll(right);
    return both;
  }

  private static Map<ExprId, ColumnFacts> columns(Join join, RowFacts left, RowFacts right) {
    Map<ExprId, ColumnFacts> columns = new HashMap<>();
    for (Attribute column : Scala.<Attribute>list(join.output())) {
      ExprId id = column.exprId();
      ColumnFacts facts = left.columns().containsKey(id) ? left.column(id) : right.column(id);
      columns.put(id, facts.unranked().orNull());
    }
    return columns;
  }

  /** The columns that a conjunct equates, where each holds its side's person. */
  private static void equals(
      Expression condition, RowFacts left, RowFacts right, List<ExprId> into) {
    if (condition.getClass() == And.class) {
      equals(((And) condition).left(), left, right, into);
      equals(((And) condition).right(), left, right, into);
    } else if (condition.getClass() == EqualTo.class) {
      Expression a = ((EqualTo) condition).left();
      Expression b = ((EqualTo) condition).right();
      if ((holds(a, left) && holds(b, right)) || (holds(a, right) && holds(b, left))) {
        into.add(((AttributeReference) a).exprId());
        into.add(((AttributeReference) b).exprId());
      }
    }
  }

  private static boolean holds(Expression value, RowFacts side) {
    return value.getClass() == AttributeReference.class
        && side.column(((AttributeReference) value).exprId()).person();
  }

  /** Each row as it was. Public rows, which could name anybody, do not mix with people's. */
  static RowFacts union(Union union, List<RowFacts> inputs) {
    RowFacts first = inputs.get(0);
    for (RowFacts input : inputs) {
      NotCertifiedException.unless(
          !input.isPublic(), "a union of people's rows with rows of nobody");
      NotCertifiedException.unless(
          input.space().equals(first.space()), "a union of people of different kinds");
    }
    List<Attribute> output = Scala.list(union.output());
    List<List<ExprId>> branches = Scala.children(union).stream().map(MeetingRules::ids).toList();
    Map<ExprId, ColumnFacts> columns = new HashMap<>();
    Set<ExprId> people = new HashSet<>();
    Set<Set<ExprId>> covers = new HashSet<>();
    for (int i = 0; i < output.size(); i++) {
      List<ColumnFacts> each = new ArrayList<>();
      boolean whole = true;
      for (int branch = 0; branch < branches.size(); branch++) {
        ExprId id = branches.get(branch).get(i);
        each.add(inputs.get(branch).column(id).unranked());
        whole &= inputs.get(branch).isWhole(id);
      }
      ExprId id = output.get(i).exprId();
      columns.put(id, RowRules.either(each));
      if (columns.get(id).person()) {
        people.add(id);
      }
      if (whole) {
        covers.add(Set.of(id));
      }
    }
    RowFacts rows = RowFacts.of(first.space(), columns, covers);
    return isCoveredInEach(people, output, branches, inputs) ? rows.withCover(people) : rows;
  }

  /** Whether together some columns name the person in every row of every branch. */
  private static boolean isCoveredInEach(
      Set<ExprId> people,
      List<Attribute> output,
      List<List<ExprId>> branches,
      List<RowFacts> inputs) {
    for (int branch = 0; branch < branches.size(); branch++) {
      Set<ExprId> own = new HashSet<>();
      for (int i = 0; i < output.size(); i++) {
        if (people.contains(output.get(i).exprId())) {
          own.add(branches.get(branch).get(i));
        }
      }
      if (!inputs.get(branch).isCovered(own)) {
        return false;
      }
    }
    return true;
  }

  private static List<ExprId> ids(LogicalPlan plan) {
    return Scala.<Attribute>list(plan.output()).stream().map(Attribute::exprId).toList();
  }
}
