package io.sallyport.connect.server.relation;

import io.sallyport.connect.server.proto.ExtensionTypes;
import io.sallyport.spark.Asking;
import io.sallyport.spark.Installation;
import io.sallyport.spark.admission.AdmitText;
import java.util.Optional;
import org.apache.spark.connect.proto.ExecutePlanResponse;
import org.apache.spark.connect.proto.Relation;
import org.apache.spark.sql.connect.planner.SparkConnectPlanner;
import org.apache.spark.sql.connect.plugin.CommandPlugin;
import org.apache.spark.sql.connect.service.SessionHolder;
import org.sparkproject.connect.protobuf.Any;

/**
 * Answers {@code spark.sql(text)}, the only command there is. A query is parsed and admitted, and
 * the answer is the text itself as a relation, which the client then asks for. A call of one of our
 * own procedures is done, and the answer is what became of its request. {@code EXPLAIN PRIVACY} of
 * a query tells what would become of it. Spark's commands are never run. Named in {@code
 * spark.connect.extensions.command.classes}.
 */
public final class SallyportCommandPlugin implements CommandPlugin {

  @Override
  public boolean process(byte[] command, SparkConnectPlanner planner) {
    Relation relation = sqlRelation(command);
    Installation installation = PlannerAsking.installation();
    Asking asking = PlannerAsking.of(planner, installation);
    Relation answer = answer(relation, planner, installation, asking);
    SessionHolder session = planner.sessionHolder();
    // Spark itself posts that the operation has finished, after the plugin.
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
    return true;
  }

  private static Relation answer(
      Relation relation, SparkConnectPlanner planner, Installation installation, Asking asking) {
    String text = relation.getSql().getQuery();
    PlannerPlans plans = new PlannerPlans(planner);
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
    return installation
        .queries()
        .command(text, asking, plans)
        .map(ProcedureAnswer::of)
        .orElse(relation);
  }

  private static Relation sqlRelation(byte[] command) {
    Any extension = ExtensionTypes.decode(command);
    if (!extension.getTypeUrl().equals(ExtensionTypes.SQL_COMMAND)) {
      throw new IllegalStateException("An extension that the gate did not write");
    }
    return ExtensionTypes.relation(extension);
  }
}
