package io.sallyport.spark.missing;

import io.sallyport.policy.decision.RefusalCode;
import io.sallyport.spark.RefusedException;
import io.sallyport.spark.scala.Catalyst;
import io.sallyport.spark.scala.Scala;
import java.util.List;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.expressions.Coalesce;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.Literal;
import org.apache.spark.sql.catalyst.expressions.NaNvl;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.types.DoubleType;
import org.apache.spark.sql.types.FloatType;

/**
 * {@code df.na.fill}: a value where there is none, or NaN.
 *
 * @param names of the columns; none for all whose type is the value's
 * @param values one for all columns, or one for each
 */
public record FillMissing(List<String> names, List<Literal> values) implements MissingQuestion {

  public FillMissing {
    names = List.copyOf(names);
    values = List.copyOf(values);
    boolean fits = values.size() == 1 || (values.size() == names.size() && !names.isEmpty());
    if (!fits) {
      throw RefusedException.of(
          RefusalCode.PARAM_INVALID,
          "na.fill has not one value for each column",
          "na.fill(value), or na.fill({\"column\": value, ...})");
    }
  }

  @Override
  public LogicalPlan over(LogicalPlan input) {
    if (values.size() == 1) {
      return filled(input, MissingQuestion.columns(input, names), values.get(0));
    }
    LogicalPlan filled = input;
    for (int i = 0; i < names.size(); i++) {
      filled =
          filled(filled, MissingQuestion.columns(filled, List.of(names.get(i))), values.get(i));
    }
    return filled;
  }

  private static LogicalPlan filled(LogicalPlan input, List<Attribute> columns, Literal value) {
    return MissingQuestion.changed(
        input,
        columns,
        column -> Value.suits(value, column.dataType()) ? filled(column, value) : column);
  }

  private static Expression filled(Expression column, Literal value) {
    boolean real =
        column.dataType() instanceof DoubleType || column.dataType() instanceof FloatType;
    Expression there = real ? new NaNvl(column, Catalyst.nothing(column.dataType())) : column;
    return new Coalesce(Scala.seq(List.of(there, Value.as(value, column.dataType()))));
  }
}
