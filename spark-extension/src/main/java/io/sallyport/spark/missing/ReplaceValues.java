package io.sallyport.spark.missing;

import io.sallyport.spark.scala.Scala;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.catalyst.expressions.CaseWhen;
import org.apache.spark.sql.catalyst.expressions.EqualTo;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.Literal;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.types.DataType;
import scala.Tuple2;

/**
 * {@code df.na.replace}: other values for some.
 *
 * @param names of the columns; none for all whose type is the values'
 */
public record ReplaceValues(List<String> names, List<Replacement> replacements)
    implements MissingQuestion {

  /** One value for another. */
  public record Replacement(Literal old, Literal value) {}

  public ReplaceValues {
    names = List.copyOf(names);
    replacements = List.copyOf(replacements);
  }

  @Override
  public LogicalPlan over(LogicalPlan input) {
    return MissingQuestion.changed(input, MissingQuestion.columns(input, names), this::replaced);
  }

  private Expression replaced(Expression column) {
    DataType type = column.dataType();
    List<Tuple2<Expression, Expression>> branches = new ArrayList<>();
    for (Replacement each : replacements) {
      if (Value.suits(each.old(), type)) {
        branches.add(
            new Tuple2<>(
                new EqualTo(column, Value.as(each.old(), type)), Value.as(each.value(), type)));
      }
    }
    return branches.isEmpty()
        ? column
        : new CaseWhen(Scala.seq(branches), Scala.<Expression>some(column));
  }
}
