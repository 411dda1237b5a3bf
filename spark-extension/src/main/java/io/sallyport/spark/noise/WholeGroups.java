package io.sallyport.spark.noise;

import static io.sallyport.spark.scala.Catalyst.alias;

import io.sallyport.spark.scala.Catalyst;
import io.sallyport.spark.scala.Scala;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.catalyst.expressions.Alias;
import org.apache.spark.sql.catalyst.expressions.And;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.expressions.CreateNamedStruct;
import org.apache.spark.sql.catalyst.expressions.EqualNullSafe;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.Literal;
import org.apache.spark.sql.catalyst.expressions.NamedExpression;
import org.apache.spark.sql.catalyst.expressions.aggregate.CollectList;
import org.apache.spark.sql.catalyst.plans.LeftOuter$;
import org.apache.spark.sql.catalyst.plans.logical.Join;
import org.apache.spark.sql.catalyst.plans.logical.JoinHint;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.catalyst.plans.logical.Project;
import org.apache.spark.sql.types.DataTypes;

/**
 * The exact query behind a noisy release with one row for each group, so that a group can be
 * released where its row is: the columns of {@link BoundedQuery}, then for each of the point's
 * values a list of what {@link ValueQuery} counted, each value with its number.
 *
 * <p>Guarantee: each number in it is a number of the queries it is made of, and stands in the row
 * of its own group.
 *
 * @param sums the plan of the {@link BoundedQuery}
 * @param values the plan of each {@link ValueQuery}, in the order of the point's values
 */
public record WholeGroups(NoisyPoint point, LogicalPlan sums, List<LogicalPlan> values) {

  public WholeGroups {
    values = List.copyOf(values);
    if (values.size() != point.values().size()) {
      throw new IllegalArgumentException("Each of the point's values has one plan");
    }
  }

  /** The plan. */
  public LogicalPlan plan() {
    LogicalPlan whole = sums;
    for (int i = 0; i < values.size(); i++) {
      whole = with(whole, point.values().get(i), values.get(i));
    }
    return whole;
  }

  /** A group that no value was counted in has no list. */
  private LogicalPlan with(LogicalPlan whole, Values of, LogicalPlan counted) {
    int width = point.keys().size();
    List<Attribute> groups = Scala.list(whole.output());
    List<Attribute> columns = Scala.list(counted.output());
    List<Attribute> keys = columns.subList(0, width);
    Expression value = of.isOncePerPerson() ? Arithmetic.number(0L) : columns.get(width);
    Expression each =
        new CreateNamedStruct(
            Scala.seq(
                List.of(
                    Literal.create("value", DataTypes.StringType),
                    value,
                    Literal.create("rows", DataTypes.StringType),
                    columns.get(columns.size() - 1))));
    Alias list = alias(Catalyst.aggregate(new CollectList(each), false), "values");
    List<NamedExpression> listed = new ArrayList<>(keys);
    listed.add(list);
    LogicalPlan byGroup = Catalyst.aggregate(List.copyOf(keys), listed, counted);

    Expression same = Catalyst.yes();
    for (int i = 0; i < width; i++) {
      same = new And(same, new EqualNullSafe(groups.get(i), keys.get(i)));
    }
    LogicalPlan joined =
        new Join(whole, byGroup, LeftOuter$.MODULE$, Scala.some(same), JoinHint.NONE());
    List<NamedExpression> all = new ArrayList<>(groups);
    all.add(list.toAttribute().withNullability(true));
    return new Project(Scala.seq(all), joined);
  }
}
