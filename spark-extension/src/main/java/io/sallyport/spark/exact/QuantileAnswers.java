package io.sallyport.spark.exact;

import static io.sallyport.spark.scala.Catalyst.alias;

import io.sallyport.policy.rule.AggregateFamily;
import io.sallyport.spark.scala.Catalyst;
import io.sallyport.spark.scala.Scala;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiPredicate;
import java.util.function.Function;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.Alias;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.expressions.BoundReference;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.Not;
import org.apache.spark.sql.catalyst.expressions.UnsafeProjection;
import org.apache.spark.sql.catalyst.expressions.UnsafeRow;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.Decimal;

/**
 * The quantiles of a point's groups: for each the value or the mean of a window of people ({@link
 * QuantileWindows}), when the windows, told apart from everything else that the question asks for,
 * leave cells that may be told of.
 */
final class QuantileAnswers {

  /** The windows of one group around the places of one function. */
  private record Group(
      QuantileWindows values, Map<Integer, List<QuantileWindows.Window>> windows) {}

  /**
   * Values and windows that may be shown.
   *
   * @param numbers for each group, by its key, the values of its functions by their ordinals; a
   *     function is not there where it tells too much
   * @param piece what else is told of by them
   * @param failed whether one is not there
   */
  record Shown(
      Map<UnsafeRow, Map<Integer, Object>> numbers,
      Optional<PointReading.Piece> piece,
      boolean failed) {}

  private final Counts counts;
  private final long least;

  QuantileAnswers(Counts counts, long least) {
    this.counts = counts;
    this.least = least;
  }

  static boolean isAskedFor(PointReading.Piece piece) {
    return !ordinals(piece).isEmpty();
  }

  private static List<Integer> ordinals(PointReading.Piece piece) {
    List<Integer> ordinals = new ArrayList<>();
    for (int i = 0; i < piece.terms().size(); i++) {
      if (piece.terms().get(i).family() == AggregateFamily.QUANTILE) {
        ordinals.add(i);
      }
    }
    return ordinals;
  }

  /**
   * @param tables counts the cells of the piece beside a further one
   * @param allowed whether a cell of such a table may be told of
   */
  Shown of(
      PointReading.Piece piece,
      Set<UnsafeRow> groups,
      Function<PointReading.Piece, CellTable> tables,
      BiPredicate<CellTable, Cell> allowed) {
    Map<UnsafeRow, Group> windows = windows(piece, groups);
    boolean failed = windows.size() < groups.size();
    while (!windows.isEmpty()) {
      Bands bands = bands(piece, windows);
      CellTable table = tables.apply(bands.piece());
      UnsafeProjection key = key(bands.piece(), table.shape());
      Set<UnsafeRow> broken = new HashSet<>();
      for (Cell cell : table.cells()) {
        if (cell.has(table.shape().passes(bands.piece())) && !allowed.test(table, cell)) {
          broken.add(key.apply(cell.values()).copy());
        }
      }
      if (!windows.keySet().removeAll(broken)) {
        return new Shown(
            numbers(bands, table, windows.keySet()), Optional.of(bands.piece()), failed);
      }
      failed = true;
    }
    return new Shown(Map.of(), Optional.empty(), true);
  }

  // ---- windows
  // ------------------------------------------------------------------------------------

  private Map<UnsafeRow, Group> windows(PointReading.Piece piece, Set<UnsafeRow> groups) {
    Map<UnsafeRow, Group> all = new LinkedHashMap<>();
    Map<UnsafeRow, QuantileWindows> values =
        values(piece, piece.terms().get(ordinals(piece).get(0)));
    for (int ordinal : ordinals(piece)) {
      Term term = piece.terms().get(ordinal);
      Quantile quantile = Quantile.of(term.function()).orElseThrow();
      for (UnsafeRow group : groups) {
        Optional<List<QuantileWindows.Window>> found =
            Optional.ofNullable(values.get(group)).flatMap(of -> of.of(quantile));
        found.ifPresent(
            windows ->
                all.computeIfAbsent(group, g -> new Group(values.get(g), new HashMap<>()))
                    .windows()
                    .put(ordinal, windows));
      }
    }
    int functions = ordinals(piece).size();
    all.values().removeIf(group -> group.windows().size() < functions || !areApart(piece, group));
    return all;
  }

