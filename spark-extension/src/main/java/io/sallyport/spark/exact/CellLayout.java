package io.sallyport.spark.exact;

import io.sallyport.spark.frequency.Frequencies;
import io.sallyport.spark.scala.Scala;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.expressions.BoundReference;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.UnsafeProjection;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DecimalType;
import org.apache.spark.sql.types.DoubleType;
import org.apache.spark.sql.types.LongType;

/**
 * Reads rows of the table of cells.
 *
 * @param columns of the table
 * @param keys how many of them are keys
 * @param masks how many masks follow
 * @param measured how many values are measured
 * @param freelyMissing for each of them whether rows and people who have it are counted
 * @param pairs how many pairs of them
 * @param products how many pairs of them are multiplied
 * @param most values that are told apart
 * @param hasFrequencies whether frequent values follow
 * @param hasContributions whether contributions follow
 */
record CellLayout(
    List<Attribute> columns,
    int keys,
    int masks,
    int measured,
    List<Boolean> freelyMissing,
    int pairs,
    int products,
    int most,
    boolean hasFrequencies,
    boolean hasContributions) {

  /** So many bits are in one mask. */
  static final int BITS = 62;

  List<Cell> cells(List<InternalRow> rows) {
    UnsafeProjection key = projection(0, keys + masks);
    UnsafeProjection values = projection(0, keys);
    List<Cell> cells = new ArrayList<>();
    for (InternalRow row : rows) {
      cells.add(cell(row, key, values));
    }
    return cells;
  }

  /** What tells cells apart, as bytes, of a row that begins with the cell. */
  UnsafeProjection projection(int from, int to) {
    List<Expression> references = new ArrayList<>();
    for (int i = from; i < to; i++) {
      Attribute column = columns.get(i);
      references.add(new BoundReference(i, column.dataType(), column.nullable()));
    }
    return UnsafeProjection.create(Scala.<Expression>seq(references));
  }

  private Cell cell(InternalRow row, UnsafeProjection key, UnsafeProjection values) {
    List<Long> bits = new ArrayList<>();
    for (int i = 0; i < masks; i++) {
      bits.add(row.getLong(keys + i));
    }
    int column = keys + masks;
    final long people = row.getLong(column++);
    final long number = row.getLong(column++);
    List<Optional<Number>> sums = new ArrayList<>();
    List<Cell.Present> present = new ArrayList<>();
    List<Long> notZero = new ArrayList<>();
    for (int i = 0; i < measured; i++) {
      sums.add(number(row, column++));
      notZero.add(row.getLong(column++));
      if (freelyMissing.get(i)) {
        present.add(new Cell.Present(row.getLong(column), row.getLong(column + 1)));
        column += 2;
      } else {
        present.add(new Cell.Present(number, people));
      }
    }
    List<Long> differ = new ArrayList<>();
    for (int i = 0; i < pairs; i++) {
      differ.add(row.getLong(column++));
    }
    List<Frequencies> frequent =
        hasFrequencies ? Frequencies.of(most, row.getBinary(column++)) : List.of();
    List<Contributions> contributions = new ArrayList<>();
    for (int i = 0; hasContributions && i < 2 * measured + products; i++, column += 3) {
      contributions.add(contributions(row, column));
    }
    return new Cell(
        key.apply(row).copy(),
        bits,
        values.apply(row).copy(),
        people,
        number,
        sums,
        present,
        notZero,
        differ,
        frequent,
        contributions,
        List.of());
  }

  private Optional<Number> number(InternalRow row, int column) {
    if (row.isNullAt(column)) {
      return Optional.empty();
    }
    DataType type = columns.get(column).dataType();
    if (type instanceof DoubleType) {
      double value = row.getDouble(column);
      return Double.isFinite(value) ? Optional.of(value) : Optional.empty();
    }
    if (type instanceof LongType) {
      return Optional.of(BigDecimal.valueOf(row.getLong(column)));
    }
    DecimalType decimal = (DecimalType) type;
    return Optional.of(
        row.getDecimal(column, decimal.precision(), decimal.scale()).toJavaBigDecimal());
  }

  private static Contributions contributions(InternalRow row, int column) {
    double total = row.isNullAt(column) ? 0 : row.getDouble(column);
    List<Double> most = new ArrayList<>();
    for (double contribution : row.getArray(column + 1).toDoubleArray()) {
      most.add(contribution);
    }
    return new Contributions(total, most, row.getLong(column + 2));
  }
}
