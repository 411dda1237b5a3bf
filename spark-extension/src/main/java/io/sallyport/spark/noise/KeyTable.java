package io.sallyport.spark.noise;

import io.sallyport.spark.label.PlanLabels;
import io.sallyport.spark.label.ReleasePoint;
import io.sallyport.spark.label.RowLabel;
import io.sallyport.spark.scala.Catalyst;
import io.sallyport.spark.scala.Scala;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.plans.Inner$;
import org.apache.spark.sql.catalyst.plans.logical.Join;
import org.apache.spark.sql.catalyst.plans.logical.LocalRelation;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.catalyst.plans.logical.Project;
import org.apache.spark.sql.catalyst.plans.logical.SubqueryAlias;

/**
 * The groups of a public table that a frame is joined to: {@code keys LEFT JOIN frame ON frame.k =
 * keys.k GROUP BY keys.k}.
 *
 * <p>Guarantee: which groups are shown is a function of the public table alone. Rows that match
 * nobody tell who is absent, so they make groups and are never counted: what is counted are the
 * rows of the inner join, where each is one person's. A key that stands twice doubles the rows that
 * match it, as in Spark, before every person's part is cut.
 *
 * @param table the public side
 * @param keys its columns that are grouped by
 */
public record KeyTable(LogicalPlan table, List<Attribute> keys) implements PublicKeys {

  public KeyTable {
    keys = List.copyOf(keys);
  }

  /**
   * A release point of rows that mix people only because a key table keeps its own, as one of the
   * people's rows alone; empty for every other one.
   */
  static Optional<ReleasePoint> ofPeopleOnly(ReleasePoint point) {
    LogicalPlan input = point.aggregate().child();
    return point.rows() instanceof RowLabel.Mixed
            && KeyedJoin.of(point.aggregate()).isPresent()
            && PlanLabels.of(matching(input)).root().rows() instanceof RowLabel.Owned owned
        ? Optional.of(
            new ReleasePoint(point.aggregate(), point.output(), owned, point.objections()))
        : Optional.empty();
  }

  /** The same plan without the rows that match nobody. */
  private static LogicalPlan matching(LogicalPlan plan) {
    return plan instanceof Join join
        ? new Join(join.left(), join.right(), Inner$.MODULE$, join.condition(), join.hint())
        : Scala.withChildren(plan, List.of(matching(Scala.children(plan).get(0))));
  }

  /** The groups, each once: a plan that reads public data only. */
  public LogicalPlan plan() {
    return Catalyst.aggregate(List.copyOf(keys), List.copyOf(keys), table);
  }

  /** So many rows are given along with the question. */
  @Override
  public OptionalLong atMost() {
    LogicalPlan rows = table;
    while (rows instanceof Project || rows instanceof SubqueryAlias) {
      rows = Scala.children(rows).get(0);
    }
    return rows instanceof LocalRelation local
        ? OptionalLong.of(local.data().size())
        : OptionalLong.empty();
  }

  /** The join has seen to that. */
  @Override
  public Expression contain(List<Expression> unused) {
    return Catalyst.yes();
  }

  @Override
  public String inWords() {
    return "all groups of the key table are shown, those of nobody too; count(*) counts the rows"
        + " that are somebody's, so an empty group has about 0 and not Spark's 1";
  }
}
