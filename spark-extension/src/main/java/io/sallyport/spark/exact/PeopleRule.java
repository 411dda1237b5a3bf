package io.sallyport.spark.exact;

import static io.sallyport.spark.scala.Catalyst.alias;

import io.sallyport.spark.relation.FewPeople;
import io.sallyport.spark.relation.PersonVectors;
import io.sallyport.spark.relation.VectorShape;
import io.sallyport.spark.relation.VectorSketch;
import io.sallyport.spark.scala.Catalyst;
import io.sallyport.spark.scala.Scala;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.Alias;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.expressions.CreateArray;
import org.apache.spark.sql.catalyst.expressions.CreateNamedStruct;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.Literal;
import org.apache.spark.sql.catalyst.expressions.NamedExpression;
import org.apache.spark.sql.catalyst.expressions.UnsafeRow;
import org.apache.spark.sql.catalyst.expressions.aggregate.CollectSet;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.types.DataTypes;

/**
 * Several numbers of which one person has a part in more than one, because the person has several
 * rows; or, where each row is another person, because squares and products are added up.
 *
 * <p>Each person has a vector: what the person adds to each number, be it rows, 1 for a number of
 * people, or the sum of a column, a square or a product. What can be computed from the numbers of
 * an answer by adding, subtracting and multiplying by constants is a sum over the people of a
 * linear function of their vectors. None of these functions that can be found tells of somebody but
 * of too few people ({@link FewPeople}).
 */
final class PeopleRule {

  /** So many numbers are looked at together, or fewer where more people are kept of each. */
  private static final int MOST_TOGETHER = 256;

  private static final double MOST_KEPT = 4_000_000;

  /** Numbers beyond so many groups of them are not looked at: docs/threats.md says so. */
  private static final int MOST_GROUPS = 16;

  private static final int MOST_GROUPS_OF_SUMS = 4;

  private final Counts counts;
  private final long least;

  /**
   * @param least so many people are enough
   */
  PeopleRule(Counts counts, long least) {
    this.counts = counts;
    this.least = least;
  }

  /**
   * The cells of the numbers of which a combination may tell of too few people; none where every
   * combination tells of enough.
   */
  Set<UnsafeRow> telling(CellTable table) {
    boolean rowsAreUnits = table.shape().base().rowsAreUnits();
    if (least < 2 || (rowsAreUnits && !mayHaveProducts(table.shape()))) {
      return Set.of();
    }
    List<Shown> numbers = ShownNumbers.of(table);
    boolean isCount = numbers.size() == 1 && numbers.get(0).counts();
    if (numbers.isEmpty() || isCount || (rowsAreUnits && !hasProducts(numbers))) {
      return Set.of();
    }
    List<List<Shown>> sums = ShownNumbers.sums(table, new HashSet<>(numbers));
    List<List<Shown>> groups = groups(sums);
    List<List<List<Integer>>> blocks = groups.stream().map(group -> blocks(group, sums)).toList();
    groups(numbers, groups);
    Set<UnsafeRow> telling = new HashSet<>();
    CellQuery query = new CellQuery(table.shape(), 1, 0);
    Given given = given(query, groups);
    List<VectorShape> shapes =
        groups.stream().map(group -> shape(query.cell().size(), group, given.positions())).toList();
    InternalRow sketches = sketches(query, given, shapes);
    for (int i = 0; i < groups.size(); i++) {
      List<Shown> group = groups.get(i);
      VectorSketch sketch = shapes.get(i).sketch(sketches.getBinary(i));
      List<List<Integer>> of = i < blocks.size() ? blocks.get(i) : List.of();
      FewPeople.positions(sketch, shapes.get(i), of).stream()
          .forEach(position -> telling.addAll(group.get(position).cells()));
    }
    return telling;
  }

  private static boolean mayHaveProducts(CellShape shape) {
    return !shape.squared().isEmpty()
        || shape.measured().stream().anyMatch(monomial -> monomial.degree() > 1);
  }

  /** Where each row is another person, rules on cells look at the rest. */
  private static boolean hasProducts(List<Shown> numbers) {
    return numbers.stream()
            .flatMap(number -> number.monomial().stream())
            .filter(monomial -> monomial.degree() > 1)
            .flatMap(monomial -> monomial.factors().stream())
            .distinct()
            .count()
        > 1;
  }

  private int enough() {
    return (int) Math.min(least, Integer.MAX_VALUE);
  }

  private int mostTogether() {
    return Math.max(1, (int) Math.min(MOST_TOGETHER, Math.sqrt(MOST_KEPT / least)));
  }

  private void groups(List<Shown> numbers, List<List<Shown>> groups) {
    int most = mostTogether();
    for (int from = 0; from < numbers.size() && groups.size() < MOST_GROUPS; from += most) {
      groups.add(numbers.subList(from, Math.min(numbers.size(), from + most)));
    }
  }

