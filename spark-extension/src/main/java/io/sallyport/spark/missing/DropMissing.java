package io.sallyport.spark.missing;

import io.sallyport.spark.scala.Catalyst;
import java.util.List;
import java.util.OptionalInt;
import org.apache.spark.sql.catalyst.expressions.Add;
import org.apache.spark.sql.catalyst.expressions.And;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.GreaterThanOrEqual;
import org.apache.spark.sql.catalyst.expressions.If;
import org.apache.spark.sql.catalyst.expressions.IsNaN;
import org.apache.spark.sql.catalyst.expressions.IsNotNull;
import org.apache.spark.sql.catalyst.expressions.Not;
import org.apache.spark.sql.catalyst.expressions.Or;
import org.apache.spark.sql.catalyst.plans.logical.Filter;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.types.DoubleType;
import org.apache.spark.sql.types.FloatType;

/**
 * {@code df.na.drop}: a filter for rows that have values. NaN is none.
 *
 * @param names of the columns that are looked at; none for all
 * @param least so many must have one; empty for all
 */
public record DropMissing(List<String> names, OptionalInt least) implements MissingQuestion {

  public DropMissing {
    names = List.copyOf(names);
  }

  @Override
  public LogicalPlan over(LogicalPlan input) {
    List<Expression> present =
        MissingQuestion.columns(input, names).stream().map(DropMissing::isThere).toList();
    int wanted = least.orElse(present.size());
    if (wanted <= 0 || present.isEmpty()) {
      return input;
    }
    return new Filter(condition(present, wanted), input);
  }

  private static Expression condition(List<Expression> present, int wanted) {
    if (wanted == present.size()) {
      return present.stream().reduce(And::new).orElseThrow();
    }
    if (wanted == 1) {
      return present.stream().reduce(Or::new).orElseThrow();
    }
    Expression number =
        present.stream()
            .<Expression>map(each -> new If(each, Catalyst.integer(1), Catalyst.integer(0)))
            .reduce(Add::new)
            .orElseThrow();
    return new GreaterThanOrEqual(number, Catalyst.integer(wanted));
  }

  private static Expression isThere(Attribute column) {
    Expression there = new IsNotNull(column);
    boolean real =
        column.dataType() instanceof DoubleType || column.dataType() instanceof FloatType;
    return real ? new And(there, new Not(new IsNaN(column))) : there;
  }
}
