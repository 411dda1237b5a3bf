package io.sallyport.spark.answer;

import io.sallyport.policy.artifact.Artifact;
import io.sallyport.policy.artifact.ArtifactKind;
import io.sallyport.policy.decision.Ground;
import io.sallyport.policy.decision.RefusalCode;
import io.sallyport.spark.RefusedException;
import io.sallyport.spark.artifact.ArrowIpc;
import io.sallyport.spark.artifact.ArtifactContent;
import io.sallyport.spark.record.Shown;
import io.sallyport.spark.release.ApprovalNeeded;
import io.sallyport.spark.release.Outcome;
import io.sallyport.spark.release.Result;
import io.sallyport.spark.rows.KeptRows;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.apache.spark.sql.catalyst.expressions.UnsafeRow;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;

/**
 * Collecting a question into a stored result, and fetching what was stored. Collecting lets nothing
 * out; fetching is judged for whoever fetches, under the terms of now.
 */
public final class Handles {

  private final DurableState durable;
  private final Stored stored;
  private final Answers answers;
  private final Releasing releasing;
  private final Failures failures;
  private final GivenAnswers given;

  public Handles(DurableState durable, Answers answers) {
    this.durable = durable;
    this.stored = new Stored(durable);
    this.answers = answers;
    this.releasing = new Releasing(durable);
    this.failures = new Failures(durable);
    this.given = new GivenAnswers(durable);
  }

  /**
   * Makes and keeps the result of a question.
   *
   * @throws RefusedException LIMIT_EXCEEDED when the principal keeps too much already
   */
  public Handle collect(Inquiry inquiry) {
    return inquiry
        .judged()
        .verdict()
        .fold(
            release -> failures.counted(inquiry, () -> released(inquiry)),
            asks -> failures.counted(inquiry, () -> awaiting(inquiry, asks.grounds())),
            refuse ->
                kept(
                    stored.plan(inquiry, refuse.grounds()),
                    Handle.Verdict.REFUSE,
                    refuse.grounds(),
                    Optional.empty()));
  }

  private Handle released(Inquiry inquiry) {
    List<Ground> grounds;
    try {
      Releasing.Charged charged = releasing.run(inquiry);
      Outcome outcome = charged.outcome();
      Result result = inquiry.port().release().result(outcome.plan());
      if (result.rows().isEmpty()) {
        throw tooLarge();
      }
      return kept(
          stored.write(inquiry, ArtifactKind.RELEASED, result, List.of()),
          Handle.Verdict.RELEASE,
          List.of(),
          charged.cost());
    } catch (ApprovalNeeded e) {
      grounds = e.grounds();
    }
    return awaiting(inquiry, grounds);
  }

  private Handle awaiting(Inquiry inquiry, List<Ground> grounds) {
    Result exact = inquiry.port().release().exact(inquiry.judged(), inquiry.reading());
    return kept(
        stored.write(inquiry, ArtifactKind.AWAITING, exact, grounds),
        Handle.Verdict.NEEDS_APPROVAL,
        grounds,
        Optional.empty());
  }

  private Handle kept(
      Artifact artifact, Handle.Verdict verdict, List<Ground> grounds, Optional<String> cost) {
    try {
      durable.at(
          () -> {
            durable.catalogue().add(artifact);
            return artifact;
          });
    } catch (RefusedException e) {
      boolean mayBeKept = e.refusal().code() == RefusalCode.STORE_UNAVAILABLE;
      if (artifact.kind() != ArtifactKind.PLAN && !mayBeKept) {
        stored.delete(artifact.id());
      }
      throw e;
    }
    return new Handle(artifact, verdict, grounds, cost);
  }

  /** The artifact of this id; the same refusal for one that never was and one that has ended. */
  public Artifact find(String id) {
    return durable
        .at(() -> Artifact.isId(id) ? durable.catalogue().find(id) : Optional.<Artifact>empty())
        .orElseThrow(Handles::unknown);
  }

