package io.sallyport.connect.server.relation;

import io.sallyport.connect.server.proto.ExtensionTypes;
import io.sallyport.spark.Asked;
import io.sallyport.spark.Asking;
import io.sallyport.spark.GovernedQueries;
import io.sallyport.spark.crosstab.CrosstabQuestion;
import io.sallyport.spark.release.ShownText;
import java.util.Optional;
import java.util.OptionalInt;
import org.apache.spark.connect.proto.Relation;
import org.apache.spark.connect.proto.StatCrosstab;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.classic.SparkSession;

/**
 * {@code df.crosstab(a, b)} as the end of a query: its columns may be found in what is released.
 *
 * @param plans by the planner of the session that asks
 */
record CrosstabAnswers(
    GovernedQueries queries, SparkSession session, Asking asking, PlannerPlans plans) {

  static boolean isCrosstab(Relation relation) {
    return relation.hasExtension()
        && relation.getExtension().getTypeUrl().equals(ExtensionTypes.CROSSTAB);
  }

  LogicalPlan answer(Relation relation, Optional<ShownText> text) {
    StatCrosstab table = crosstab(relation);
    Asked whole = plans.asked(relation, "");
    BoundRelation bound = plans.bound(relation);
    Asked input =
        new Asked(
            () -> plans.plan(crosstab(bound.get()).getInput()),
            whole.stored(),
            "",
            OptionalInt.empty(),
            whole.words());
    return queries.crosstab(
        session, input, asking, new CrosstabQuestion(table.getCol1(), table.getCol2()), text);
  }

  private static StatCrosstab crosstab(Relation relation) {
    return ExtensionTypes.relation(relation.getExtension()).getCrosstab();
  }
}
