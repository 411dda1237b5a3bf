package io.sallyport.connect.server.relation;

import io.sallyport.connect.protocol.AnswerSchemas;
import io.sallyport.connect.protocol.Request;
import io.sallyport.spark.Asking;
import io.sallyport.spark.GovernedQueries;
import io.sallyport.spark.HandleQueries;
import java.util.List;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.classic.SparkSession;

/** The columns that calls of our client answer with; nothing is done. */
final class DescribedCalls implements Request.Cases<LogicalPlan> {

  private final GovernedQueries queries;
  private final HandleQueries handles;
  private final SparkSession session;
  private final Asking asking;
  private final PlannerPlans plans;

  DescribedCalls(
      GovernedQueries queries,
      HandleQueries handles,
      SparkSession session,
      Asking asking,
      PlannerPlans plans) {
    this.queries = queries;
    this.handles = handles;
    this.session = session;
    this.asking = asking;
    this.plans = plans;
  }

  private static LogicalPlan columns(List<AnswerSchemas.Column> columns) {
    return AnswerRows.of(columns, List.of());
  }

  @Override
  public LogicalPlan collect(Request.Collect request) {
    return columns(AnswerSchemas.COLLECT);
  }

  @Override
  public LogicalPlan fetch(Request.Fetch request) {
    return queries.describe(session, () -> handles.plan(request.artifactId(), plans), asking);
  }

  @Override
  public LogicalPlan fetchArrow(Request.FetchArrow request) {
    return columns(AnswerSchemas.FETCH_ARROW);
  }

  @Override
  public LogicalPlan explainPrivacy(Request.ExplainPrivacy request) {
    return columns(AnswerSchemas.EXPLAIN_PRIVACY);
  }

  @Override
  public LogicalPlan save(Request.Save request) {
    return columns(AnswerSchemas.ARTIFACT_STATE);
  }

  @Override
  public LogicalPlan delete(Request.Delete request) {
    return columns(AnswerSchemas.ARTIFACT_STATE);
  }

  @Override
  public LogicalPlan listFrames(Request.ListFrames request) {
    return columns(AnswerSchemas.LIST_FRAMES);
  }

  @Override
  public LogicalPlan requestStatus(Request.RequestStatus request) {
    return columns(AnswerSchemas.REQUEST);
  }

  @Override
  public LogicalPlan withdraw(Request.Withdraw request) {
    return columns(AnswerSchemas.REQUEST);
  }

  @Override
  public LogicalPlan justify(Request.Justify request) {
    return columns(AnswerSchemas.REQUEST);
  }
}
