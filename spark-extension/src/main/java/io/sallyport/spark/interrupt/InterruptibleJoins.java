package io.sallyport.spark.interrupt;

import io.sallyport.spark.scala.Scala;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.catalyst.expressions.And;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.plans.FullOuter$;
import org.apache.spark.sql.catalyst.plans.InnerLike;
import org.apache.spark.sql.catalyst.plans.JoinType;
import org.apache.spark.sql.catalyst.plans.LeftOuter$;
import org.apache.spark.sql.catalyst.plans.RightOuter$;
import org.apache.spark.sql.catalyst.rules.Rule;
import org.apache.spark.sql.execution.ColumnarRule;
import org.apache.spark.sql.execution.SparkPlan;
import org.apache.spark.sql.execution.joins.BroadcastHashJoinExec;
import org.apache.spark.sql.execution.joins.BroadcastNestedLoopJoinExec;
import org.apache.spark.sql.execution.joins.CartesianProductExec;
import org.apache.spark.sql.execution.joins.ShuffledHashJoinExec;
import org.apache.spark.sql.execution.joins.SortMergeJoinExec;
import scala.Option;

/**
 * Joins whose tasks end when they are killed. Spark looks whether a task was killed where rows are
 * read; between two rows of one side a join may look at thousands of millions of pairs, and its
 * task holds a core until it has. So every condition of a join asks as well, and a join that makes
 * pairs has one ({@link NotInterrupted}).
 */
public final class InterruptibleJoins extends ColumnarRule {

  @Override
  public Rule<SparkPlan> preColumnarTransitions() {
    return new Rule<>() {
      @Override
      public SparkPlan apply(SparkPlan plan) {
        return rewritten(plan);
      }
    };
  }

  private static SparkPlan rewritten(SparkPlan plan) {
    List<SparkPlan> children = new ArrayList<>();
    boolean isNew = false;
    for (SparkPlan child : Scala.<SparkPlan>list(plan.children())) {
      SparkPlan now = rewritten(child);
      isNew |= now != child;
      children.add(now);
    }
    SparkPlan whole = isNew ? plan.withNewChildren(Scala.<SparkPlan>seq(children)) : plan;
    SparkPlan join = join(whole);
    if (join != whole) {
      join.copyTagsFrom(whole);
      whole.logicalLink().foreach(Scala.consumer(join::setLogicalLink));
    }
    return join;
  }

  private static SparkPlan join(SparkPlan plan) {
    if (plan instanceof CartesianProductExec join) {
      return new CartesianProductExec(join.left(), join.right(), asking(join.condition()));
    }
    if (plan instanceof BroadcastNestedLoopJoinExec join
        && makesPairs(join.joinType(), join.condition())) {
      return new BroadcastNestedLoopJoinExec(
          join.left(), join.right(), join.buildSide(), join.joinType(), asking(join.condition()));
    }
    if (plan instanceof SortMergeJoinExec join && makesPairs(join.joinType(), join.condition())) {
      return new SortMergeJoinExec(
          join.leftKeys(),
          join.rightKeys(),
          join.joinType(),
          asking(join.condition()),
          join.left(),
          join.right(),
          join.isSkewJoin());
    }
    if (plan instanceof ShuffledHashJoinExec join
        && makesPairs(join.joinType(), join.condition())) {
      return new ShuffledHashJoinExec(
          join.leftKeys(),
          join.rightKeys(),
          join.joinType(),
          join.buildSide(),
          asking(join.condition()),
          join.left(),
          join.right(),
          join.isSkewJoin());
    }
    if (plan instanceof BroadcastHashJoinExec join
        && makesPairs(join.joinType(), join.condition())) {
      return new BroadcastHashJoinExec(
          join.leftKeys(),
          join.rightKeys(),
          join.joinType(),
          join.buildSide(),
          asking(join.condition()),
          join.left(),
          join.right(),
          join.isNullAwareAntiJoin(),
          join.isSkewJoin());
    }
    return plan;
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
    if (condition.isEmpty()) {
      return Scala.some(new NotInterrupted());
    }
    return asks(condition.get())
        ? condition
        : Scala.some(new And(new NotInterrupted(), condition.get()));
  }

  private static boolean asks(Expression expression) {
    return expression instanceof NotInterrupted
        || Scala.children(expression).stream().anyMatch(InterruptibleJoins::asks);
  }
}
