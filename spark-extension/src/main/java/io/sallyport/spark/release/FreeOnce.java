package io.sallyport.spark.release;

import io.sallyport.spark.scala.Scala;
import io.sallyport.spark.seal.SealedFrame;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import org.apache.spark.sql.catalyst.expressions.Alias;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.NamedExpression;
import org.apache.spark.sql.catalyst.plans.logical.Aggregate;
import org.apache.spark.sql.catalyst.plans.logical.Distinct;
import org.apache.spark.sql.catalyst.plans.logical.Filter;
import org.apache.spark.sql.catalyst.plans.logical.Join;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.catalyst.plans.logical.Project;
import org.apache.spark.sql.catalyst.plans.logical.Sort;
import org.apache.spark.sql.catalyst.plans.logical.SubqueryAlias;
import org.apache.spark.sql.catalyst.plans.logical.Union;

/**
 * Free rows that Spark may choose anew in each run, read once: a {@code LIMIT} without a total
 * order, a window's ties, the first of a group. What is looked at to show that a join repeats no
 * measured row is then what is joined.
 */
final class FreeOnce {

  /** They make the same rows of the same rows, in whatever order these come. */
  private static final Set<Class<?>> SAME_EACH_TIME =
      Set.of(
          Project.class,
          Filter.class,
          SubqueryAlias.class,
          Join.class,
          Union.class,
          Sort.class,
          Distinct.class);

  private final FreeRows free;
  private final Unseal unseal;

  FreeOnce(FreeRows free, Unseal unseal) {
    this.free = free;
    this.unseal = unseal;
  }

  /**
   * The plan with those of its free rows in place, each with the columns it had.
   *
   * @throws io.sallyport.spark.RefusedException LIMIT_EXCEEDED when there are too many of them
   */
  LogicalPlan in(LogicalPlan plan) {
    if (!SealedFrame.isFree(plan) || isSameEachTime(plan)) {
      List<LogicalPlan> children = Scala.children(plan);
      return children.isEmpty()
          ? plan
          : Scala.withChildren(plan, children.stream().map(this::in).toList());
    }
    return free.of(unseal.in(plan), OptionalInt.empty()).relation();
  }

  private static boolean isSameEachTime(LogicalPlan plan) {
    return Scala.children(plan).isEmpty()
        || SAME_EACH_TIME.contains(plan.getClass())
        || (plan instanceof Aggregate aggregate && onlyGroups(aggregate));
  }

  /** Without a function whose result may depend on the order of rows. */
  private static boolean onlyGroups(Aggregate aggregate) {
    List<Expression> keys = Scala.list(aggregate.groupingExpressions());
    return Scala.<NamedExpression>list(aggregate.aggregateExpressions()).stream()
        .map(column -> column instanceof Alias named ? named.child() : (Expression) column)
        .allMatch(keys::contains);
  }
}
