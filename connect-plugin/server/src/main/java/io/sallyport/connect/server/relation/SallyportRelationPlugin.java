package io.sallyport.connect.server.relation;

import io.sallyport.connect.protocol.Request;
import io.sallyport.connect.server.proto.ExtensionTypes;
import io.sallyport.connect.server.proto.RequestWords;
import io.sallyport.spark.Asking;
import io.sallyport.spark.BoundViews;
import io.sallyport.spark.GovernedQueries;
import io.sallyport.spark.HandleQueries;
import io.sallyport.spark.Installation;
import io.sallyport.spark.admission.TableNames;
import io.sallyport.spark.release.ShownText;
import io.sallyport.spark.scala.Scala;
import java.util.List;
import java.util.Optional;
import org.apache.spark.connect.proto.Limit;
import org.apache.spark.connect.proto.Relation;
import org.apache.spark.connect.proto.ShowString;
import org.apache.spark.connect.proto.WithRelations;
import org.apache.spark.sql.catalyst.plans.logical.LocalRelation;
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
    PlannerAsking.join(planner, installation, asking);
    PlannerPlans plans = new PlannerPlans(planner, installation.sessions());
    GovernedQueries queries = installation.queries();
    SparkSession session = planner.session();
    Optional<Request> call = ExtensionTypes.call(extension, ExtensionTypes.CALL);
    if (call.isPresent()) {
      return call.map(
          c -> c.accept(new CallAnswers(installation.handles(), session, asking, plans)));
    }
    Optional<Request> columns = ExtensionTypes.call(extension, ExtensionTypes.DESCRIBE_CALL);
    if (columns.isPresent()) {
      HandleQueries handles = installation.handles();
      return columns.map(
          c -> c.accept(new DescribedCalls(queries, handles, session, asking, plans)));
    }
    return switch (extension.getTypeUrl()) {
      case ExtensionTypes.FRAME ->
          Optional.of(
              queries.frame(ExtensionTypes.text(extension), asking, plans, plans.views(List.of())));
      case ExtensionTypes.QUERY ->
          Optional.of(
              queries.query(ExtensionTypes.text(extension), asking, plans, plans.views(List.of())));
      case ExtensionTypes.VIEWS -> {
        WithRelations both = ExtensionTypes.relation(extension).getWithRelations();
        String text = ExtensionTypes.text(both.getRoot().getExtension());
        BoundViews views = plans.views(both.getReferencesList());
        yield Optional.of(queries.query(text, asking, plans, views));
      }
      case ExtensionTypes.SUMMARY -> {
        Relation asked = ExtensionTypes.relation(extension);
        yield Optional.of(Summaries.plan(asked, queries, session, plans));
      }
      case ExtensionTypes.MISSING -> {
        Relation asked = ExtensionTypes.relation(extension);
        yield Optional.of(MissingRelations.plan(asked, queries, session, plans));
      }
      case ExtensionTypes.SAMPLE, ExtensionTypes.CROSSTAB -> {
        Relation asked = ExtensionTypes.relation(extension);
        yield Optional.of(StatisticRelations.plan(asked, queries, session, plans));
      }
      case ExtensionTypes.RELEASE -> {
        Relation asked = ExtensionTypes.relation(extension);
        yield Optional.of(
            CrosstabAnswers.isCrosstab(asked)
                ? new CrosstabAnswers(queries, session, asking, plans)
                    .answer(asked, Optional.empty())
                : queries.release(session, plans.asked(asked, ""), asking));
      }
      case ExtensionTypes.SHOW -> {
        ShowString show = ExtensionTypes.relation(extension).getShowString();
        ShownText text = new ShownText(show.getNumRows(), show.getTruncate(), show.getVertical());
        Limit shown = show.getInput().getLimit();
        yield Optional.of(
            CrosstabAnswers.isCrosstab(shown.getInput())
                ? new CrosstabAnswers(queries, session, asking, plans)
                    .answer(shown.getInput(), Optional.of(text))
                : queries.show(session, plans.shown(shown), asking, text));
      }
      case ExtensionTypes.DESCRIBE -> {
        Relation described = ExtensionTypes.relation(extension);
        BoundRelation bound = plans.bound(described);
        // Spark analyses it once more, where nobody counts: its columns are all that is wanted.
        LogicalPlan admitted =
            queries.describe(
                session, () -> plans.plan(bound.get()), asking, () -> RequestWords.of(described));
        yield Optional.of(
            new LocalRelation(admitted.output(), Scala.noElements(), false, Scala.none()));
      }
      case ExtensionTypes.DROP_VIEW -> {
        List<String> name = TableNames.parts(ExtensionTypes.text(extension));
        boolean dropped = installation.sessions().drop(session, name);
        Relation answer = ExtensionTypes.query("SELECT " + dropped + " AS value");
        yield Optional.of(queries.release(session, plans.asked(answer, ""), asking));
      }
      default -> throw new IllegalStateException("An extension that the gate did not write");
    };
  }
}
