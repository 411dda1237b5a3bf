package io.sallyport.spark.exact;

import io.sallyport.spark.scala.Catalyst;
import java.util.List;
import org.apache.spark.sql.catalyst.expressions.EvalMode;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.Multiply;
import org.apache.spark.sql.catalyst.expressions.NumericEvalContext;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.DecimalType;
import org.apache.spark.sql.types.LongType;

/**
 * The value of a product of stored columns in a row: a column as it is stored, in a type in which
 * it can be added up without wrapping; or the product of several, exact where all are.
 */
final class MonomialValue {

  private static final NumericEvalContext PLAIN = new NumericEvalContext(EvalMode.LEGACY(), true);

  private MonomialValue() {}

  static Expression of(Monomial monomial) {
    List<Expression> columns = monomial.raw().stream().map(Monomial.Variable::expression).toList();
    if (columns.size() == 1) {
      return single(columns.get(0));
    }
    boolean fractional =
        columns.stream().anyMatch(column -> PointReading.isFractional(column.dataType()));
    return columns.stream()
        .map(column -> fractional ? Catalyst.cast(column, DataTypes.DoubleType) : exact(column))
        .reduce((a, b) -> new Multiply(a, b, PLAIN))
        .orElseThrow();
  }

  private static Expression single(Expression column) {
    DataType type = column.dataType();
    if (PointReading.isFractional(type)) {
      return Catalyst.cast(column, DataTypes.DoubleType);
    }
    return type instanceof LongType ? exact(column) : column;
  }

  /** Whole numbers as decimals of as many digits as they can have. */
  private static Expression exact(Expression column) {
    DataType type = column.dataType();
    if (type instanceof DecimalType) {
      return column;
    }
    int digits =
        switch (type.defaultSize()) {
          case 1 -> 3;
          case 2 -> 5;
          case 4 -> 10;
          default -> 20;
        };
    return Catalyst.cast(column, new DecimalType(digits, 0));
  }
}