  private static boolean areApart(PointReading.Piece piece, Group group) {
    Map<List<Object>, QuantileWindows.Window> windows = new LinkedHashMap<>();
    group
        .windows()
        .forEach(
            (ordinal, of) -> {
              Quantile quantile = Quantile.of(piece.terms().get(ordinal).function()).orElseThrow();
              for (int i = 0; i < of.size(); i++) {
                windows.put(List.of(quantile.ranks().get(i), quantile.interpolates()), of.get(i));
              }
            });
    return group.values().areApart(List.copyOf(windows.values()));
  }

  private static Case there(Term term) {
    return term.cases().stream().filter(Case::isThere).findFirst().orElseThrow();
  }

  static Expression column(Term term) {
    Polynomial number = there(term).value().orElseThrow();
    return number.mentioned().iterator().next().raw().get(0).expression();
  }

  /** How many people of each group have which value. */
  private Map<UnsafeRow, QuantileWindows> values(PointReading.Piece piece, Term term) {
    Part part = piece.part();
    Expression column = column(term);
    Expression passes = Condition.of(part.passes()).bit();
    List<Alias> by = new ArrayList<>();
    by.add(alias(passes, "passes"));
    piece.keys().forEach(key -> by.add(alias(Catalyst.where(passes, key), "key")));
    Expression there = Part.both(passes, Presence.of(column));
    for (Map.Entry<Condition, Boolean> one : there(term).region().entrySet()) {
      Expression bit = one.getKey().bit();
      there = Part.both(there, one.getValue() ? bit : new Not(bit));
    }
    by.add(alias(Catalyst.where(there, column), "value"));
    List<Expression> keys = by.stream().map(Alias::child).toList();
    List<Alias> columns = new ArrayList<>(by);
    columns.add(alias(Catalyst.countRows(), "people"));
    LogicalPlan plan = Catalyst.aggregate(keys, columns, part.rows());
    List<Attribute> output = Scala.list(plan.output());
    int value = by.size() - 1;
    UnsafeProjection group = references(output, 1, value);
    Map<UnsafeRow, List<QuantileWindows.Value>> lists = new HashMap<>();
    for (InternalRow row : counts.rows(plan)) {
      if (row.getBoolean(0) && !row.isNullAt(value)) {
        DataType type = output.get(value).dataType();
        Object held = row.get(value, type);
        lists
            .computeIfAbsent(group.apply(row).copy(), g -> new ArrayList<>())
            .add(new QuantileWindows.Value(held, number(held), row.getLong(value + 1)));
      }
    }
    Map<UnsafeRow, QuantileWindows> windows = new HashMap<>();
    lists.forEach(
        (of, list) -> {
          list.sort(Comparator.comparingDouble(QuantileWindows.Value::number));
          windows.put(of, new QuantileWindows(list, least));
        });
    return windows;
  }

  private static double number(Object value) {
    return value instanceof Decimal decimal
        ? decimal.toDouble()
        : ((Number) value).doubleValue() + 0.0;
  }

  private static UnsafeProjection references(List<Attribute> columns, int from, int to) {
    List<Expression> references = new ArrayList<>();
    for (int i = from; i < to; i++) {
      references.add(new BoundReference(i, columns.get(i).dataType(), true));
    }
    return UnsafeProjection.create(Scala.<Expression>seq(references));
  }

  // ---- bands
  // --------------------------------------------------------------------------------------

