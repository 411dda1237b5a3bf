package io.sallyport.connect.server.relation;

import io.sallyport.spark.GovernedQueries;
import io.sallyport.spark.missing.DropMissing;
import io.sallyport.spark.missing.FillMissing;
import io.sallyport.spark.missing.MissingQuestion;
import io.sallyport.spark.missing.ReplaceValues;
import io.sallyport.spark.missing.ReplaceValues.Replacement;
import java.util.OptionalInt;
import org.apache.spark.connect.proto.NADrop;
import org.apache.spark.connect.proto.NAFill;
import org.apache.spark.connect.proto.NAReplace;
import org.apache.spark.connect.proto.Relation;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.classic.SparkSession;

/** {@code df.na}, which Spark's planner is never asked for. */
final class MissingRelations {

  private MissingRelations() {}

  /**
   * The plan of one of its calls.
   *
   * @throws IllegalStateException for another relation
   */
  static LogicalPlan plan(
      Relation asked, GovernedQueries queries, SparkSession session, PlannerPlans plans) {
    return switch (asked.getRelTypeCase()) {
      case FILL_NA -> {
        NAFill fill = asked.getFillNa();
        MissingQuestion question =
            new FillMissing(
                fill.getColsList(), fill.getValuesList().stream().map(plans::literal).toList());
        yield queries.missing(session, () -> plans.plan(fill.getInput()), question);
      }
      case DROP_NA -> {
        NADrop drop = asked.getDropNa();
        OptionalInt least =
            drop.hasMinNonNulls() ? OptionalInt.of(drop.getMinNonNulls()) : OptionalInt.empty();
        yield queries.missing(
            session, () -> plans.plan(drop.getInput()), new DropMissing(drop.getColsList(), least));
      }
      case REPLACE -> {
        NAReplace replace = asked.getReplace();
        MissingQuestion question =
            new ReplaceValues(
                replace.getColsList(),
                replace.getReplacementsList().stream()
                    .map(
                        each ->
                            new Replacement(
                                plans.literal(each.getOldValue()),
                                plans.literal(each.getNewValue())))
                    .toList());
        yield queries.missing(session, () -> plans.plan(replace.getInput()), question);
      }
      default -> throw new IllegalStateException("A relation that the gate did not write");
    };
  }
}
