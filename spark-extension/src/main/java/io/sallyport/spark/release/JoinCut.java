package io.sallyport.spark.release;

import static io.sallyport.spark.scala.Catalyst.alias;

import io.sallyport.spark.scala.Catalyst;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.catalyst.expressions.Alias;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.expressions.IsNotNull;
import org.apache.spark.sql.catalyst.expressions.Not;
import org.apache.spark.sql.catalyst.plans.ExistenceJoin;
import org.apache.spark.sql.catalyst.plans.JoinType;
import org.apache.spark.sql.catalyst.plans.JoinType$;
import org.apache.spark.sql.catalyst.plans.logical.Join;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;

/**
 * A join that cuts rows of a frame, as one that keeps them and says which it would have cut: an
 * inner join with free data becomes an outer one, a semi or anti join a test of existence.
 *
 * @param plan the join that keeps every row of the frame's side
 * @param passes the column that is true in rows that the original join keeps
 */
record JoinCut(LogicalPlan plan, Attribute passes) {

  /** Empty for joins that cut no row, and for joins of frames, which are measured by persons. */
  static Optional<JoinCut> of(Join join, LogicalPlan left, LogicalPlan right) {
    boolean leftGoverned = !FrameTotals.tables(left).isEmpty();
    boolean rightGoverned = !FrameTotals.tables(right).isEmpty();
    return switch (join.joinType().sql()) {
      case "INNER", "CROSS" -> {
        if (leftGoverned == rightGoverned) {
          yield Optional.empty();
        }
        yield Optional.of(
            leftGoverned ? keepLeft(join, left, right) : keepRight(join, left, right));
      }
      case "LEFT SEMI" ->
          leftGoverned ? Optional.of(exists(join, left, right, true)) : Optional.empty();
      case "LEFT ANTI" ->
          leftGoverned ? Optional.of(exists(join, left, right, false)) : Optional.empty();
      default -> Optional.empty();
    };
  }

  private static JoinCut keepLeft(Join join, LogicalPlan left, LogicalPlan right) {
    Alias matched = alias(Catalyst.yes(), "matched");
    LogicalPlan marked = Catalyst.withColumns(right, List.of(matched));
    return marked(copy(join, left, marked, type("leftouter")), matched);
  }

  private static JoinCut keepRight(Join join, LogicalPlan left, LogicalPlan right) {
    Alias matched = alias(Catalyst.yes(), "matched");
    LogicalPlan marked = Catalyst.withColumns(left, List.of(matched));
    return marked(copy(join, marked, right, type("rightouter")), matched);
  }

  private static JoinCut marked(LogicalPlan outer, Alias matched) {
    Alias passes = alias(new IsNotNull(matched.toAttribute().withNullability(true)), "passes");
    return new JoinCut(Catalyst.withColumns(outer, List.of(passes)), passes.toAttribute());
  }

  private static JoinCut exists(Join join, LogicalPlan left, LogicalPlan right, boolean semi) {
    Attribute exists = alias(Catalyst.yes(), "exists").toAttribute();
    LogicalPlan tested = copy(join, left, right, new ExistenceJoin(exists));
    Alias passes = alias(semi ? exists : new Not(exists), "passes");
    return new JoinCut(Catalyst.withColumns(tested, List.of(passes)), passes.toAttribute());
  }

  private static LogicalPlan copy(Join join, LogicalPlan left, LogicalPlan right, JoinType type) {
    return new Join(left, right, type, join.condition(), join.hint());
  }

  private static JoinType type(String name) {
    return JoinType$.MODULE$.apply(name);
  }
}
