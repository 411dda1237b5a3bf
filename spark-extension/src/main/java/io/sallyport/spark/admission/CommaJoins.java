package io.sallyport.spark.admission;

import io.sallyport.policy.decision.RefusalCode;
import io.sallyport.spark.RefusedException;
import io.sallyport.spark.scala.Scala;
import io.sallyport.spark.seal.SealedFrame;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.apache.spark.sql.catalyst.expressions.And;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.expressions.EqualTo;
import org.apache.spark.sql.catalyst.expressions.ExprId;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.SubqueryExpression;
import org.apache.spark.sql.catalyst.plans.Cross$;
import org.apache.spark.sql.catalyst.plans.Inner$;
import org.apache.spark.sql.catalyst.plans.logical.Filter;
import org.apache.spark.sql.catalyst.plans.logical.Join;
import org.apache.spark.sql.catalyst.plans.logical.JoinHint;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.catalyst.plans.logical.Project;

/**
 * Reads {@code FROM a, b WHERE a.x = b.x} as the join that it is: what a filter over inner joins
 * says of several of their relations becomes a join condition, and what it says of other data alone
 * filters these before the join. Spark's optimizer would do so later; here it is done before
 * anything is judged, so that both spellings get one verdict.
 */
final class CommaJoins {

  private static final int MOST = 64;

  private final List<LogicalPlan> relations = new ArrayList<>();
  private final List<Expression> conditions = new ArrayList<>();

  /** Which relation gives a column, and which relations an expression reads. */
  private final Map<ExprId, Integer> givers = new HashMap<>();

  private final IdentityHashMap<Expression, List<Integer>> reads = new IdentityHashMap<>();

  private CommaJoins() {}

  /** The plan, and the plans of its subqueries, with such filters read so. */
  static LogicalPlan read(LogicalPlan analysed) {
    return Scala.rewriteUpWithSubqueries(
        analysed,
        plan ->
            plan instanceof Filter filter && filter.child() instanceof Join join
                ? new CommaJoins().read(filter, join)
                : plan);
  }

  private LogicalPlan read(Filter filter, Join join) {
    flatten(join);
    if (relations.size() < 2) {
      return filter;
    }
    for (int i = 0; i < relations.size(); i++) {
      for (Attribute column : Scala.<Attribute>list(relations.get(i).output())) {
        givers.putIfAbsent(column.exprId(), i);
      }
    }
    List<Expression> kept = new ArrayList<>();
    boolean moved = false;
    for (Expression conjunct : conjuncts(filter.condition())) {
      List<Integer> used = used(conjunct);
      if (!isMovable(conjunct)) {
        kept.add(conjunct);
      } else if (used.size() > 1) {
        conditions.add(conjunct);
        moved = true;
      } else if (used.size() == 1 && isFree(relations.get(used.get(0)))) {
        int relation = used.get(0);
        relations.set(relation, new Filter(conjunct, relations.get(relation)));
        moved = true;
      } else {
        kept.add(conjunct);
      }
    }
    if (!moved) {
      return filter;
    }
    LogicalPlan joined = joined();
    LogicalPlan filtered = kept.isEmpty() ? joined : new Filter(all(kept), joined);
    return new Project(Scala.seq(Scala.<Attribute>list(join.output())), filtered);
  }

  private void flatten(LogicalPlan plan) {
    if (plan instanceof Join join
        && (join.joinType() == Inner$.MODULE$ || join.joinType() == Cross$.MODULE$)
        && join.hint().equals(JoinHint.NONE())
        && Scala.optional(join.condition()).stream().allMatch(CommaJoins::isMovable)) {
      flatten(join.left());
      flatten(join.right());
      Scala.optional(join.condition()).ifPresent(on -> conditions.addAll(conjuncts(on)));
    } else {
      relations.add(plan);
      if (relations.size() > MOST) {
        throw RefusedException.of(
            RefusalCode.LIMIT_EXCEEDED,
            "FROM joins more than %d relations (joined-relations)".formatted(MOST),
            "fewer relations in one FROM");
      }
    }
  }

  /** Each relation is joined as soon as an equation ties it to those before it. */
  private LogicalPlan joined() {
    List<Integer> left = new ArrayList<>();
    for (int i = 1; i < relations.size(); i++) {
      left.add(i);
    }
    Set<Integer> before = new HashSet<>(Set.of(0));
    LogicalPlan plan = relations.get(0);
    while (!left.isEmpty()) {
      int next = left.stream().filter(one -> isTied(one, before)).findFirst().orElse(left.get(0));
      left.remove(Integer.valueOf(next));
      before.add(next);
      List<Expression> on = new ArrayList<>();
      conditions.removeIf(condition -> before.containsAll(used(condition)) && on.add(condition));
      plan =
          new Join(
              plan,
              relations.get(next),
              Inner$.MODULE$,
              on.isEmpty() ? Scala.none() : Scala.some(all(on)),
              JoinHint.NONE());
    }
    return plan;
  }

  private boolean isTied(int relation, Set<Integer> before) {
    return conditions.stream()
        .filter(EqualTo.class::isInstance)
        .map(this::used)
        .anyMatch(
            used ->
                used.contains(relation)
                    && used.stream().allMatch(one -> one == relation || before.contains(one)));
  }

  /** The relations that an expression reads, in order. */
  private List<Integer> used(Expression expression) {
    return reads.computeIfAbsent(
        expression,
        unread ->
            Scala.<Attribute>list(unread.references().toSeq()).stream()
                .map(column -> givers.get(column.exprId()))
                .filter(Objects::nonNull)
                .distinct()
                .sorted()
                .toList());
  }

  private static boolean isMovable(Expression expression) {
    return expression.deterministic() && !SubqueryExpression.hasSubquery(expression);
  }

  /** Whether nothing governed is below. */
  static boolean isFree(LogicalPlan plan) {
    return Scala.<LogicalPlan>list(plan.collectLeaves()).stream()
        .noneMatch(leaf -> leaf instanceof SealedFrame frame && frame.table().isGoverned());
  }

  private static List<Expression> conjuncts(Expression condition) {
    if (condition instanceof And and) {
      List<Expression> both = new ArrayList<>(conjuncts(and.left()));
      both.addAll(conjuncts(and.right()));
      return both;
    }
    return List.of(condition);
  }

  private static Expression all(List<Expression> conditions) {
    return conditions.stream().reduce(And::new).orElseThrow();
  }
}
