package io.sallyport.spark.exact;

import static io.sallyport.spark.scala.Catalyst.alias;

import io.sallyport.policy.decision.Requirement;
import io.sallyport.policy.frame.FrameName;
import io.sallyport.spark.scala.Catalyst;
import io.sallyport.spark.scala.Scala;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.Alias;
import org.apache.spark.sql.catalyst.expressions.BoundReference;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.SortArray;
import org.apache.spark.sql.catalyst.expressions.UnsafeProjection;
import org.apache.spark.sql.catalyst.expressions.UnsafeRow;
import org.apache.spark.sql.catalyst.expressions.XxHash64;
import org.apache.spark.sql.catalyst.expressions.aggregate.CollectSet;
import org.apache.spark.sql.catalyst.plans.logical.GlobalLimit;
import org.apache.spark.sql.catalyst.plans.logical.LocalLimit;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;

/**
 * Several numbers of distinct people, of which one person may be in more than one.
 *
 * <p>Each person has a vector: 1 for each number that counts the person. What can be computed from
 * the numbers by adding and subtracting is a sum, over the people, of a linear function of their
 * vectors. If the vectors that enough people share span all that occur, a function that is zero for
 * all of those is zero for everybody; so any other one tells of enough people.
 */
final class PeopleRule {

  /** So many ways to be in cells are looked at. */
  private static final int MOST_PATTERNS = 100_000;

  private final Counts counts;
  private final Map<FrameName, Requirement> requirements;

  PeopleRule(Counts counts, Map<FrameName, Requirement> requirements) {
    this.counts = counts;
    this.requirements = requirements;
  }

  /**
   * @throws ExactAnswers.Broken when some combination of the numbers tells of too few people
   */
  void require(CellTable table) {
    Map<UnsafeRow, BitSet> numbers = numbers(table);
    Set<Integer> all = new HashSet<>();
    numbers.values().forEach(set -> set.stream().forEach(all::add));
    if (all.size() < 2) {
      return;
    }
    long least =
        requirements.values().stream().mapToLong(Requirement::minimumUnits).max().orElse(0);
    Map<BitSet, Long> vectors = vectors(table, numbers);
    Span span = new Span();
    vectors.forEach(
        (vector, people) -> {
          if (people >= least) {
            span.add(vector);
          }
        });
    if (!vectors.keySet().stream().allMatch(span::contains)) {
      throw new ExactAnswers.Broken(
          requirements.keySet().stream().sorted().findFirst().orElseThrow());
    }
  }

  /** For each cell, the numbers of people that count its people. */
  private static Map<UnsafeRow, BitSet> numbers(CellTable table) {
    Map<List<Object>, Integer> names = new HashMap<>();
    Map<UnsafeRow, BitSet> numbers = new HashMap<>();
    for (Cell cell : table.cells()) {
      BitSet set = new BitSet();
      List<PointReading.Piece> pieces = table.shape().pieces();
      for (int i = 0; i < pieces.size(); i++) {
        PointReading.Piece piece = pieces.get(i);
        if (cell.has(table.shape().passes(piece))) {
          List<Object> key = key(table, piece, cell);
          for (int ordinal : PeopleCounts.ordinals(piece)) {
            if (table.shown(piece, piece.terms().get(ordinal), cell).isPresent()) {
              List<Object> name = new ArrayList<>(List.of(i, ordinal));
              name.addAll(key);
              set.set(names.computeIfAbsent(name, n -> names.size()));
            }
          }
        }
      }
      numbers.put(cell.key(), set);
    }
    return numbers;
  }

  private static List<Object> key(CellTable table, PointReading.Piece piece, Cell cell) {
    List<Object> key = new ArrayList<>();
    for (Expression one : piece.keys()) {
      int ordinal = table.shape().key(piece, one);
      key.add(
          cell.values().isNullAt(ordinal) ? List.of() : cell.values().get(ordinal, one.dataType()));
    }
    return key;
  }

  /** How many people have which vector. */
  private Map<BitSet, Long> vectors(CellTable table, Map<UnsafeRow, BitSet> numbers) {
    CellQuery query = new CellQuery(table.shape(), 1, 0);
    Expression hash = new XxHash64(Scala.<Expression>seq(query.cell()), 42L);
    Alias cells = alias(Catalyst.aggregate(new CollectSet(hash), false), "cells");
    LogicalPlan people =
        Catalyst.aggregate(
            List.of(query.person().orElseThrow()), List.of(cells), query.people().orElseThrow());
    Expression sorted = new SortArray(cells.toAttribute(), Catalyst.yes());
    LogicalPlan patterns =
        Catalyst.aggregate(
            List.of(sorted),
            List.of(alias(sorted, "cells"), alias(Catalyst.countRows(), "people")),
            people);
    Expression most = Catalyst.integer(MOST_PATTERNS + 1);
    List<InternalRow> rows = counts.rows(new GlobalLimit(most, new LocalLimit(most, patterns)));
    if (rows.size() > MOST_PATTERNS) {
      throw new ExactAnswers.Broken(
          requirements.keySet().stream().sorted().findFirst().orElseThrow());
    }
    Map<Long, BitSet> byHash = byHash(query, numbers);
    Map<BitSet, Long> vectors = new LinkedHashMap<>();
    for (InternalRow row : rows) {
      BitSet vector = new BitSet();
      for (long cell : row.getArray(0).toLongArray()) {
        vector.or(byHash.get(cell));
      }
      vectors.merge(vector, row.getLong(1), Long::sum);
    }
    return vectors;
  }

  private static Map<Long, BitSet> byHash(CellQuery query, Map<UnsafeRow, BitSet> numbers) {
    List<Expression> references = new ArrayList<>();
    for (int i = 0; i < query.cell().size(); i++) {
      references.add(new BoundReference(i, query.cell().get(i).dataType(), true));
    }
    Expression hash = new XxHash64(Scala.<Expression>seq(references), 42L);
    UnsafeProjection hashed = UnsafeProjection.create(Scala.<Expression>seq(List.of(hash)));
    Map<Long, BitSet> byHash = new HashMap<>();
    numbers.forEach((cell, set) -> byHash.put(hashed.apply(cell).getLong(0), set));
    return byHash;
  }
}
