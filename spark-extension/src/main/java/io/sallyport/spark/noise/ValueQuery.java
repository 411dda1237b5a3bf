package io.sallyport.spark.noise;

import static io.sallyport.spark.scala.Catalyst.alias;

import io.sallyport.dp.sensitivity.ContributionBounds;
import io.sallyport.policy.frame.FrameName;
import io.sallyport.spark.scala.Catalyst;
import io.sallyport.spark.scala.Scala;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.catalyst.expressions.Alias;
import org.apache.spark.sql.catalyst.expressions.And;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.GreaterThan;
import org.apache.spark.sql.catalyst.expressions.NamedExpression;
import org.apache.spark.sql.catalyst.expressions.aggregate.Sum;
import org.apache.spark.sql.catalyst.plans.logical.Filter;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.catalyst.plans.logical.Project;

/**
 * The exact query behind noisy numbers of values, with every person's contribution bounded: as
 * {@link BoundedQuery}, but rows are counted by group and value.
 *
 * <ol>
 *   <li>per person, group and value the rows are counted;
 *   <li>per person the first groups in the order of a keyed hash are kept ({@link
 *       GroupsPerPerson});
 *   <li>per person and group, in the order of a keyed hash of the values, as many rows are kept as
 *       the bounds allow ({@link RowsPerGroup});
 *   <li>per group and value they are added up, exactly.
 * </ol>
 *
 * <p>Guarantee: removing a person's rows moves the counts of at most {@code bounds.groups()}
 * groups, and those of each group by at most {@code bounds.perGroup()} in all.
 *
 * @param point what is asked
 * @param values what is counted
 * @param bounds what one person may contribute
 * @param secret the release's own
 */
public record ValueQuery(NoisyPoint point, Values values, ContributionBounds bounds, long secret) {

  /**
   * The plan. Columns: the keys; for ranks the leaf, for bins the bin; how many.
   *
   * @param input the release point's input with the units
   * @param units for each frame the column of its unit
   */
  public LogicalPlan plan(LogicalPlan input, Map<FrameName, Attribute> units) {
    Alias person = alias(PersonOf.the(units), "person");
    List<Alias> keys = point.keys().stream().map(key -> alias(key, "key")).toList();
    List<Alias> counted = values.columns().stream().map(v -> alias(v, "value")).toList();
    List<NamedExpression> columns = new ArrayList<>();
    columns.add(person);
    columns.addAll(keys);
    columns.addAll(counted);
    Expression condition = new And(point.counts(person.child()), values.condition());
    LogicalPlan rows = new Project(Scala.seq(columns), new Filter(condition, input));
    return totals(
        bounded(rows, person.toAttribute(), attributes(keys), attributes(counted)),
        attributes(keys),
        attributes(counted));
  }

  /** Rows with the number that each still counts for. */
  private record Kept(LogicalPlan plan, Expression count) {}

  private Kept bounded(
      LogicalPlan rows, Attribute person, List<Attribute> keys, List<Attribute> counted) {
    if (point.singleRows()) {
      return new Kept(rows, Arithmetic.number(1L));
    }
    GroupsPerPerson groups = point.first(person, keys, bounds, secret);
    boolean mayHaveMore = point.mayHaveMoreGroupsThan(bounds);
    List<Attribute> by = new ArrayList<>();
    by.add(person);
    by.addAll(keys);
    by.addAll(counted);
    Alias own =
        values.isOncePerPerson()
            ? alias(Arithmetic.number(1L), "rows")
            : alias(Catalyst.countRows(), "rows");
    List<NamedExpression> columns = new ArrayList<>(by);
    columns.add(own);
    LogicalPlan perValue =
        Catalyst.aggregate(List.copyOf(by), columns, mayHaveMore ? groups.together(rows) : rows);
    LogicalPlan first = mayHaveMore ? groups.first(perValue) : perValue;
    RowsPerGroup cut = new RowsPerGroup(person, keys, counted, bounds.perGroup(), secret);
    LogicalPlan running = cut.running(first, own.toAttribute());
    return new Kept(running, cut.kept(running, own.toAttribute()));
  }

  private LogicalPlan totals(Kept kept, List<Attribute> keys, List<Attribute> counted) {
    List<Attribute> by = new ArrayList<>(keys);
    by.addAll(counted);
    Alias rows = alias(Catalyst.aggregate(new Sum(kept.count()), false), "rows");
    List<NamedExpression> columns = new ArrayList<>(by);
    columns.add(rows);
    LogicalPlan byValue = Catalyst.aggregate(List.copyOf(by), columns, kept.plan());
    if (!values.isOncePerPerson()) {
      return byValue;
    }
    LogicalPlan held =
        new Filter(new GreaterThan(rows.toAttribute(), Arithmetic.number(0L)), byValue);
    List<NamedExpression> each = new ArrayList<>(keys);
    each.add(alias(Catalyst.countRows(), "values"));
    return Catalyst.aggregate(List.copyOf(keys), each, held);
  }

  private static List<Attribute> attributes(List<Alias> columns) {
    return columns.stream().map(Alias::toAttribute).toList();
  }
}