  /** What is added up, together as far as it fits; what has a key in common is not parted. */
  private List<List<Shown>> groups(List<List<Shown>> sums) {
    List<List<Shown>> groups = new ArrayList<>();
    Set<Shown> group = new LinkedHashSet<>();
    for (List<Shown> together : sums) {
      if (!group.isEmpty() && group.size() + together.size() > mostTogether()) {
        groups.add(List.copyOf(group));
        group.clear();
      }
      group.addAll(together.subList(0, Math.min(together.size(), mostTogether())));
    }
    if (!group.isEmpty()) {
      groups.add(List.copyOf(group));
    }
    return new ArrayList<>(groups.subList(0, Math.min(groups.size(), MOST_GROUPS_OF_SUMS)));
  }

  /** Where in a group the numbers are that have something in common. */
  private static List<List<Integer>> blocks(List<Shown> group, List<List<Shown>> sums) {
    Map<Shown, Integer> positions = new HashMap<>();
    group.forEach(number -> positions.put(number, positions.size()));
    return sums.stream()
        .map(
            together ->
                together.stream().filter(positions::containsKey).map(positions::get).toList())
        .filter(block -> block.size() > 1)
        .toList();
  }

  /** For each group of numbers the sketch of people's vectors. */
  private InternalRow sketches(CellQuery query, Given given, List<VectorShape> shapes) {
    Expression one = new CreateNamedStruct(Scala.<Expression>seq(given.fields()));
    Expression cells = new CreateArray(Scala.seq(List.of(one)));
    LogicalPlan each = given.plan();
    if (query.person().isPresent()) {
      Alias several = alias(Catalyst.aggregate(new CollectSet(one), false), "cells");
      cells = several.toAttribute();
      each = Catalyst.aggregate(List.of(query.person().get()), List.of(several), each);
    }
    List<NamedExpression> sketches = new ArrayList<>();
    for (VectorShape shape : shapes) {
      sketches.add(alias(Catalyst.aggregate(new PersonVectors(shape, cells), false), "vectors"));
    }
    return counts.rows(Catalyst.aggregate(List.of(), sketches, each)).get(0);
  }

  /**
   * What people give to cells.
   *
   * @param fields of a struct, each after its name
   * @param positions where among the fields each sum is, and each number of rows that have a value
   */
  private record Given(
      LogicalPlan plan,
      List<Expression> fields,
      Map<Shown.Kind, Map<Monomial, VectorShape.Position>> positions) {}

  private static Given given(CellQuery query, List<List<Shown>> groups) {
    List<Monomial> monomials =
        groups.stream()
            .flatMap(List::stream)
            .flatMap(number -> number.monomial().stream())
            .distinct()
            .toList();
    LogicalPlan plan = query.people(monomials);
    List<Attribute> columns = new ArrayList<>(Scala.<Attribute>list(plan.output()));
    int column = query.cell().size();
    if (query.person().isPresent()) {
      columns.remove(column);
    }
    column++; // the rows
    Map<Monomial, VectorShape.Position> sums = new HashMap<>();
    Map<Monomial, VectorShape.Position> rows = new HashMap<>();
    for (Monomial monomial : monomials) {
      boolean hasEnds = PointReading.isFractional(columns.get(column).dataType());
      sums.put(
          monomial,
          new VectorShape.Position(
              VectorShape.Kind.SUM, column, hasEnds ? column + 2 : -1, column + 1));
      rows.put(monomial, VectorShape.Position.rows(column + 1));
      column += hasEnds ? 4 : 2;
    }
    List<Expression> fields = new ArrayList<>();
    for (Attribute field : columns) {
      fields.add(Literal.create("field" + fields.size(), DataTypes.StringType));
      fields.add(field);
    }
    return new Given(plan, fields, Map.of(Shown.Kind.SUM, sums, Shown.Kind.ROWS, rows));
  }

  private VectorShape shape(
      int width, List<Shown> numbers, Map<Shown.Kind, Map<Monomial, VectorShape.Position>> known) {
    List<VectorShape.Position> positions = new ArrayList<>();
    Map<UnsafeRow, BitSet> ofCell = new HashMap<>();
    for (Shown number : numbers) {
      int position = positions.size();
      positions.add(
          number.kind() == Shown.Kind.PEOPLE
              ? VectorShape.Position.PEOPLE
              : number
                  .monomial()
                  .map(monomial -> known.get(number.kind()).get(monomial))
                  .orElse(VectorShape.Position.rows(-1)));
      for (UnsafeRow cell : number.cells()) {
        ofCell.computeIfAbsent(cell, c -> new BitSet()).set(position);
      }
    }
    return VectorShape.of(width, enough(), positions, ofCell);
  }
}
