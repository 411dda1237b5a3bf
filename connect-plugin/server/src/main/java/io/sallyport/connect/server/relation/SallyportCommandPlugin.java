package io.sallyport.connect.server.relation;

import io.sallyport.connect.server.proto.ExtensionTypes;
import io.sallyport.spark.Asking;
import io.sallyport.spark.Installation;
import io.sallyport.spark.admission.AdmitText;
import io.sallyport.spark.admission.Statement;
import io.sallyport.spark.admission.TableNames;
import java.util.Optional;
import org.apache.spark.connect.proto.ExecutePlanResponse;
import org.apache.spark.connect.proto.Relation;
import org.apache.spark.connect.proto.SubqueryAlias;
import org.apache.spark.sql.connect.planner.SparkConnectPlanner;
import org.apache.spark.sql.connect.plugin.CommandPlugin;
import org.apache.spark.sql.connect.service.SessionHolder;
import org.sparkproject.connect.protobuf.Any;

/**
 * Answers {@code spark.sql(text)} and makes views, the only commands there are. A query is parsed
 * and admitted, and the answer is the text itself as a relation, which the client then asks for. A
 * call of one of our own procedures is done, and the answer is what became of its request. {@code
 * EXPLAIN PRIVACY} of a query tells what would become of it. A statement is about the session
 * alone: its views and its wishes. Spark's commands are never run. Named in {@code
 * spark.connect.extensions.command.classes}.
 */
public final class SallyportCommandPlugin implements CommandPlugin {

  @Override
  public boolean process(byte[] command, SparkConnectPlanner planner) {
    Any extension = ExtensionTypes.decode(command);
    Relation relation = ExtensionTypes.relation(extension);
    Installation installation = PlannerAsking.installation();
    Asking asking = PlannerAsking.of(planner, installation);
    PlannerAsking.join(planner, installation, asking);
    PlannerPlans plans = new PlannerPlans(planner, installation.sessions());
    SessionStatements statements =
        new SessionStatements(installation.sessions(), planner.session(), asking, plans);
    switch (extension.getTypeUrl()) {
      case ExtensionTypes.SQL_COMMAND ->
          answer(relation(relation, planner, installation, asking, plans, statements), planner);
      case ExtensionTypes.CREATE_VIEW -> create(relation, false, statements);
      case ExtensionTypes.REPLACE_VIEW -> create(relation, true, statements);
      default -> throw new IllegalStateException("An extension that the gate did not write");
    }
    // Spark itself posts that the operation has finished, after the plugin.
    return true;
  }

  private static void create(Relation named, boolean replace, SessionStatements statements) {
    SubqueryAlias view = named.getSubqueryAlias();
    statements.create(TableNames.parts(view.getAlias()), replace, view.getInput());
  }

  private static void answer(Relation answer, SparkConnectPlanner planner) {
    SessionHolder session = planner.sessionHolder();
    planner
        .executeHolderOpt()
        .get()
        .responseObserver()
        .onNext(
            ExecutePlanResponse.newBuilder()
                .setSessionId(session.sessionId())
                .setServerSideSessionId(session.serverSessionId())
                .setSqlCommandResult(
                    ExecutePlanResponse.SqlCommandResult.newBuilder().setRelation(answer))
                .build());
  }

  private static Relation relation(
      Relation relation,
      SparkConnectPlanner planner,
      Installation installation,
      Asking asking,
      PlannerPlans plans,
      SessionStatements statements) {
    String text = relation.getSql().getQuery();
    Optional<Statement> statement = AdmitText.statement(text);
    if (statement.isPresent()) {
      return statements.answer(statement.get(), text);
    }
    Optional<String> explained = AdmitText.explained(text);
    if (explained.isPresent()) {
      return ExplainAnswer.of(
          installation
              .handles()
              .explain(
                  planner.session(),
                  plans.asked(ExtensionTypes.query(explained.get()), ""),
                  asking));
    }
    BoundRelation bound = plans.bound(ExtensionTypes.query(text));
    return installation
        .queries()
        .command(planner.session(), text, asking, () -> plans.plan(bound.get()))
        .map(ProcedureAnswer::of)
        .orElse(relation);
  }
}
