package io.sallyport.spark.exact;

import io.sallyport.policy.rule.AggregateFamily;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.UnsafeRow;

/**
 * What can be known of the numbers that a table's pieces show: for each its rows or people, and the
 * sum of everything that it adds up. Cells that a number weighs differently are told apart.
 */
final class ShownNumbers {

  /** So many steps are spent on leaving out numbers that are sums of others. */
  private static final long MOST_STEPS = 50_000_000L;

  private final CellTable table;

  /** By the function, its key and its part: in which cells something is counted or added up. */
  private final Map<List<Object>, Set<UnsafeRow>> cells = new LinkedHashMap<>();

  private final Set<List<Object>> names = new HashSet<>();

  /** By what they have in common, and what is counted or added up: in which cells. */
  private final Map<List<Object>, Map<List<Object>, Set<UnsafeRow>>> sums = new LinkedHashMap<>();

  private boolean hasConstants;

  private ShownNumbers(CellTable table) {
    this.table = table;
    List<PointReading.Piece> pieces = table.shape().pieces();
    for (Cell cell : table.cells()) {
      for (int i = 0; i < pieces.size(); i++) {
        PointReading.Piece piece = pieces.get(i);
        if (cell.has(table.shape().passes(piece))) {
          List<Object> name = new ArrayList<>(List.of(i));
          List<Object> key = key(piece, cell);
          name.addAll(key);
          for (int ordinal = 0; ordinal < piece.terms().size(); ordinal++) {
            List<Object> number = new ArrayList<>(name);
            number.add(ordinal);
            add(piece, piece.terms().get(ordinal), cell, number, labels(i, key));
          }
        }
      }
    }
  }

  /**
   * All of them, each once, and where there are not very many of them none that is a sum of others;
   * where a single sum is shown, that alone if a person may have parts of it in several cells, or
   * nothing.
   */
  static List<Shown> of(CellTable table) {
    ShownNumbers numbers = new ShownNumbers(table);
    Set<Shown> all = new LinkedHashSet<>();
    numbers.cells.forEach(
        (part, of) -> {
          all.add(shown((List<?>) part.get(part.size() - 1), of));
        });
    boolean isSingle =
        numbers.names.size() == 1
            && table.shape().pieces().stream()
                .flatMap(piece -> piece.terms().stream())
                .allMatch(term -> term.counts() || term.family() == AggregateFamily.SUM)
            && (all.size() == 1 || all.stream().filter(one -> !one.counts()).count() == 1);
    if (isSingle && !numbers.hasConstants) {
      // in one cell the rules on cells hold its people
      List<Shown> sums = all.stream().filter(one -> !one.counts()).toList();
      return sums.stream().allMatch(one -> one.cells().size() == 1) ? List.of() : sums;
    }
    long steps = (long) all.size() * all.size() * table.cells().size();
    return steps > MOST_STEPS ? List.copyOf(all) : independent(all);
  }

  /**
   * What is known by adding numbers up: of everything, and of all groups that have one of their
   * keys in common; what counts or adds up the same. The cells that count twice then are not told
   * apart.
   *
   * @return by what they have in common; empty where all of them are numbers that are shown
   */
  static List<List<Shown>> sums(CellTable table, Set<Shown> shown) {
    List<List<Shown>> sums = new ArrayList<>();
    for (Map<List<Object>, Set<UnsafeRow>> one : new ShownNumbers(table).sums.values()) {
      List<Shown> together = new ArrayList<>();
      one.forEach((what, cells) -> together.add(shown(what, cells)));
      if (!shown.containsAll(together)) {
        sums.add(together);
      }
    }
    return sums;
  }

  private static Shown shown(List<?> what, Set<UnsafeRow> cells) {
    Optional<Monomial> monomial =
        what.size() > 1 ? Optional.of((Monomial) what.get(1)) : Optional.empty();
    return new Shown((Shown.Kind) what.get(0), monomial, cells);
  }

  private static List<List<Object>> labels(int piece, List<Object> key) {
    List<List<Object>> labels = new ArrayList<>();
    labels.add(List.of());
    for (int i = 0; i < key.size(); i++) {
      labels.add(List.of(piece, i, key.get(i)));
    }
    return labels;
  }

