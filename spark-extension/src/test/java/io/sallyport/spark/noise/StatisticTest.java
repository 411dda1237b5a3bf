package io.sallyport.spark.noise;

import static org.assertj.core.api.Assertions.assertThat;

import io.sallyport.dp.bounds.Interval;
import io.sallyport.dp.sensitivity.CentredQuantizer;
import io.sallyport.dp.sensitivity.ContributionBounds;
import io.sallyport.dp.sensitivity.Grid;
import io.sallyport.dp.sensitivity.Quantizer;
import io.sallyport.spark.noise.Statistic.Kind;
import io.sallyport.spark.scala.Scala;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.BoundReference;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.GenericInternalRow;
import org.apache.spark.sql.catalyst.expressions.Literal;
import org.apache.spark.sql.catalyst.expressions.UnsafeProjection;
import org.apache.spark.sql.types.DataTypes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a row contributes stays within its bounds, whatever is in it, and so does its sum. */
final class StatisticTest {

  private static final Expression X = new BoundReference(0, DataTypes.DoubleType, true);
  private static final long PEOPLE = (1L << 39) - 1;

  @ParameterizedTest
  @CsvSource({
    "0, 100",
    "-1, 1",
    "-100, 3",
    "5, 7",
    "-7, -5",
    "0, 1e-300",
    "1e6, 1000001",
    "-1e270, 1e270",
    "-4.9e-324, 0",
    "0, 4.9e-324",
    "3, 3.0000000000000004",
    "0.1, 0.7"
  })
  void steps_areThoseOfTheQuantizers(double lower, double upper) {
    Interval bounds = new Interval(lower, upper);
    Quantizer plain =
        new Quantizer(bounds, Grid.covering(Math.max(bounds.magnitude(), Double.MIN_NORMAL), 24));
    CentredQuantizer middle = CentredQuantizer.over(bounds);
    for (double value : values(bounds)) {
      assertThat(contributed(Kind.SUM, bounds, value))
          .as("sum of %s", value)
          .isEqualTo(plain.steps(value));
      assertThat(contributed(Kind.CENTRED, bounds, value))
          .as("centred %s", value)
          .isBetween(middle.steps(value) - 1, middle.steps(value) + 1);
    }
  }

  @ParameterizedTest
  @CsvSource({"0, 100", "-1, 1", "5, 7", "-1e270, 1e270", "0, 4.9e-324", "0.1, 0.7"})
  void rowsThatCount_stayWithinTheirBounds(double lower, double upper) {
    Interval bounds = new Interval(lower, upper);
    for (Kind kind : List.of(Kind.SUM, Kind.CENTRED, Kind.SQUARE)) {
      Statistic statistic = statistic(kind, bounds);
      for (double value : values(bounds)) {
        assertThat(contributed(kind, bounds, value))
            .isBetween(statistic.lowestSteps(), statistic.highestSteps());
      }
      assertThat(contributed(kind, bounds, Double.NaN)).isZero();
      assertThat(contributed(kind, bounds, null)).isZero();
    }
  }

  /** One row of a person at the most: as many people as the checker has room for. */
  @Test
  void sumsOfLargestSteps_fit() {
    Random random = new Random(5);
    for (int i = 0; i < 1000; i++) {
      double a = Math.scalb(random.nextGaussian(), random.nextInt(400) - 200);
      double b = Math.scalb(random.nextGaussian(), random.nextInt(400) - 200);
      Interval bounds = new Interval(Math.min(a, b), Math.max(a, b));
      for (Kind kind : Kind.values()) {
        Statistic statistic = statistic(kind, bounds);
        assertThat(Split.isNeeded(Cap.most(statistic, ContributionBounds.SINGLE))).isFalse();
        assertThat(Math.multiplyExact(PEOPLE, statistic.largestSteps())).isPositive();
      }
    }
  }

  /** A person's most rows, at the largest steps of each sign, in as many parts as it takes. */
  @Test
  void splitSums_fitAndAreExact() {
    for (long each : List.of(1_000_000L << 24, -(1_000_000L << 24), 1L << 48, -(1L << 48), -1L)) {
      assertThat(Split.isNeeded(Math.abs(each))).isEqualTo(each != -1);
      long high = (Long) Split.high(Arithmetic.number(each)).eval(null);
      long low = (Long) Split.low(Arithmetic.number(each)).eval(null);
      assertThat(Split.join(Math.multiplyExact(PEOPLE, high), Math.multiplyExact(PEOPLE, low)))
          .isEqualTo(BigInteger.valueOf(PEOPLE).multiply(BigInteger.valueOf(each)));
    }
  }

  private static List<Double> values(Interval bounds) {
    List<Double> values =
        new ArrayList<>(
            List.of(
                0.0,
                -0.0,
                Double.MIN_VALUE,
                Double.MAX_VALUE,
                -Double.MAX_VALUE,
                Double.POSITIVE_INFINITY,
                Double.NEGATIVE_INFINITY,
                0x1p62,
                -0x1p63));
    for (double edge : List.of(bounds.lower(), bounds.midpoint(), bounds.upper())) {
      values.addAll(List.of(edge, Math.nextUp(edge), Math.nextDown(edge)));
    }
    Random random = new Random(7);
    for (int i = 0; i < 300; i++) {
      values.add(bounds.lower() + random.nextDouble() * bounds.width());
    }
    return values;
  }

  /** As it is computed row by row, and the same in generated code. */
  private static long contributed(Kind kind, Interval bounds, Double value) {
    Expression steps = statistic(kind, bounds).steps();
    InternalRow row = new GenericInternalRow(new Object[] {value});
    long interpreted = (Long) steps.eval(row);
    UnsafeProjection generated = UnsafeProjection.create(Scala.<Expression>seq(List.of(steps)));
    assertThat(generated.apply(row).getLong(0)).isEqualTo(interpreted);
    return interpreted;
  }

  private static Statistic statistic(Kind kind, Interval bounds) {
    Argument x = new Argument(X, bounds);
    return switch (kind) {
      case ROWS, UNITS -> new Statistic(kind, Literal.TrueLiteral(), List.of());
      case SUM, CENTRED, SQUARE -> new Statistic(kind, Arithmetic.isThere(X), List.of(x));
      case PRODUCT -> new Statistic(kind, Arithmetic.isThere(X), List.of(x, x));
    };
  }
}
