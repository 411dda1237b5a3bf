package io.sallyport.spark.noise;

import io.sallyport.dp.accuracy.Accuracy;
import io.sallyport.spark.scala.Scala;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.DoubleConsumer;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.Alias;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.NamedExpression;
import org.apache.spark.sql.catalyst.expressions.aggregate.AggregateExpression;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.Decimal;
import org.apache.spark.sql.types.DecimalType;
import org.apache.spark.sql.types.NumericType;

/**
 * 95 % intervals around the noisy columns of a release, computed from what was released.
 *
 * <p>Each noisy number is within its own width with probability 0.95 for all numbers of a column
 * together (Bonferroni); the interval is from the least to the greatest value that the column takes
 * on the corners and the middle of that box. So it is wide rather than narrow; where the column may
 * have no value within the box, there is no interval. It is about the noise alone: what clamping
 * and bounding took away is not in it. Quantiles have none.
 */
public final class ErrorBars {

  /** Beyond so many numbers in a column, its box has too many corners. */
  private static final int MOST_NUMBERS = 6;

  /** Up to so many numbers, edges are looked at too. */
  private static final int FEW_NUMBERS = 3;

  private final NoisyPoint point;
  private final Calibration calibration;
  private final NoisyColumns columns;
  private final List<Column> barred = new ArrayList<>();

  /** One of the analyst's columns, and which noisy numbers it is computed from. */
  private record Column(int ordinal, DataType type, List<Integer> numbers) {}

  /** The error bars of a release that was calibrated so. */
  public ErrorBars(NoisyPoint point, Calibration calibration) {
    this.point = point;
    this.calibration = calibration;
    this.columns = new NoisyColumns(point.layout());
    List<NamedExpression> shown = point.shown();
    for (int i = 0; i < shown.size(); i++) {
      int ordinal = i;
      column(ordinal, (Expression) shown.get(i)).ifPresent(barred::add);
    }
  }

  private Optional<Column> column(int ordinal, Expression shown) {
    Expression value = shown instanceof Alias alias ? alias.child() : shown;
    Set<Integer> numbers = new TreeSet<>();
    for (Estimator estimator : point.estimators()) {
      if (holds(value, estimator.function())) {
        if (estimator.values().stream().anyMatch(v -> !v.isOncePerPerson())) {
          return Optional.empty();
        }
        estimator.statistics().forEach(s -> numbers.add(point.ordinal(s)));
        estimator.values().forEach(v -> numbers.add(point.ordinal(v)));
      }
    }
    boolean fits = !numbers.isEmpty() && numbers.size() <= MOST_NUMBERS;
    return fits && value.dataType() instanceof NumericType
        ? Optional.of(new Column(ordinal, value.dataType(), List.copyOf(numbers)))
        : Optional.empty();
  }

  private static boolean holds(Expression value, AggregateExpression function) {
    if (value instanceof AggregateExpression own) {
      return own.resultId().equals(function.resultId());
    }
    return Scala.children(value).stream().anyMatch(child -> holds(child, function));
  }

  /** Which of the analyst's columns have bars. */
  public List<Integer> ordinals() {
    return barred.stream().map(Column::ordinal).toList();
  }

  /**
   * The lower and upper ends of one recorded group, in the order of {@link #ordinals}; NULL where a
   * column has no number to put them around.
   */
  public List<Object> of(InternalRow recorded) {
    InternalRow key = RecordedGroup.key(point, recorded);
    double[] numbers = RecordedGroup.numbers(point, recorded);
    List<Object> ends = new ArrayList<>();
    for (Column column : barred) {
      double[] lowAndHigh = {Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY};
      Place within =
          moved -> {
            // NaN stays NaN in both: an interval that leaves out where nothing is known would lie.
            double value = value(key, moved, column);
            lowAndHigh[0] = Math.min(lowAndHigh[0], value);
            lowAndHigh[1] = Math.max(lowAndHigh[1], value);
          };
      within.at(numbers);
      visit(column, 0, numbers.clone(), within);
      boolean known = Double.isFinite(lowAndHigh[0]) && Double.isFinite(lowAndHigh[1]);
      ends.add(known ? lowAndHigh[0] : null);
      ends.add(known ? lowAndHigh[1] : null);
    }
    return ends;
  }

  /** NaN where the column has no value, or fails, such as a division by a count that may be 0. */
  private double value(InternalRow key, double[] moved, Column column) {
    try {
      return number(columns.row(key, new Moved(point, moved)), column).orElse(Double.NaN);
    } catch (RuntimeException e) {
      return Double.NaN;
    }
  }

  /** What is done at each place of the box. */
  private interface Place {
    void at(double[] moved);
  }

  private void visit(Column column, int next, double[] numbers, Place place) {
    if (next == column.numbers().size()) {
      place.at(numbers);
      return;
    }
    int number = column.numbers().get(next);
    double middle = numbers[number];
    double width = width(number, column.numbers().size());
    DoubleConsumer go =
        value -> {
          numbers[number] = value;
          visit(column, next + 1, numbers, place);
        };
    go.accept(middle - width);
    go.accept(middle + width);
    if (column.numbers().size() <= FEW_NUMBERS) {
      go.accept(middle);
      if (Math.abs(middle) < width) {
        go.accept(0);
      }
    }
    numbers[number] = middle;
  }

  private double width(int number, int together) {
    double miss = Accuracy.MISS / together;
    double step = number < point.statistics().size() ? point.statistics().get(number).step() : 1;
    return Accuracy.halfWidth(calibration.noise().get(number).noise(), miss) * step;
  }

  private static Optional<Double> number(InternalRow row, Column column) {
    if (row.isNullAt(column.ordinal())) {
      return Optional.empty();
    }
    Object value = row.get(column.ordinal(), column.type());
    double number =
        column.type() instanceof DecimalType
            ? ((Decimal) value).toDouble()
            : ((Number) value).doubleValue();
    return Double.isNaN(number) ? Optional.empty() : Optional.of(number);
  }

  /** Noisy numbers, moved within their widths. */
  private record Moved(NoisyPoint point, List<Double> numbers) implements Noisy {

    Moved(NoisyPoint point, double[] numbers) {
      this(point, Arrays.stream(numbers).boxed().toList());
    }

    @Override
    public double of(Statistic statistic) {
      return numbers.get(point.ordinal(statistic));
    }

    @Override
    public double of(DistinctValues values) {
      return numbers.get(point.ordinal(values));
    }

    @Override
    public double quantile(Ranks ranks, double rank) {
      return Double.NaN;
    }

    @Override
    public double inBin(Bins bins, int bin) {
      return Double.NaN;
    }
  }
}