  /**
   * The windows as conditions.
   *
   * @param inside for each function and place of it the condition
   */
  private record Bands(
      PointReading.Piece piece,
      Map<UnsafeRow, Group> windows,
      Map<List<Integer>, Condition> inside) {}

  private static Bands bands(PointReading.Piece piece, Map<UnsafeRow, Group> windows) {
    QuantileBands bands = new QuantileBands(piece);
    Map<List<Integer>, Condition> inside = new HashMap<>();
    for (int ordinal : ordinals(piece)) {
      Term term = piece.terms().get(ordinal);
      int places = Quantile.of(term.function()).orElseThrow().ranks().size();
      for (int place = 0; place < places; place++) {
        List<QuantileBands.Band> of = new ArrayList<>();
        for (Map.Entry<UnsafeRow, Group> group : windows.entrySet()) {
          QuantileWindows values = group.getValue().values();
          QuantileWindows.Window window = group.getValue().windows().get(ordinal).get(place);
          of.add(
              new QuantileBands.Band(
                  group.getKey(),
                  values.value(window.first()).value(),
                  values.value(window.last()).value(),
                  window.shared() && window.first() < window.last()));
        }
        inside.put(List.of(ordinal, place), bands.add(column(term), of));
      }
    }
    return new Bands(bands.piece(piece.terms()), Map.copyOf(windows), inside);
  }

  private static UnsafeProjection key(PointReading.Piece piece, CellShape shape) {
    List<Expression> references = new ArrayList<>();
    for (Expression key : piece.keys()) {
      references.add(new BoundReference(shape.key(piece, key), key.dataType(), true));
    }
    return UnsafeProjection.create(Scala.<Expression>seq(references));
  }

  private static Map<UnsafeRow, Map<Integer, Object>> numbers(
      Bands bands, CellTable table, Set<UnsafeRow> groups) {
    Map<UnsafeRow, List<Cell>> cells = new HashMap<>();
    UnsafeProjection key = key(bands.piece(), table.shape());
    for (Cell cell : table.cells()) {
      if (cell.has(table.shape().passes(bands.piece()))) {
        cells.computeIfAbsent(key.apply(cell.values()).copy(), k -> new ArrayList<>()).add(cell);
      }
    }
    Map<UnsafeRow, Map<Integer, Object>> numbers = new HashMap<>();
    for (UnsafeRow group : groups) {
      Map<Integer, Object> of = new HashMap<>();
      bands
          .windows()
          .get(group)
          .windows()
          .forEach(
              (ordinal, windows) -> {
                List<Double> values = new ArrayList<>();
                for (int place = 0; place < windows.size(); place++) {
                  values.add(shown(bands, table, cells.get(group), group, ordinal, place));
                }
                Term term = bands.piece().terms().get(ordinal);
                of.put(ordinal, Quantile.of(term.function()).orElseThrow().value(values));
              });
      numbers.put(group, of);
    }
    return numbers;
  }

  /** The value that all in the window share, or the mean of theirs. */
  private static double shown(
      Bands bands, CellTable table, List<Cell> cells, UnsafeRow group, int ordinal, int place) {
    Group of = bands.windows().get(group);
    QuantileWindows.Window window = of.windows().get(ordinal).get(place);
    if (window.shared()) {
      return window.told();
    }
    Term term = bands.piece().terms().get(ordinal);
    CellShape shape = table.shape();
    int inside = shape.bit(bands.piece(), bands.inside().get(List.of(ordinal, place)));
    Monomial measured = Monomial.raw(column(term));
    int value = shape.measured().indexOf(measured);
    double sum = 0;
    long rows = 0;
    for (Cell cell : cells) {
      if (cell.has(inside) && table.shown(bands.piece(), term, cell).isPresent()) {
        sum += cell.sums().get(value).map(Cell::asDouble).orElse(Double.NaN);
        rows += cell.present().get(value).rows();
      }
    }
    return sum / rows;
  }
}
