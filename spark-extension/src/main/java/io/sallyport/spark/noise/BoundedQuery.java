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
import org.apache.spark.sql.catalyst.expressions.NamedExpression;
import org.apache.spark.sql.catalyst.expressions.aggregate.Sum;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.catalyst.plans.logical.Project;

/**
 * The exact query behind a noisy release, with every person's contribution bounded.
 *
 * <ol>
 *   <li>each row gives its person, its keys and its steps for every statistic ({@link
 *       ContributingRows});
 *   <li>per person and group these are added up, and of each person the first groups in the order
 *       of a keyed hash are kept: in one pass where the keys allow it ({@link SummedGroups}), else
 *       one after the other ({@link GroupsPerPerson});
 *   <li>what is kept is cut to what the bounds allow ({@link Cap});
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
    ContributingRows rows = ContributingRows.of(point, input, units);
    return totals(point.singleRows() ? rows.contributions() : capped(inFirstGroups(rows)));
  }

  /** For each person and group one row, of at most so many groups of each person. */
  private Contributions inFirstGroups(ContributingRows rows) {
    if (!point.mayHaveMoreGroupsThan(bounds)) {
      return added(rows.contributions());
    }
    GroupsPerPerson first = point.first(rows.personColumn(), rows.keyColumns(), bounds, secret);
    if (SummedGroups.isFor(first)) {
      return new SummedGroups(first).of(rows);
    }
    Contributions groups = added(rows.moved(first::together));
    return groups.on(first.first(groups.plan()));
  }

  private static Contributions added(Contributions rows) {
    List<Expression> by = new ArrayList<>();
    by.add(rows.person());
    by.addAll(rows.keys());
    List<Alias> sums = rows.numbers().stream().map(n -> alias(sum(n), "sum")).toList();
    List<NamedExpression> columns = new ArrayList<>();
    columns.add(rows.person());
    columns.addAll(rows.keys());
    columns.addAll(sums);
    return rows.with(Catalyst.aggregate(by, columns, rows.plan()), rows.keys(), attributes(sums));
  }

  private Contributions capped(Contributions sums) {
    List<Alias> capped = new ArrayList<>();
    for (Attribute present : sums.present()) {
      capped.add(alias(Arithmetic.between(0, present, 1), "present"));
    }
    for (int i = 0; i < sums.steps().size(); i++) {
      Statistic statistic = point.statistics().get(i);
      Expression sum = sums.steps().get(i);
      capped.add(alias(Cap.of(statistic, sum, count(statistic, sums), bounds), "capped"));
    }
    List<NamedExpression> columns = new ArrayList<>();
    columns.add(sums.person());
    columns.addAll(sums.keys());
    columns.addAll(capped);
    return sums.with(new Project(Scala.seq(columns), sums.plan()), sums.keys(), attributes(capped));
  }

  /** The number of rows that a moment is over; itself when it needs none. */
  private Expression count(Statistic statistic, Contributions sums) {
    return statistic.kind() == Statistic.Kind.SUM || statistic.counts()
        ? Arithmetic.number(0L)
        : sums.steps().get(point.ordinal(new Moments(statistic.condition()).rows()));
  }

  private LogicalPlan totals(Contributions each) {
    List<NamedExpression> columns = new ArrayList<>(each.keys());
    columns.add(alias(Catalyst.countRows(), "units"));
    if (each.present().isEmpty()) {
      columns.add(alias(Catalyst.countRows(), "units"));
    }
    each.present().forEach(p -> columns.add(alias(sum(p), "units")));
    for (int i = 0; i < each.steps().size(); i++) {
      Statistic statistic = point.statistics().get(i);
      Expression steps = each.steps().get(i);
      boolean isSplit = Split.isNeeded(Cap.most(statistic, bounds));
      columns.add(alias(isSplit ? sum(Split.high(steps)) : Arithmetic.number(0L), "high"));
      columns.add(alias(isSplit ? sum(Split.low(steps)) : whole(statistic, steps), "low"));
    }
    return Catalyst.aggregate(List.copyOf(each.keys()), columns, each.plan());
  }

  /** Rows that are people are counted, which is cheaper than adding up ones. */
  private Expression whole(Statistic statistic, Expression steps) {
    if (!point.singleRows() || !statistic.counts()) {
      return sum(steps);
    }
    return statistic.countsAll() ? Catalyst.countRows() : Catalyst.count(List.of(steps));
  }

  private static List<Attribute> attributes(List<Alias> columns) {
    return columns.stream().map(Alias::toAttribute).toList();
  }

  private static Expression sum(Expression value) {
    return Catalyst.aggregate(new Sum(value), false);
  }
}
