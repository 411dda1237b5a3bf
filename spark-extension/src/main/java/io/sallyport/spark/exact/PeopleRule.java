package io.sallyport.spark.exact;

import static io.sallyport.spark.scala.Catalyst.alias;

import io.sallyport.spark.scala.Catalyst;
import io.sallyport.spark.scala.Scala;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.Alias;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.expressions.BoundReference;
import org.apache.spark.sql.catalyst.expressions.CreateNamedStruct;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.Literal;
import org.apache.spark.sql.catalyst.expressions.SortArray;
import org.apache.spark.sql.catalyst.expressions.UnsafeProjection;
import org.apache.spark.sql.catalyst.expressions.UnsafeRow;
import org.apache.spark.sql.catalyst.expressions.aggregate.CollectSet;
import org.apache.spark.sql.catalyst.plans.logical.GlobalLimit;
import org.apache.spark.sql.catalyst.plans.logical.LocalLimit;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.catalyst.util.ArrayData;
import org.apache.spark.sql.types.DataTypes;

/**
 * Several numbers of which one person has a part in more than one, because the person has several
 * rows.
 *
 * <p>Each person has a vector: for each number the rows of the person that it counts or adds up, or
 * 1 for a number of distinct people. What can be computed from numbers of rows and people, and from
 * sums of what is the same in all rows of a person, is a sum over the people of a linear function
 * of their vectors ({@link SharedDirections}).
 */
final class PeopleRule {

  /**
   * Beyond so many numbers of rows alone, relations between the numbers of rows that people have in
   * different cells are not looked at: docs/threats.md names them among the limits.
   */
  private static final int MOST_NUMBERS_OF_ROWS = 64;

  /** So many ways to be in cells are looked at. */
  private static final int MOST_PATTERNS = 100_000;

