package io.sallyport.connect.server.relation;

import io.sallyport.connect.server.proto.ExtensionTypes;
import io.sallyport.connect.server.proto.RequestWords;
import io.sallyport.connect.server.proto.SqlLiteral;
import io.sallyport.spark.Asking;
import io.sallyport.spark.NewView;
import io.sallyport.spark.SessionQueries;
import io.sallyport.spark.admission.Statement;
import java.util.List;
import java.util.Optional;
import org.apache.spark.connect.proto.Relation;
import org.apache.spark.sql.classic.SparkSession;

/** Does what a statement says, and answers with the rows that Spark answers it with. */
final class SessionStatements {

  private static final String NO_ROWS = "SELECT 1 AS done WHERE false";

  private final SessionQueries sessions;
  private final SparkSession session;
  private final Asking asking;
  private final PlannerPlans plans;

  SessionStatements(
      SessionQueries sessions, SparkSession session, Asking asking, PlannerPlans plans) {
    this.sessions = sessions;
    this.session = session;
    this.asking = asking;
    this.plans = plans;
  }

  /** Makes a view of a relation that was admitted and rewritten. */
  void create(List<String> name, boolean replace, Relation relation) {
    BoundRelation bound = plans.bound(relation);
    sessions.create(
        session,
        new NewView(
            name,
            replace,
            () -> plans.plan(bound.get()),
            () -> RequestWords.of(relation),
            () -> ExtensionTypes.bytes(PlanIds.inside(bound.get()))),
        asking);
  }

  Relation answer(Statement statement, String text) {
    if (statement instanceof Statement.Create create) {
      create(create.name(), create.replace(), ExtensionTypes.query(create.query()));
      return TextRelation.of(NO_ROWS);
    }
    if (statement instanceof Statement.Drop drop) {
      sessions.drop(session, drop, text, asking);
      return TextRelation.of(NO_ROWS);
    }
    if (statement instanceof Statement.Set set) {
      Optional<String> value = sessions.set(session, set, text, asking);
      return TextRelation.of(
          "SELECT %s AS key, %s AS value"
              .formatted(SqlLiteral.text(set.key()), SqlLiteral.text(value.orElse("<undefined>"))));
    }
    sessions.reset(session, (Statement.Reset) statement, text, asking);
    return TextRelation.of(NO_ROWS);
  }
}
