package io.sallyport.spark.noise;

import static io.sallyport.spark.scala.Catalyst.alias;

import io.sallyport.spark.scala.Catalyst;
import io.sallyport.spark.scala.Scala;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.catalyst.expressions.Alias;
import org.apache.spark.sql.catalyst.expressions.Ascending$;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.expressions.CurrentRow$;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.NullsFirst$;
import org.apache.spark.sql.catalyst.expressions.RowFrame$;
import org.apache.spark.sql.catalyst.expressions.SortOrder;
import org.apache.spark.sql.catalyst.expressions.SpecifiedWindowFrame;
import org.apache.spark.sql.catalyst.expressions.Subtract;
import org.apache.spark.sql.catalyst.expressions.UnboundedPreceding$;
import org.apache.spark.sql.catalyst.expressions.WindowExpression;
import org.apache.spark.sql.catalyst.expressions.WindowSpecDefinition;
import org.apache.spark.sql.catalyst.expressions.XxHash64;
import org.apache.spark.sql.catalyst.expressions.aggregate.Sum;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.catalyst.plans.logical.Window;

/**
 * Keeps at most so many rows of each person in each group, counted by value: values in the order of
 * a hash under the release's secret, then of the values themselves, until the rows are used up.
 *
 * <p>What is kept of a person depends on that person's rows and the secret alone.
 */
record RowsPerGroup(
    Attribute person, List<Attribute> keys, List<Attribute> values, long most, long secret) {

  RowsPerGroup {
    keys = List.copyOf(keys);
    values = List.copyOf(values);
  }

  private static final String RUNNING = "running";

  /**
   * One row per person, group and value enters, with its number of rows; a running sum is added.
   */
  LogicalPlan running(LogicalPlan perValue, Attribute rows) {
    List<Expression> partition = new ArrayList<>();
    partition.add(person);
    partition.addAll(keys);
    List<Expression> hashed = new ArrayList<>(partition);
    hashed.addAll(values);
    List<SortOrder> order = new ArrayList<>();
    order.add(ascending(new XxHash64(Scala.seq(hashed), secret)));
    values.forEach(value -> order.add(ascending(value)));
    WindowSpecDefinition window =
        new WindowSpecDefinition(
            Scala.seq(partition),
            Scala.seq(order),
            new SpecifiedWindowFrame(
                RowFrame$.MODULE$, UnboundedPreceding$.MODULE$, CurrentRow$.MODULE$));
    Alias sum =
        alias(new WindowExpression(Catalyst.aggregate(new Sum(rows), false), window), RUNNING);
    return new Window(
        Scala.seq(List.of(sum)), Scala.seq(partition), Scala.seq(order), perValue, Scala.none());
  }

  /**
   * How many of a row's own rows are still within the bound: a whole number from 0 to the bound.
   */
  Expression kept(LogicalPlan running, Attribute rows) {
    List<Attribute> output = Scala.list(running.output());
    Expression before = new Subtract(output.get(output.size() - 1), rows);
    Expression left = new Subtract(Arithmetic.number(most), before);
    return Arithmetic.between(0, Arithmetic.least(rows, left), most);
  }

  private static SortOrder ascending(Expression value) {
    return new SortOrder(value, Ascending$.MODULE$, NullsFirst$.MODULE$, Scala.noElements());
  }
}