  private void add(
      PointReading.Piece piece,
      Term term,
      Cell cell,
      List<Object> number,
      List<List<Object>> labels) {
    Optional<Case> shown = table.shown(piece, term, cell);
    if (shown.isEmpty()) {
      return;
    }
    names.add(number);
    List<Map<Monomial, BigDecimal>> weights = weights(piece, shown.get(), cell);
    List<Object> counted = counted(term, shown.get());
    add(number, List.of(), counted, cell, labels);
    add(number, weights, counted, cell, labels);
    hasConstants |= !term.counts() && weights.stream().anyMatch(ShownNumbers::hasConstant);
    for (Monomial added : added(term, weights)) {
      add(number, weights, List.of(Shown.Kind.SUM, added), cell, labels);
    }
  }

  private static boolean hasConstant(Map<Monomial, BigDecimal> weights) {
    return weights.entrySet().stream()
        .anyMatch(one -> one.getKey().degree() == 0 && one.getValue().signum() != 0);
  }

  private void add(
      List<Object> number, List<?> part, List<Object> what, Cell cell, List<List<Object>> labels) {
    List<Object> name = new ArrayList<>(number);
    name.add(part);
    name.add(what);
    cells.computeIfAbsent(name, n -> new HashSet<>()).add(cell.key());
    if (what.get(0) != Shown.Kind.PEOPLE) {
      labels.forEach(
          label ->
              sums.computeIfAbsent(label, l -> new LinkedHashMap<>())
                  .computeIfAbsent(what, w -> new HashSet<>())
                  .add(cell.key()));
    }
  }

  private List<Object> counted(Term term, Case shown) {
    if (term.people()) {
      return List.of(Shown.Kind.PEOPLE);
    }
    return shown.values().stream()
        .flatMap(Optional::stream)
        .flatMap(number -> number.mentioned().stream())
        .filter(table.shape()::isFreelyMissing)
        .findFirst()
        .<List<Object>>map(monomial -> List.of(Shown.Kind.ROWS, monomial))
        .orElse(List.of(Shown.Kind.ROWS));
  }

  /** What the function adds up: sums, and squares and products where it is of second order. */
  private static Set<Monomial> added(Term term, List<Map<Monomial, BigDecimal>> weights) {
    Set<Monomial> added = new LinkedHashSet<>();
    if (term.people() || term.values().isPresent()) {
      return added;
    }
    List<Set<Monomial>> columns = new ArrayList<>();
    for (Map<Monomial, BigDecimal> one : weights) {
      Set<Monomial> of = new LinkedHashSet<>();
      one.forEach(
          (monomial, weight) -> {
            if (monomial.degree() > 0 && weight.signum() != 0) {
              of.add(monomial);
            }
          });
      columns.add(of);
      added.addAll(of);
    }
    if (term.isOfSecondOrder()) {
      for (int i = 0; i < columns.size(); i++) {
        for (int j = i; j < columns.size(); j++) {
          boolean isMixed = i != j;
          if (isMixed || term.family() != AggregateFamily.COVAR) {
            addProducts(columns.get(i), columns.get(j), added);
          }
        }
      }
    }
    return added;
  }

  private static void addProducts(Set<Monomial> some, Set<Monomial> others, Set<Monomial> added) {
    some.forEach(a -> others.forEach(b -> added.add(a.times(b))));
  }

  /** What stands before each sum of a cell in a number. */
  private List<Map<Monomial, BigDecimal>> weights(PointReading.Piece piece, Case shown, Cell cell) {
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

  private List<Object> key(PointReading.Piece piece, Cell cell) {
    List<Object> key = new ArrayList<>();
    for (Expression one : piece.keys()) {
      int ordinal = table.shape().key(piece, one);
      key.add(
          cell.values().isNullAt(ordinal) ? List.of() : cell.values().get(ordinal, one.dataType()));
    }
    return key;
  }

  /** The first ones of which no other is a linear combination, whatever the data are. */
  private static List<Shown> independent(Set<Shown> all) {
    Span span = new Span();
    Map<Object, Integer> positions = new HashMap<>();
    List<Shown> independent = new ArrayList<>();
    for (Shown one : all) {
      Map<Integer, Long> vector = new HashMap<>();
      if (one.kind() == Shown.Kind.PEOPLE) {
        vector.put(position(positions, one), 1L);
      } else {
        one.cells()
            .forEach(
                cell ->
                    vector.put(position(positions, List.of(one.kind(), one.monomial(), cell)), 1L));
      }
      if (span.add(vector)) {
        independent.add(one);
      }
    }
    return independent;
  }

  private static int position(Map<Object, Integer> positions, Object what) {
    positions.putIfAbsent(what, positions.size());
    return positions.get(what);
  }
}
