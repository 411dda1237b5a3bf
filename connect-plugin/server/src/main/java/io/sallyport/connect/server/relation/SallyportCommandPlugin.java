package io.sallyport.connect.server.relation;

import io.sallyport.connect.server.proto.ExtensionTypes;
import io.sallyport.spark.Asking;
import io.sallyport.spark.Installation;
import org.apache.spark.connect.proto.ExecutePlanResponse;
import org.apache.spark.connect.proto.Relation;
import org.apache.spark.sql.connect.planner.SparkConnectPlanner;
import org.apache.spark.sql.connect.plugin.CommandPlugin;
import org.apache.spark.sql.connect.service.SessionHolder;
import org.sparkproject.connect.protobuf.Any;

/**
 * Answers {@code spark.sql(text)}, the only command there is. A query is parsed and admitted, and
 * the answer is the text itself as a relation, which the client then asks for. A call of one of our
 * own procedures is done, and the answer is what became of its request. Spark's commands are never
 * run. Named in {@code spark.connect.extensions.command.classes}.
 */
public final class SallyportCommandPlugin implements CommandPlugin {

  @Override
  public boolean process(byte[] command, SparkConnectPlanner planner) {
    Relation relation = sqlRelation(command);
    Installation installation = PlannerAsking.installation();
    Asking asking = PlannerAsking.of(planner, installation);
    Relation answer =
        installation
            .queries()
            .command(relation.getSql().getQuery(), asking, new PlannerPlans(planner))
            .map(ProcedureAnswer::of)
            .orElse(relation);
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

  private static Relation sqlRelation(byte[] command) {
    Any extension = ExtensionTypes.decode(command);
    if (!extension.getTypeUrl().equals(ExtensionTypes.SQL_COMMAND)) {
      throw new IllegalStateException("An extension that the gate did not write");
    }
    return ExtensionTypes.relation(extension);
  }
}
