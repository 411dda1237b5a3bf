package io.sallyport.spark.sample;

import io.sallyport.spark.scala.Scala;
import java.util.List;
import java.util.OptionalLong;
import org.apache.spark.sql.catalyst.expressions.Ascending$;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.expressions.NullsFirst$;
import org.apache.spark.sql.catalyst.expressions.RowOrdering;
import org.apache.spark.sql.catalyst.expressions.SortOrder;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.catalyst.plans.logical.Sample;
import org.apache.spark.sql.catalyst.plans.logical.SampleMethod;
import org.apache.spark.sql.catalyst.plans.logical.Sort;

/**
 * A sample of a plan's rows. Whether they may be sampled is judged with the whole question.
 *
 * @param lower where the part of the rows begins, from 0 to 1
 * @param upper where it ends
 * @param replacement whether a row may be taken several times
 * @param seed by which rows are taken; without one there is one for all
 * @param ordered whether rows are sorted in their partitions before, as for parts of a split
 */
public record SampleQuestion(
    double lower, double upper, boolean replacement, OptionalLong seed, boolean ordered) {

  /** The plan that takes the sample. */
  public LogicalPlan over(LogicalPlan input) {
    return new Sample(
        lower,
        upper,
        replacement,
        seed.isPresent() ? Scala.some(seed.getAsLong()) : Scala.none(),
        ordered ? sorted(input) : input,
        SampleMethod.Bernoulli$.MODULE$);
  }

  private static LogicalPlan sorted(LogicalPlan input) {
    List<SortOrder> order =
        Scala.<Attribute>list(input.output()).stream()
            .filter(column -> RowOrdering.isOrderable(column.dataType()))
            .map(SampleQuestion::ascending)
            .toList();
    return order.isEmpty() ? input : new Sort(Scala.seq(order), false, input, Scala.none());
  }

  private static SortOrder ascending(Attribute column) {
    return new SortOrder(column, Ascending$.MODULE$, NullsFirst$.MODULE$, Scala.noElements());
  }
}
