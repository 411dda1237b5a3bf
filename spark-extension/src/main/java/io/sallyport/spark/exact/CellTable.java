package io.sallyport.spark.exact;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.Decimal;
import org.apache.spark.sql.types.DoubleType;
import org.apache.spark.sql.types.FloatType;

/**
 * The cells of a frame, as a question needs them.
 *
 * @param shape what tells them apart
 * @param cells every one that holds a row
 */
record CellTable(CellShape shape, List<Cell> cells) {

  CellTable {
    cells = List.copyOf(cells);
  }

  /** The case of a term that applies in a cell, if all its numbers are there. */
  Optional<Case> shown(PointReading.Piece piece, Term term, Cell cell) {
    return term.cases().stream()
        .filter(one -> applies(piece, one, cell))
        .findFirst()
        .filter(Case::isThere)
        .filter(
            one ->
                one.values().stream()
                    .flatMap(Optional::stream)
                    .allMatch(number -> isThere(piece, number, cell)));
  }

  private boolean applies(PointReading.Piece piece, Case one, Cell cell) {
    for (Map.Entry<Condition, Boolean> part : one.region().entrySet()) {
      if (cell.has(shape.bit(piece, part.getKey())) != part.getValue()) {
        return false;
      }
    }
    return true;
  }

  private boolean isThere(PointReading.Piece piece, Polynomial number, Cell cell) {
    return number.mentioned().stream().allMatch(variable -> isThere(piece, variable, cell))
        && number.terms().keySet().stream()
            .map(Monomial::measured)
            .allMatch(monomial -> isThere(piece, monomial, cell));
  }

  private boolean isThere(PointReading.Piece piece, Monomial monomial, Cell cell) {
    Monomial measured = monomial.measured();
    boolean raw =
        measured.degree() == 0
            || (shape.isFreelyMissing(measured)
                ? cell.present().get(shape.measured().indexOf(measured)).rows() > 0
                : cell.has(shape.present(piece, measured)));
    return raw
        && monomial.keyed().stream().allMatch(variable -> keyed(piece, variable, cell).isPresent());
  }

  /** The value that an expression has in all rows of a cell; empty when it is no number. */
  Optional<BigDecimal> keyed(PointReading.Piece piece, Monomial.Variable variable, Cell cell) {
    Expression key = variable.expression();
    int ordinal = shape.key(piece, key);
    if (cell.values().isNullAt(ordinal)) {
      return Optional.empty();
    }
    DataType type = key.dataType();
    Object value = cell.values().get(ordinal, type);
    if (type instanceof DoubleType || type instanceof FloatType) {
      double number = ((Number) value).doubleValue();
      return Double.isFinite(number) ? Optional.of(new BigDecimal(number)) : Optional.empty();
    }
    return Optional.of(
        value instanceof Decimal decimal
            ? decimal.toJavaBigDecimal()
            : BigDecimal.valueOf(((Number) value).longValue()));
  }

  /** What stands before the measured part of a product in a cell: its keys have one value there. */
  BigDecimal weight(
      PointReading.Piece piece, Monomial monomial, BigDecimal coefficient, Cell cell) {
    BigDecimal weight = coefficient;
    for (Monomial.Variable variable : monomial.keyed()) {
      weight = weight.multiply(keyed(piece, variable, cell).orElseThrow());
    }
    return weight;
  }

  /** How many rows and people of a cell a case rests on. */
  Cell.Present present(Case one, Cell cell) {
    return one.values().stream()
        .flatMap(Optional::stream)
        .flatMap(number -> number.mentioned().stream())
        .filter(shape::isFreelyMissing)
        .findFirst()
        .map(monomial -> cell.present().get(shape.measured().indexOf(monomial)))
        .orElseGet(() -> new Cell.Present(cell.rows(), cell.people()));
  }

  /** For each measured value of which a piece tells in a cell, up to which power. */
  Map<Integer, Integer> orders(PointReading.Piece piece, Cell cell) {
    List<Monomial> measured = shape.measured();
    Map<Integer, Integer> orders = new TreeMap<>();
    if (!cell.has(shape.passes(piece))) {
      return orders;
    }
    for (Term term : piece.terms()) {
      if (term.counts()) {
        continue;
      }
      int order = term.isOfSecondOrder() ? 2 : 1;
      shown(piece, term, cell).stream()
          .flatMap(one -> one.values().stream().flatMap(Optional::stream))
          .flatMap(number -> number.terms().keySet().stream())
          .map(Monomial::measured)
          .filter(monomial -> monomial.degree() > 0)
          .forEach(
              monomial -> {
                orders.merge(measured.indexOf(monomial), order, Math::max);
                if (monomial.degree() > 1) {
                  int power = Math.max(2, monomial.degree());
                  monomial
                      .factors()
                      .forEach(f -> orders.merge(measured.indexOf(f), power, Math::max));
                }
              });
    }
    return orders;
  }
}