  /**
   * What a number counts.
   *
   * @param people whether it counts people, not rows
   * @param cells whose rows it counts
   */
  private record Shown(boolean people, Set<UnsafeRow> cells) {}

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
    List<Shown> numbers = List.copyOf(numbers(table));
    boolean countsPeople = numbers.stream().anyMatch(Shown::people);
    if (table.shape().base().rowsAreUnits() || numbers.size() < 2) {
      return Set.of();
    }
    if (!countsPeople && numbers.size() > MOST_NUMBERS_OF_ROWS) {
      numbers = cells(numbers); // each number is a sum of these
      if (numbers.size() > MOST_NUMBERS_OF_ROWS) {
        return Set.of();
      }
    }
    List<Shown> all = numbers;
    CellQuery query = new CellQuery(table.shape(), 1, 0);
    Map<UnsafeRow, Map<Integer, Shown>> ofCell = new HashMap<>();
    for (int i = 0; i < numbers.size(); i++) {
      for (UnsafeRow cell : numbers.get(i).cells()) {
        ofCell.computeIfAbsent(cell, c -> new TreeMap<>()).put(i, numbers.get(i));
      }
    }
    Optional<Map<Map<Integer, Long>, Long>> vectors = vectors(query, ofCell);
    Set<UnsafeRow> telling = new HashSet<>();
    if (vectors.isEmpty()) {
      all.forEach(number -> telling.addAll(number.cells()));
    } else {
      SharedDirections.beyond(vectors.get(), least)
          .forEach(ordinal -> telling.addAll(all.get(ordinal).cells()));
    }
    return telling;
  }

  private static List<Shown> cells(List<Shown> numbers) {
    return numbers.stream()
        .flatMap(number -> number.cells().stream())
        .distinct()
        .map(cell -> new Shown(false, Set.of(cell)))
        .toList();
  }

  /** The numbers that are shown, each once. */
  private static Set<Shown> numbers(CellTable table) {
    Map<List<Object>, Set<UnsafeRow>> cells = new LinkedHashMap<>();
    List<PointReading.Piece> pieces = table.shape().pieces();
    for (Cell cell : table.cells()) {
      for (int i = 0; i < pieces.size(); i++) {
        PointReading.Piece piece = pieces.get(i);
        if (cell.has(table.shape().passes(piece))) {
          List<Object> key = key(table, piece, cell);
          for (int ordinal = 0; ordinal < piece.terms().size(); ordinal++) {
            Term term = piece.terms().get(ordinal);
            Optional<Case> shown = table.shown(piece, term, cell);
            if (shown.isPresent()) {
              List<Object> name = new ArrayList<>(List.of(term.people(), i, ordinal));
              name.addAll(key);
              cells.computeIfAbsent(name, n -> new HashSet<>()).add(cell.key());
              // cells that count differently are numbers of their own
              List<Object> part = new ArrayList<>(name);
              part.add(weights(table, piece, shown.get(), cell));
              cells.computeIfAbsent(part, n -> new HashSet<>()).add(cell.key());
            }
          }
        }
      }
    }
    Set<Shown> numbers = new LinkedHashSet<>();
    cells.forEach((name, of) -> numbers.add(new Shown((Boolean) name.get(0), of)));
    return numbers;
  }

  /** What stands before each sum of a cell in a number. */
  private static List<Map<Monomial, BigDecimal>> weights(
      CellTable table, PointReading.Piece piece, Case shown, Cell cell) {
    List<Map<Monomial, BigDecimal>> all = new ArrayList<>();
    for (Optional<Polynomial> number : shown.values()) {
      Map<Monomial, BigDecimal> weights = new HashMap<>();
      number
          .map(Polynomial::terms)
          .orElse(Map.of())
          .forEach(
              (monomial, coefficient) ->
                  weights.merge(
                      monomial.measured(),
                      table.weight(piece, monomial, coefficient, cell),
                      BigDecimal::add));
      weights.replaceAll((monomial, weight) -> weight.stripTrailingZeros());
      all.add(weights);
    }
    return all;
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

  /** How many people have which vector; empty where there are too many. */
  private Optional<Map<Map<Integer, Long>, Long>> vectors(
      CellQuery query, Map<UnsafeRow, Map<Integer, Shown>> ofCell) {
    List<Attribute> columns = query.cell();
    UnsafeProjection key = key(columns);
    Map<Map<Integer, Long>, Long> vectors = new LinkedHashMap<>();
    List<InternalRow> patterns = patterns(query);
    if (patterns.size() > MOST_PATTERNS) {
      return Optional.empty();
    }
    for (InternalRow row : patterns) {
      Map<Integer, Long> vector = new TreeMap<>();
      ArrayData cells = row.getArray(0);
      for (int i = 0; i < cells.numElements(); i++) {
        InternalRow one = cells.getStruct(i, columns.size() + 1);
        long rows = one.getLong(columns.size());
        ofCell
            .getOrDefault(key.apply(one), Map.of())
            .forEach(
                (ordinal, number) -> {
                  if (number.people()) {
                    vector.put(ordinal, 1L);
                  } else {
                    vector.merge(ordinal, rows, Long::sum);
                  }
                });
      }
      vectors.merge(direction(vector), row.getLong(1), Long::sum);
    }
    return Optional.of(vectors);
  }

  /**
   * What is zero for a vector is zero for its multiples: people with multiples are counted as one.
   */
  private static Map<Integer, Long> direction(Map<Integer, Long> vector) {
    long divisor = 0;
    for (long value : vector.values()) {
      divisor = BigInteger.valueOf(divisor).gcd(BigInteger.valueOf(value)).longValueExact();
    }
    if (divisor > 1) {
      long common = divisor;
      vector.replaceAll((ordinal, value) -> value / common);
    }
    return vector;
  }

  /** In which cells people have how many rows, and how many people have so. */
  private List<InternalRow> patterns(CellQuery query) {
    LogicalPlan people = query.people().orElseThrow();
    List<Attribute> columns = Scala.list(people.output());
    List<Expression> fields = new ArrayList<>();
    for (Attribute column : query.cell()) {
      fields.add(Literal.create("cell" + fields.size(), DataTypes.StringType));
      fields.add(column);
    }
    fields.add(Literal.create("rows", DataTypes.StringType));
    fields.add(columns.get(columns.size() - 1));
    Expression one = new CreateNamedStruct(Scala.<Expression>seq(fields));
    Alias cells = alias(Catalyst.aggregate(new CollectSet(one), false), "cells");
    LogicalPlan each =
        Catalyst.aggregate(List.of(query.person().orElseThrow()), List.of(cells), people);
    Expression sorted = new SortArray(cells.toAttribute(), Catalyst.yes());
    LogicalPlan patterns =
        Catalyst.aggregate(
            List.of(sorted),
            List.of(alias(sorted, "cells"), alias(Catalyst.countRows(), "people")),
            each);
    Expression most = Catalyst.integer(MOST_PATTERNS + 1);
    return counts.rows(new GlobalLimit(most, new LocalLimit(most, patterns)));
  }

  /** The cell of a struct that begins with its columns. */
  private static UnsafeProjection key(List<Attribute> columns) {
    List<Expression> references = new ArrayList<>();
    for (int i = 0; i < columns.size(); i++) {
      references.add(new BoundReference(i, columns.get(i).dataType(), true));
    }
    return UnsafeProjection.create(Scala.<Expression>seq(references));
  }
}
