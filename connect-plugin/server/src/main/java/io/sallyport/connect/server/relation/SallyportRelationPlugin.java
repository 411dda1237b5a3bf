package io.sallyport.connect.server.relation;

import io.sallyport.connect.server.proto.ExtensionTypes;
import io.sallyport.spark.Asking;
import io.sallyport.spark.GovernedQueries;
import io.sallyport.spark.Installation;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.spark.connect.proto.Relation;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.classic.SparkSession;
import org.apache.spark.sql.connect.planner.SparkConnectPlanner;
import org.apache.spark.sql.connect.plugin.RelationPlugin;
import org.sparkproject.connect.protobuf.Any;

/**
 * Turns our extension relations into plans. Named in {@code
 * spark.connect.extensions.relation.classes}; Spark makes one and calls it on the thread that
 * plans.
 */
public final class SallyportRelationPlugin implements RelationPlugin {

  @Override
  public Optional<LogicalPlan> transform(byte[] relation, SparkConnectPlanner planner) {
    Any extension = ExtensionTypes.decode(relation);
    Installation installation = PlannerAsking.installation();
    Asking asking = PlannerAsking.of(planner, installation);
    GovernedQueries queries = installation.queries();
    SparkSession session = planner.session();
    return switch (extension.getTypeUrl()) {
      case ExtensionTypes.FRAME ->
          Optional.of(queries.frame(session, ExtensionTypes.text(extension), asking));
      case ExtensionTypes.QUERY ->
          Optional.of(queries.query(session, ExtensionTypes.text(extension), asking));
      case ExtensionTypes.RELEASE ->
          Optional.of(queries.release(session, parsed(extension, planner), asking));
      case ExtensionTypes.DESCRIBE ->
          Optional.of(queries.describe(session, parsed(extension, planner), asking));
      default -> throw new IllegalStateException("An extension that the gate did not write");
    };
  }

  private static Supplier<LogicalPlan> parsed(Any extension, SparkConnectPlanner planner) {
    Relation relation = ExtensionTypes.relation(extension);
    return () -> planner.transformRelation(relation, false);
  }
}
