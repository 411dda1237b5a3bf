package io.sallyport.spark.noise;

import io.sallyport.spark.scala.Scala;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.Alias;
import org.apache.spark.sql.catalyst.expressions.AttributeReference;
import org.apache.spark.sql.catalyst.expressions.BoundReference;
import org.apache.spark.sql.catalyst.expressions.ExprId;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.GenericInternalRow;
import org.apache.spark.sql.catalyst.expressions.NamedExpression;
import org.apache.spark.sql.catalyst.expressions.UnsafeProjection;
import org.apache.spark.sql.catalyst.expressions.aggregate.AggregateExpression;
import org.apache.spark.sql.catalyst.util.GenericArrayData;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.ByteType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.Decimal;
import org.apache.spark.sql.types.DecimalType;
import org.apache.spark.sql.types.DoubleType;
import org.apache.spark.sql.types.FloatType;
import org.apache.spark.sql.types.IntegerType;
import org.apache.spark.sql.types.LongType;
import org.apache.spark.sql.types.ShortType;
import org.apache.spark.sql.types.StructType;

/**
 * The analyst's columns from a group's keys and noisy statistics: each aggregate function gets its
 * estimate, in the type that Spark gives it, and the rest of each expression is computed over them.
 */
final class NoisyColumns {

  private final Layout layout;
  private final Map<ExprId, Expression> functions = new HashMap<>();
  private final UnsafeProjection projection;

  NoisyColumns(Layout layout) {
    this.layout = layout;
    int ordinal = layout.keys().size();
    for (Estimator estimator : layout.estimators()) {
      AggregateExpression function = estimator.function();
      functions.put(function.resultId(), new BoundReference(ordinal++, function.dataType(), false));
    }
    List<Expression> shown = new ArrayList<>();
    for (NamedExpression column : layout.shown()) {
      shown.add(overEstimates(column instanceof Alias named ? named.child() : (Expression) column));
    }
    projection = UnsafeProjection.create(Scala.<Expression>seq(shown));
  }

  private Expression overEstimates(Expression expression) {
    if (expression instanceof AggregateExpression function) {
      return functions.get(function.resultId());
    }
    List<Expression> keys = layout.keys();
    for (int i = 0; i < keys.size(); i++) {
      if (keys.get(i).semanticEquals(expression)) {
        return new BoundReference(i, expression.dataType(), true);
      }
    }
    if (expression instanceof AttributeReference column) {
      throw new IllegalStateException(
          "The column " + column.name() + " is neither key nor aggregate");
    }
    List<Expression> children =
        Scala.children(expression).stream().map(this::overEstimates).toList();
    return children.isEmpty()
        ? expression
        : expression.withNewChildren(Scala.<Expression>seq(children));
  }

  InternalRow row(InternalRow key, Noisy noisy) {
    List<Object> values = new ArrayList<>();
    List<Expression> grouping = layout.keys();
    for (int i = 0; i < grouping.size(); i++) {
      values.add(key.get(i, grouping.get(i).dataType()));
    }
    for (Estimator estimator : layout.estimators()) {
      values.add(value(estimator, noisy));
    }
    return projection.apply(new GenericInternalRow(values.toArray())).copy();
  }

  private static Object value(Estimator estimator, Noisy noisy) {
    DataType type = estimator.function().dataType();
    if (!estimator.values().isEmpty() && estimator.values().get(0) instanceof Bins bins) {
      return histogram(bins, estimator, type, noisy);
    }
    if (type instanceof ArrayType list) {
      return new GenericArrayData(
          estimator.estimates().stream()
              .map(estimate -> value(estimate.from(noisy), list.elementType()))
              .toArray());
    }
    return value(estimator.estimates().get(0).from(noisy), type);
  }

  /** For each bin its middle, in the type that Spark gives it, and its noisy count. */
  private static Object histogram(Bins bins, Estimator estimator, DataType type, Noisy noisy) {
    StructType bin = (StructType) ((ArrayType) type).elementType();
    Object[] rows = new Object[bins.number()];
    for (int i = 0; i < rows.length; i++) {
      Object middle = value(bins.middle(i), bin.fields()[0].dataType());
      double count = estimator.estimates().get(i).from(noisy);
      rows[i] = new GenericInternalRow(new Object[] {middle, count});
    }
    return new GenericArrayData(rows);
  }

  /** The nearest value of the type. */
  static Object value(double estimate, DataType type) {
    if (type instanceof LongType) {
      return Math.round(estimate);
    }
    if (type instanceof DoubleType) {
      return estimate;
    }
    if (type instanceof IntegerType) {
      return (int) Math.round(between(Integer.MIN_VALUE, estimate, Integer.MAX_VALUE));
    }
    if (type instanceof ShortType) {
      return (short) Math.round(between(Short.MIN_VALUE, estimate, Short.MAX_VALUE));
    }
    if (type instanceof ByteType) {
      return (byte) Math.round(between(Byte.MIN_VALUE, estimate, Byte.MAX_VALUE));
    }
    if (type instanceof FloatType) {
      return (float) estimate;
    }
    if (type instanceof DecimalType decimal) {
      return decimal(estimate, decimal);
    }
    throw new IllegalStateException("No aggregate has the type " + type.catalogString());
  }

  private static double between(double lower, double value, double upper) {
    return Math.max(lower, Math.min(upper, value));
  }

  private static Object decimal(double estimate, DecimalType type) {
    BigDecimal most =
        BigDecimal.ONE
            .movePointRight(type.precision() - type.scale())
            .subtract(BigDecimal.ONE.movePointLeft(type.scale()));
    BigDecimal nearest =
        new BigDecimal(Double.isNaN(estimate) ? 0 : estimate)
            .setScale(type.scale(), RoundingMode.HALF_EVEN);
    return Decimal.apply(nearest.min(most).max(most.negate()), type.precision(), type.scale());
  }
}
