package io.sallyport.spark.interrupt;

import io.sallyport.spark.scala.Scala;
import java.util.List;
import org.apache.spark.sql.catalyst.expressions.And;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.If;
import org.apache.spark.sql.catalyst.expressions.Literal;
import org.apache.spark.sql.catalyst.expressions.SortOrder;
import org.apache.spark.sql.catalyst.plans.FullOuter$;
import org.apache.spark.sql.catalyst.plans.InnerLike;
import org.apache.spark.sql.catalyst.plans.JoinType;
import org.apache.spark.sql.catalyst.plans.LeftOuter$;
import org.apache.spark.sql.catalyst.plans.RightOuter$;
import org.apache.spark.sql.catalyst.rules.Rule;
import org.apache.spark.sql.execution.ColumnarRule;
import org.apache.spark.sql.execution.DataSourceScanExec;
import org.apache.spark.sql.execution.ExpandExec;
import org.apache.spark.sql.execution.FilterExec;
import org.apache.spark.sql.execution.GenerateExec;
import org.apache.spark.sql.execution.LeafExecNode;
import org.apache.spark.sql.execution.LocalTableScanExec;
import org.apache.spark.sql.execution.RDDScanExec;
import org.apache.spark.sql.execution.RangeExec;
import org.apache.spark.sql.execution.SampleExec;
import org.apache.spark.sql.execution.SortExec;
import org.apache.spark.sql.execution.SparkPlan;
import org.apache.spark.sql.execution.aggregate.BaseAggregateExec;
import org.apache.spark.sql.execution.datasources.v2.DataSourceV2ScanExecBase;
import org.apache.spark.sql.execution.joins.BaseJoinExec;
import org.apache.spark.sql.execution.window.WindowExecBase;
import scala.Option;

/**
 * Operators whose tasks end when they are killed. Spark looks whether a task was killed where rows
 * are shuffled, sorted or begun to be read. Between two such places a task may compute thousands of
 * rows, each of which may take long, look at thousands of millions of pairs, and make many rows of
 * one; it holds a core until it has. So every condition of a join that makes pairs asks as well,
 * and above what reads, groups or makes rows stands a filter that asks ({@link NotInterrupted}).
 */
public final class InterruptibleTasks extends ColumnarRule {

  @Override
  public Rule<SparkPlan> preColumnarTransitions() {
    return new Rule<>() {
      @Override
      public SparkPlan apply(SparkPlan plan) {
        return plan instanceof LeafExecNode ? plan : rewritten(plan);
      }
    };
  }

  private static SparkPlan rewritten(SparkPlan plan) {
    if (isFilter(plan)) {
      SparkPlan made = Scala.<SparkPlan>list(plan.children()).get(0);
      return over(plan, List.of(overRewritten(made)));
    }
    SparkPlan whole = overRewritten(plan);
    if (whole instanceof SortExec sort) {
      return linked(asking(sort), whole);
    }
    return linked(asksAbove(whole) ? filtered(join(whole)) : whole, whole);
  }

  private static SparkPlan overRewritten(SparkPlan plan) {
    return over(
        plan,
        Scala.<SparkPlan>list(plan.children()).stream()
            .map(InterruptibleTasks::rewritten)
            .toList());
  }

  /** The same plan where its children are the same. */
  private static SparkPlan over(SparkPlan plan, List<SparkPlan> children) {
    List<SparkPlan> before = Scala.list(plan.children());
    for (int i = 0; i < before.size(); i++) {
      if (before.get(i) != children.get(i)) {
        return plan.withNewChildren(Scala.<SparkPlan>seq(children));
      }
    }
    return plan;
  }

  private static SparkPlan linked(SparkPlan plan, SparkPlan before) {
    if (plan != before) {
      plan.copyTagsFrom(before);
      before.logicalLink().foreach(Scala.consumer(plan::setLogicalLink));
    }
    return plan;
  }

  private static boolean isFilter(SparkPlan plan) {
    return plan instanceof FilterExec filter && filter.condition() instanceof NotInterrupted;
  }

  private static boolean asksAbove(SparkPlan plan) {
    return plan instanceof GenerateExec
        || plan instanceof ExpandExec
        || plan instanceof SampleExec
        || plan instanceof WindowExecBase
        || plan instanceof BaseAggregateExec
        || plan instanceof RangeExec
        || plan instanceof LocalTableScanExec
        || plan instanceof RDDScanExec
        || plan instanceof DataSourceScanExec
        || plan instanceof DataSourceV2ScanExecBase
        || (plan instanceof BaseJoinExec join && makesPairs(join.joinType(), join.condition()));
  }

  private static SparkPlan filtered(SparkPlan plan) {
    return new FilterExec(new NotInterrupted(), plan);
  }

  /** What is not a column is computed anew whenever two rows are compared. */
  private static SparkPlan asking(SortExec sort) {
    List<SortOrder> before = Scala.list(sort.sortOrder());
    List<SortOrder> after = before.stream().map(InterruptibleTasks::asking).toList();
    return before.equals(after)
        ? sort
        : new SortExec(Scala.seq(after), sort.global(), sort.child(), sort.testSpillFrequency());
  }

  private static SortOrder asking(SortOrder order) {
    Expression key = order.child();
    if (key instanceof Attribute || asks(key)) {
      return order;
    }
    Expression asking = new If(new NotInterrupted(), key, Literal.create(null, key.dataType()));
    return new SortOrder(asking, order.direction(), order.nullOrdering(), Scala.noElements());
  }

  /** The same where it asks already; else a copy of it that asks. */
  private static SparkPlan join(SparkPlan plan) {
    if (!(plan instanceof BaseJoinExec join)
        || !makesPairs(join.joinType(), join.condition())
        || (join.condition().isDefined() && asks(join.condition().get()))) {
      return plan;
    }
    List<Object> parts = Scala.list(plan.productIterator().toSeq());
    return plan.makeCopy(
        parts.stream()
            .map(part -> part == join.condition() ? asking(join.condition()) : part)
            .toArray());
  }

  /** Others stop at the first match. */
  private static boolean makesPairs(JoinType type, Option<Expression> condition) {
    return condition.isDefined()
        || type instanceof InnerLike
        || type == LeftOuter$.MODULE$
        || type == RightOuter$.MODULE$
        || type == FullOuter$.MODULE$;
  }

  private static Option<Expression> asking(Option<Expression> condition) {
    Expression asks = new NotInterrupted();
    return Scala.some(condition.isEmpty() ? asks : new And(asks, condition.get()));
  }

  private static boolean asks(Expression expression) {
    return expression instanceof NotInterrupted
        || Scala.children(expression).stream().anyMatch(InterruptibleTasks::asks);
  }
}
