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
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.If;
import org.apache.spark.sql.catalyst.expressions.IsNotNull;
import org.apache.spark.sql.catalyst.expressions.NamedExpression;
import org.apache.spark.sql.catalyst.expressions.aggregate.Max;
import org.apache.spark.sql.catalyst.expressions.aggregate.Sum;
import org.apache.spark.sql.catalyst.plans.logical.Filter;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.catalyst.plans.logical.Project;

/**
 * The exact query behind a noisy release, with every person's contribution bounded.
 *
 * <ol>
 *   <li>each row gives its person, its keys and its steps for every statistic;
 *   <li>per person and group these are added up and cut to what the bounds allow ({@link Cap});
 *   <li>per person the first groups in the order of a keyed hash are kept ({@link
 *       GroupsPerPerson});
 *   <li>per group they are added up, exactly.
 * </ol>
 *
 * <p>Guarantee: removing a person's rows moves each statistic of at most {@code bounds.groups()}
 * groups, by at most {@code bounds.perGroup()} times its largest step, whatever the rows hold.
 * Where a person has one row at most, steps two and three have nothing to do and are left out.
 *
 * @param point what is asked
 * @param bounds what one person may contribute
 * @param secret the release's own; the order of groups depends on it
 */
public record BoundedQuery(NoisyPoint point, ContributionBounds bounds, long secret) {

  /**
   * The plan. Columns: the keys; the units; the units of each frame; two per statistic, the high
   * part and the low part.
   *
   * @param input the release point's input with the units
   * @param units for each frame the column of its unit
   */
  public LogicalPlan plan(LogicalPlan input, Map<FrameName, Attribute> units) {
    List<FrameName> frames = units.keySet().stream().sorted().toList();
    Alias person = alias(PersonOf.the(units), "person");
    List<Alias> keys = point.keys().stream().map(key -> alias(key, "key")).toList();
    List<Alias> present =
        frames.stream().map(f -> alias(indicator(new IsNotNull(units.get(f))), "present")).toList();
    List<Alias> steps = point.statistics().stream().map(s -> alias(s.steps(), "steps")).toList();

    List<NamedExpression> columns = new ArrayList<>();
    columns.add(person);
    columns.addAll(keys);
    columns.addAll(present);
    columns.addAll(steps);
    LogicalPlan rows =
        new Project(Scala.seq(columns), new Filter(point.counts(person.child()), input));
    Contributions contributions =
        new Contributions(
            rows, person.toAttribute(), attributes(keys), attributes(present), attributes(steps));
    return totals(point.singleRows() ? contributions : bounded(contributions));
  }

  /** Columns of rows that are each a part of one person's contribution to one group. */
  record Contributions(
      LogicalPlan plan,
      Attribute person,
      List<Attribute> keys,
      List<Attribute> present,
      List<Attribute> steps) {}

  private Contributions bounded(Contributions rows) {
    GroupsPerPerson groups = point.first(rows.person(), rows.keys(), bounds, secret);
    boolean mayHaveMore = point.mayHaveMoreGroupsThan(bounds);
    List<Expression> by = new ArrayList<>();
    by.add(rows.person());
    by.addAll(rows.keys());
    List<Alias> present = rows.present().stream().map(p -> alias(max(p), "present")).toList();
    List<Alias> sums = rows.steps().stream().map(s -> alias(sum(s), "sum")).toList();
    List<NamedExpression> columns = new ArrayList<>();
    columns.add(rows.person());
    columns.addAll(rows.keys());
    columns.addAll(present);
    columns.addAll(sums);
    LogicalPlan source = mayHaveMore ? groups.together(rows.plan()) : rows.plan();
    LogicalPlan perGroup = Catalyst.aggregate(by, columns, source);
    LogicalPlan kept = mayHaveMore ? groups.first(perGroup) : perGroup;

    List<Alias> capped = new ArrayList<>();
    for (int i = 0; i < sums.size(); i++) {
      Statistic statistic = point.statistics().get(i);
      Expression sum = sums.get(i).toAttribute();
      capped.add(alias(Cap.of(statistic, sum, count(statistic, sums), bounds), "capped"));
    }
    List<NamedExpression> bounded = new ArrayList<>();
    bounded.add(rows.person());
    bounded.addAll(rows.keys());
    bounded.addAll(attributes(present));
    bounded.addAll(capped);
    return new Contributions(
        new Project(Scala.seq(bounded), kept),
        rows.person(),
        rows.keys(),
        attributes(present),
        attributes(capped));
  }

  /** The number of rows that a moment is over; itself when it needs none. */
  private Expression count(Statistic statistic, List<Alias> sums) {
    return statistic.kind() == Statistic.Kind.SUM || statistic.counts()
        ? Arithmetic.number(0L)
        : sums.get(point.ordinal(new Moments(statistic.condition()).rows())).toAttribute();
  }

  private LogicalPlan totals(Contributions each) {
    List<NamedExpression> columns = new ArrayList<>(each.keys());
    columns.add(alias(Catalyst.countRows(), "units"));
    each.present().forEach(p -> columns.add(alias(sum(p), "units")));
    for (Attribute steps : each.steps()) {
      columns.add(alias(sum(Split.high(steps)), "high"));
      columns.add(alias(sum(Split.low(steps)), "low"));
    }
    return Catalyst.aggregate(List.copyOf(each.keys()), columns, each.plan());
  }

  private static List<Attribute> attributes(List<Alias> columns) {
    return columns.stream().map(Alias::toAttribute).toList();
  }

  private static Expression indicator(Expression condition) {
    return new If(condition, Arithmetic.number(1L), Arithmetic.number(0L));
  }

  private static Expression sum(Expression value) {
    return Catalyst.aggregate(new Sum(value), false);
  }

  private static Expression max(Expression value) {
    return Catalyst.aggregate(new Max(value), false);
  }
}
