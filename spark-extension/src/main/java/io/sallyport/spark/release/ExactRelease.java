package io.sallyport.spark.release;

import io.sallyport.spark.certificate.ExactChecker;
import io.sallyport.spark.exact.Counts;
import io.sallyport.spark.exact.ExactAnswers;
import io.sallyport.spark.label.NodeLabel;
import io.sallyport.spark.label.ReleasePoint;
import io.sallyport.spark.scala.Catalyst;
import io.sallyport.spark.scala.Scala;
import io.sallyport.spark.seal.FrameTable;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.Alias;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.NamedExpression;
import org.apache.spark.sql.catalyst.expressions.UnsafeProjection;
import org.apache.spark.sql.catalyst.expressions.UnsafeRow;
import org.apache.spark.sql.catalyst.plans.logical.Aggregate;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;

/**
 * Releases aggregates exactly, one after the other: from statistics of cells, where a frame demands
 * something of the people behind them; as Spark computes them, where none does. Rows leave sorted
 * by their keys.
 */
final class ExactRelease {

  private final Chamber chamber;
  private final UniqueUnits uniques;
  private final OtherPeople others;
  private final Unseal unseal;
  private final ResultBound bound;
  private final ExactTerms terms;
  private final ExactAnswers answers;

  /** For the release points of one plan, all of which read the data in one state. */
  ExactRelease(
      Chamber chamber,
      UniqueUnits uniques,
      OtherPeople others,
      Unseal unseal,
      ResultBound bound,
      ExactTerms terms) {
    this.chamber = chamber;
    this.uniques = uniques;
    this.others = others;
    this.unseal = unseal;
    this.bound = bound;
    this.terms = terms;
    this.answers = new ExactAnswers(new InChamber(), terms.requirements(), terms.suppressing());
  }

  /**
   * @param point the release point as it was judged
   * @param aggregate the same node, what is released below it in its place
   * @throws ExactAnswers.Broken when what is demanded is not met, in the same way for no person,
   *     for too few and for enough of whom one dominates
   */
  Released release(ReleasePoint point, Aggregate aggregate) {
    boolean demanded =
        FrameTotals.tables(aggregate).stream()
            .anyMatch(table -> terms.requirements().containsKey(table.name()));
    uniques.require(FrameTotals.tables(aggregate), unseal);
    return released(aggregate, point.output(), demanded ? answered(aggregate) : plain(aggregate));
  }

  /** More cells than are looked at read the same as small ones. */
  private List<ExactAnswers.ShownGroup> answered(Aggregate aggregate) {
    try {
      return answers.release(once(aggregate));
    } catch (TooManyCellsException e) {
      throw new ExactAnswers.Broken(
          FrameTotals.tables(aggregate).stream()
              .map(FrameTable::name)
              .filter(terms.requirements()::containsKey)
              .sorted()
              .findFirst()
              .orElseThrow());
    }
  }

  private Aggregate once(Aggregate aggregate) {
    return (Aggregate) new FreeOnce(new FreeRows(chamber, bound), unseal).in(aggregate);
  }

  private List<ExactAnswers.ShownGroup> plain(Aggregate aggregate) {
    List<Expression> keys = Scala.list(aggregate.groupingExpressions());
    List<NamedExpression> columns =
        new ArrayList<>(Scala.<NamedExpression>list(aggregate.aggregateExpressions()));
    int width = columns.size();
    List<Alias> named = keys.stream().map(key -> Catalyst.alias(key, "key")).toList();
    columns.addAll(named);
    LogicalPlan plan = unseal.in(Catalyst.aggregate(keys, columns, aggregate.child()));
    List<Attribute> all = Scala.list(plan.output());
    UnsafeProjection output = Rows.projection(Rows.references(all, 0, width));
    UnsafeProjection key = Rows.projection(Rows.references(all, width, all.size()));
    List<ExactAnswers.ShownGroup> groups = new ArrayList<>();
    for (InternalRow row : chamber.run(plan)) {
      groups.add(new ExactAnswers.ShownGroup(Rows.project(key, row), Rows.project(output, row)));
    }
    return groups;
  }

  private Released released(
      Aggregate aggregate, NodeLabel label, List<ExactAnswers.ShownGroup> shown) {
    if (shown.size() > bound.rows()) {
      throw Released.tooManyRows(bound.rows());
    }
    List<Attribute> keys =
        Scala.<Expression>list(aggregate.groupingExpressions()).stream()
            .map(key -> Catalyst.alias(key, "key").toAttribute())
            .toList();
    Comparator<InternalRow> order = Rows.order(keys);
    List<ExactAnswers.ShownGroup> sorted = new ArrayList<>(shown);
    sorted.sort((a, b) -> order.compare(a.key(), b.key()));
    List<UnsafeRow> rows = sorted.stream().map(ExactAnswers.ShownGroup::output).toList();
    List<Attribute> columns = Scala.list(aggregate.output());
    Wipe wipe = new Wipe(FrameTotals.tables(aggregate));
    return new Released(wipe.columns(columns, label), wipe.apply(rows, columns, label));
  }

  private final class InChamber implements Counts {
    @Override
    public List<InternalRow> rows(LogicalPlan plan) {
      ExactChecker.require(plan);
      return chamber.run(unseal.in(plan));
    }

    @Override
    public boolean othersAreEnough(FrameTable lookedUp, FrameTable measured, long least) {
      long people = others.of(lookedUp, measured, unseal);
      return people == 0 || people >= least;
    }
  }
}
