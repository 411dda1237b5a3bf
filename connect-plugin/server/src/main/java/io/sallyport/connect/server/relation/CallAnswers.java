package io.sallyport.connect.server.relation;

import io.sallyport.connect.protocol.AnswerSchemas;
import io.sallyport.connect.protocol.FrameKind;
import io.sallyport.connect.protocol.Request;
import io.sallyport.connect.server.proto.ExtensionTypes;
import io.sallyport.policy.artifact.Artifact;
import io.sallyport.policy.decision.Ground;
import io.sallyport.policy.request.ApprovalRequest;
import io.sallyport.spark.Asking;
import io.sallyport.spark.HandleQueries;
import io.sallyport.spark.answer.Explanation;
import io.sallyport.spark.answer.Handle;
import java.sql.Timestamp;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.classic.SparkSession;

/** Does what our client asks, and answers in rows. */
final class CallAnswers implements Request.Cases<LogicalPlan> {

  private final HandleQueries handles;
  private final SparkSession session;
  private final Asking asking;
  private final PlannerPlans plans;

  CallAnswers(HandleQueries handles, SparkSession session, Asking asking, PlannerPlans plans) {
    this.handles = handles;
    this.session = session;
    this.asking = asking;
    this.plans = plans;
  }

  @Override
  public LogicalPlan collect(Request.Collect request) {
    Handle handle =
        handles.collect(
            session,
            plans.asked(ExtensionTypes.relation(request.relationBytes()), request.justification()),
            asking);
    Row row =
        RowFactory.create(
            handle.artifact().id(),
            handle.artifact().schemaJson(),
            handle.verdict().name(),
            handle.grounds().stream().map(CallAnswers::ground).toArray(Row[]::new),
            handle.sizeClass());
    return AnswerRows.of(AnswerSchemas.COLLECT, List.of(row));
  }

  private static Row ground(Ground ground) {
    return RowFactory.create(
        ground.frame().value(),
        ground.code().name(),
        ground.subject(),
        ground.policy(),
        ground.remedy());
  }

  @Override
  public LogicalPlan fetch(Request.Fetch request) {
    return handles.fetch(session, request.artifactId(), request.justification(), asking, plans);
  }

  @Override
  public LogicalPlan fetchArrow(Request.FetchArrow request) {
    List<byte[]> chunks =
        handles.fetchArrow(session, request.artifactId(), request.justification(), asking, plans);
    List<Row> rows = new ArrayList<>();
    for (byte[] chunk : chunks) {
      rows.add(RowFactory.create(rows.size(), chunk));
    }
    return AnswerRows.of(AnswerSchemas.FETCH_ARROW, rows);
  }

  @Override
  public LogicalPlan explainPrivacy(Request.ExplainPrivacy request) {
    List<Row> rows =
        handles
            .explain(
                session, plans.asked(ExtensionTypes.relation(request.relationBytes()), ""), asking)
            .stream()
            .map(CallAnswers::row)
            .toList();
    return AnswerRows.of(AnswerSchemas.EXPLAIN_PRIVACY, rows);
  }

  private static Row row(Explanation line) {
    return RowFactory.create(
        line.frame(),
        line.verdict(),
        line.code(),
        line.subject(),
        line.policy(),
        line.remedy(),
        line.releasePoint(),
        line.obligation());
  }

  @Override
  public LogicalPlan save(Request.Save request) {
    Artifact saved = handles.save(request.artifactId(), request.name(), asking);
    return state(saved.id(), "SAVED");
  }

  @Override
  public LogicalPlan delete(Request.Delete request) {
    handles.delete(request.artifactId(), asking);
    return state(request.artifactId(), "DELETED");
  }

  private static LogicalPlan state(String artifactId, String state) {
    return AnswerRows.of(
        AnswerSchemas.ARTIFACT_STATE, List.of(RowFactory.create(artifactId, state)));
  }

  @Override
  public LogicalPlan listFrames(Request.ListFrames request) {
    List<Row> rows = new ArrayList<>();
    handles
        .frames()
        .forEach(
            frame ->
                rows.add(
                    RowFactory.create(
                        frame.name(), FrameKind.FRAME.name(), "", frame.schema(), frame.terms())));
    for (Artifact saved : handles.saved(asking)) {
      rows.add(
          RowFactory.create(
              saved.name().orElseThrow(),
              FrameKind.SAVED.name(),
              saved.id(),
              saved.schemaJson(),
              "the terms of " + saved.sources()));
    }
    return AnswerRows.of(AnswerSchemas.LIST_FRAMES, rows);
  }

  @Override
  public LogicalPlan requestStatus(Request.RequestStatus request) {
    return request(handles.request(request.requestId(), asking));
  }

  @Override
  public LogicalPlan withdraw(Request.Withdraw request) {
    return request(handles.withdraw(request.requestId(), asking));
  }

  @Override
  public LogicalPlan justify(Request.Justify request) {
    return request(handles.justify(request.requestId(), request.justification(), asking));
  }

  private static LogicalPlan request(ApprovalRequest request) {
    Row row =
        RowFactory.create(
            request.id(),
            request.state().name(),
            request.reason().orElse(""),
            Timestamp.from(request.filedAt()),
            Timestamp.from(request.expiresAt()));
    return AnswerRows.of(AnswerSchemas.REQUEST, List.of(row));
  }
}
