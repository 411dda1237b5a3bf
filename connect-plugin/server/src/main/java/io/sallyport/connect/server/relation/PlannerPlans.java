package io.sallyport.connect.server.relation;

import io.sallyport.connect.server.proto.ExtensionTypes;
import io.sallyport.spark.Asked;
import io.sallyport.spark.PlanBytes;
import java.util.OptionalInt;
import org.apache.spark.connect.proto.Expression;
import org.apache.spark.connect.proto.Limit;
import org.apache.spark.connect.proto.Relation;
import org.apache.spark.sql.catalyst.expressions.Literal;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.connect.planner.SparkConnectPlanner;

/** Plans in and out of bytes, by the planner of the session that asks. */
final class PlannerPlans implements PlanBytes {

  private final SparkConnectPlanner planner;

  PlannerPlans(SparkConnectPlanner planner) {
    this.planner = planner;
  }

  @Override
  public LogicalPlan plan(byte[] stored) {
    return plan(ExtensionTypes.relation(stored));
  }

  LogicalPlan plan(Relation relation) {
    return planner.transformRelation(relation, false);
  }

  /** A question of which the first rows are wanted, as a limit over its relation says. */
  Asked shown(Limit shown) {
    Asked asked = asked(shown.getInput(), "");
    return new Asked(
        asked.plan(), asked.stored(), asked.justification(), OptionalInt.of(shown.getLimit()));
  }

  /** An admitted literal as Catalyst has it. */
  Literal literal(Expression.Literal literal) {
    Expression expression = Expression.newBuilder().setLiteral(literal).build();
    return (Literal) planner.transformExpression(expression);
  }

  /** A question about a relation that was admitted and rewritten. */
  Asked asked(Relation relation, String justification) {
    return new Asked(
        () -> plan(relation), id -> ExtensionTypes.bytes(PlanIds.of(relation, id)), justification);
  }
}