  /**
   * What a stored result may give the one who fetches.
   *
   * @param inquiry the artifact's plan, judged for the one who fetches
   * @throws RefusedException APPROVAL_STALE when the data are not those it was collected from
   */
  public Answer fetch(Artifact artifact, Inquiry inquiry) {
    Answer answer = fetched(artifact, inquiry);
    given.remember(inquiry, answer);
    return answer;
  }

  private Answer fetched(Artifact artifact, Inquiry inquiry) {
    requireSameData(artifact, inquiry);
    boolean own = artifact.key().equals(inquiry.key());
    boolean releases =
        inquiry.judged().verdict().fold(release -> true, asks -> false, refuse -> false);
    if (own && releases && artifact.kind() == ArtifactKind.RELEASED) {
      String hash = artifact.resultHash().orElseThrow();
      ArtifactContent content = stored.read(inquiry, artifact.id(), hash);
      LogicalPlan described = inquiry.judged().described();
      // Collected with intervals and fetched without, or the other way: computed anew, free.
      if (content.schema().length() == described.output().length()) {
        return new Answer(
            Stored.relation(described, content),
            new Shown(
                hash, content.rows().size(), Optional.empty(), Optional.empty(), Optional.empty()));
      }
    }
    boolean awaits = own && artifact.kind() == ArtifactKind.AWAITING;
    return answers.answer(inquiry, awaits ? Optional.of(artifact) : Optional.empty());
  }

  /** An answer's rows as one Arrow IPC stream, in chunks. */
  public List<byte[]> arrow(Inquiry inquiry, Answer answer) {
    Result result = inquiry.port().release().result(answer.plan());
    List<UnsafeRow> rows = result.rows().orElseThrow(Handles::tooLarge);
    if (KeptRows.areMany(rows)) {
      throw tooLargeForOneMessage();
    }
    return ArrowIpc.chunks(result.schema(), rows);
  }

  private static RefusedException tooLarge() {
    return RefusedException.of(
        RefusalCode.LIMIT_EXCEEDED,
        "the result has more rows than a result may have",
        "an aggregate, or a limit");
  }

  /** Its size is no secret any more, and the answer is free the next time. */
  private static RefusedException tooLargeForOneMessage() {
    return RefusedException.of(
        RefusalCode.LIMIT_EXCEEDED,
        "the result has more rows than are sent as one Arrow stream",
        "fetch() of its rows, or a query on the stored result");
  }

  private static void requireSameData(Artifact artifact, Inquiry inquiry) {
    if (!artifact.key().dataVersion().equals(inquiry.key().dataVersion())) {
      throw stale(artifact);
    }
  }

  static RefusedException stale(Artifact artifact) {
    return RefusedException.of(
        RefusalCode.APPROVAL_STALE,
        "the data behind the stored result " + artifact.id() + " have changed since",
        "a new collect()");
  }

  private static RefusedException unknown() {
    return RefusedException.of(
        RefusalCode.SOURCE_NOT_ALLOWED,
        "there is no stored result of this id",
        "the id of a collect() that has not expired");
  }

  /** Gives one's own result a name, under which it lives until it is deleted. */
  public Artifact save(Artifact artifact, String principal, String name) {
    return durable.at(() -> durable.catalogue().save(artifact.id(), principal, name));
  }

  /** Deletes one's own result; its bytes go with it. */
  public void delete(Artifact artifact, String principal) {
    boolean deleted = durable.at(() -> durable.catalogue().delete(artifact.id(), principal));
    if (!deleted) {
      throw unknown();
    }
    stored.delete(artifact.id());
  }

  /** Whether a principal gave one of their results this name. */
  public boolean isSaved(String principal, String name) {
    String key = name.toLowerCase(Locale.ROOT);
    return durable.at(() -> durable.catalogue().named(principal, key)).isPresent();
  }

  /** One's own results that have a name. */
  public List<Artifact> saved(String principal) {
    return durable.at(() -> durable.catalogue().of(principal)).stream()
        .filter(artifact -> artifact.name().isPresent())
        .toList();
  }
}
