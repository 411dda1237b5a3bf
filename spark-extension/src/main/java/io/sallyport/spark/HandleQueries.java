package io.sallyport.spark;

import io.sallyport.policy.artifact.Artifact;
import io.sallyport.policy.request.ApprovalRequest;
import io.sallyport.spark.answer.Answer;
import io.sallyport.spark.answer.Explanation;
import io.sallyport.spark.answer.Explanations;
import io.sallyport.spark.answer.Handle;
import io.sallyport.spark.answer.Handles;
import io.sallyport.spark.answer.Inquiry;
import io.sallyport.spark.answer.OwnerDesk;
import io.sallyport.spark.record.AuditTrail;
import io.sallyport.spark.release.OpenedPort;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Supplier;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.classic.SparkSession;

/**
 * What a RemoteLazyFrame asks beyond Spark's own protocol: collecting into a stored result,
 * fetching it, and what would become of a question before it is asked.
 *
 * <p>Throws {@link RefusedException} and nothing else that an analyst may cause. Thread-safe.
 */
public final class HandleQueries {

  private final AuditTrail audit;
  private final Questioning questioning;
  private final Handles handles;
  private final Explanations explanations;
  private final OwnerDesk desk;
  private final Supplier<OpenedPort> port;

  HandleQueries(
      AuditTrail audit,
      Questioning questioning,
      Handles handles,
      Explanations explanations,
      OwnerDesk desk,
      Supplier<OpenedPort> port) {
    this.port = port;
    this.audit = audit;
    this.questioning = questioning;
    this.handles = handles;
    this.explanations = explanations;
    this.desk = desk;
  }

  /** Makes and keeps a question's result; nothing leaves. */
  public Handle collect(SparkSession session, Asked asked, Asking asking) {
    return questioning.ask(
        session,
        asked,
        asking,
        inquiry -> {
          Handle handle = handles.collect(inquiry);
          audit.stored(asking, inquiry.text(), handle.artifact().resultHash(), handle.cost());
          return handle;
        });
  }

  /** What would become of a question; nothing runs. That it was told is on record. */
  public List<Explanation> explain(SparkSession session, Asked asked, Asking asking) {
    return questioning.ask(
        session,
        asked,
        asking,
        inquiry -> {
          List<Explanation> told = explanations.of(inquiry);
          audit.explained(asking, inquiry.text());
          return told;
        });
  }

  /**
   * The rows of a stored result, judged for the one who fetches.
   *
   * @return the plan that may run in the analyst's session
   */
  public LogicalPlan fetch(
      SparkSession session,
      String artifactId,
      String justification,
      Asking asking,
      PlanBytes plans) {
    return fetch(
        session, artifactId, justification, asking, plans, (inquiry, answer) -> answer.plan());
  }

  private <T> T fetch(
      SparkSession session,
      String artifactId,
      String justification,
      Asking asking,
      PlanBytes plans,
      BiFunction<Inquiry, Answer, T> shown) {
    Artifact artifact = found(artifactId, asking);
    byte[] plan = artifact.plan();
    Asked asked = new Asked(() -> plans.plan(plan), id -> plan, justification);
    return questioning.ask(
        session,
        asked,
        asking,
        inquiry -> {
          Answer answer = handles.fetch(artifact, inquiry);
          audit.released(asking, inquiry.text(), answer.shown());
          return shown.apply(inquiry, answer);
        });
  }

  /** The unresolved plan of a stored result, to describe it. */
  public LogicalPlan plan(String artifactId, PlanBytes plans) {
    return plans.plan(handles.find(artifactId).plan());
  }

  /** The same as one Arrow IPC stream, in chunks. */
  public List<byte[]> fetchArrow(
      SparkSession session,
      String artifactId,
      String justification,
      Asking asking,
      PlanBytes plans) {
    return fetch(session, artifactId, justification, asking, plans, handles::arrow);
  }

  /** Gives one's own result a name. */
  public Artifact save(String artifactId, String name, Asking asking) {
    return recording(
        artifactId,
        asking,
        () -> handles.save(handles.find(artifactId), asking.principal().name(), name));
  }

  /** Deletes one's own result. */
  public void delete(String artifactId, Asking asking) {
    Artifact deleted = found(artifactId, asking);
    recording(
        artifactId,
        asking,
        () -> {
          handles.delete(deleted, asking.principal().name());
          return deleted;
        });
  }

  private Artifact found(String artifactId, Asking asking) {
    return recording(artifactId, asking, () -> handles.find(artifactId));
  }

  /** Who tries the ids of results is on record. */
  private <T> T recording(String artifactId, Asking asking, Supplier<T> work) {
    try {
      return work.get();
    } catch (RefusedException e) {
      audit.refused(asking, "stored result " + artifactId, e.refusal());
      throw e;
    }
  }

  /** One's own results that have a name. */
  public List<Artifact> saved(Asking asking) {
    return handles.saved(asking.principal().name());
  }

  /** The frames and public tables that everybody may compute on. */
  public List<FrameListing> frames() {
    return FrameListing.of(port.get());
  }

  /** Where a request stands. */
  public ApprovalRequest request(String id, Asking asking) {
    return desk.find(asking, id);
  }

  /** Takes one's own request back. */
  public ApprovalRequest withdraw(String id, Asking asking) {
    return desk.withdraw(asking, id);
  }

  /** Says anew why one asks. */
  public ApprovalRequest justify(String id, String justification, Asking asking) {
    return desk.justify(asking, id, justification);
  }
}
