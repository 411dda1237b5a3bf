package io.sallyport.connect.server.relation;

import io.sallyport.connect.server.proto.ExtensionTypes;
import io.sallyport.connect.server.proto.RequestWords;
import io.sallyport.spark.Asked;
import io.sallyport.spark.BoundViews;
import io.sallyport.spark.PlanBytes;
import io.sallyport.spark.SessionQueries;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalInt;
import java.util.function.Supplier;
import org.apache.spark.connect.proto.Expression;
import org.apache.spark.connect.proto.Limit;
import org.apache.spark.connect.proto.Relation;
import org.apache.spark.sql.catalyst.expressions.Literal;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.classic.SparkSession;
import org.apache.spark.sql.connect.planner.SparkConnectPlanner;

/**
 * Plans in and out of bytes, by the planner of the session that asks. A relation that comes from
 * the session's client is bound to its views before it is planned; one that was kept has been.
 */
final class PlannerPlans implements PlanBytes {

  private final SparkConnectPlanner planner;
  private final SessionQueries sessions;

  PlannerPlans(SparkConnectPlanner planner, SessionQueries sessions) {
    this.planner = planner;
    this.sessions = sessions;
  }

  @Override
  public LogicalPlan plan(byte[] stored) {
    return plan(ExtensionTypes.relation(stored));
  }

  LogicalPlan plan(Relation relation) {
    return planner.transformRelation(relation, false);
  }

  /** A relation of the session's client, as a whole, with the session's views in it. */
  BoundRelation bound(Relation relation) {
    SparkSession session = planner.session();
    return new BoundRelation(
        () ->
            sessions.views(session).isEmpty()
                ? relation
                : new ViewBinding(name -> sessions.view(session, name), sessions.mostViewBytes())
                    .bound(relation));
  }

  /** What names mean in a text: views that are beside it, and what is there for who looks. */
  BoundViews views(List<Relation> beside) {
    Map<String, Supplier<LogicalPlan>> plans = new HashMap<>();
    for (Relation view : beside) {
      String name = view.getSubqueryAlias().getAlias().toLowerCase(Locale.ROOT);
      plans.put(name, () -> plan(view));
    }
    return new BoundViews(sessions.views(planner.session()), plans);
  }

  /** A question of which the first rows are wanted, as a limit over its relation says. */
  Asked shown(Limit shown) {
    Asked asked = asked(shown.getInput(), "");
    return new Asked(
        asked.plan(),
        asked.stored(),
        asked.justification(),
        OptionalInt.of(shown.getLimit()),
        asked.words());
  }

  /** An admitted literal as Catalyst has it. */
  Literal literal(Expression.Literal literal) {
    Expression expression = Expression.newBuilder().setLiteral(literal).build();
    return (Literal) planner.transformExpression(expression);
  }

  /** A question about a relation that was admitted and rewritten. */
  Asked asked(Relation relation, String justification) {
    BoundRelation bound = bound(relation);
    return new Asked(
        () -> plan(bound.get()),
        id -> ExtensionTypes.bytes(PlanIds.of(bound.get(), id)),
        justification,
        OptionalInt.empty(),
        () -> RequestWords.of(relation));
  }
}
