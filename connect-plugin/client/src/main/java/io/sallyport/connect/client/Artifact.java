package io.sallyport.connect.client;

import static java.util.Objects.requireNonNull;

import io.sallyport.connect.client.Progress.Phase;
import io.sallyport.connect.protocol.AnsweredVerdict;
import io.sallyport.connect.protocol.Request;
import io.sallyport.connect.protocol.SizeClass;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;
import org.apache.spark.sql.types.StructType;

/**
 * A handle to an immutable result on the owner's cluster. It holds no rows; whether they are given
 * out is decided when they are fetched, for whoever fetches them. Safe for threads.
 */
public final class Artifact {

  private static final String NOTHING_SAID = "";

  private final RemoteSession session;
  private final String id;
  private final Supplier<ArtifactFacts> facts;

  Artifact(RemoteSession session, String id, Supplier<ArtifactFacts> facts) {
    this.session = requireNonNull(session, "session");
    this.id = requireNonNull(id, "id");
    this.facts = requireNonNull(facts, "facts");
  }

  /** Names it; another session reaches it with {@link RemoteSession#artifact}. */
  public String id() {
    return id;
  }

  /** Its columns. */
  public StructType schema() {
    return facts.get().schema();
  }

  /** What the policies said about its rows when this handle was made. */
  public AnsweredVerdict verdict() {
    return facts.get().verdict();
  }

  /** Why. */
  public List<Ground> grounds() {
    return facts.get().grounds();
  }

  /** How large it is, roughly; not told before a release. */
  public SizeClass sizeClass() {
    return facts.get().sizeClass();
  }

  /** A frame to compute on further; every source's policy comes along. */
  public RemoteLazyFrame asFrame() {
    return session.frame(RemoteSession.tableOf(id));
  }

  /** {@link #fetch(String)} without a word to the owner. */
  public FetchedRows fetch() {
    return fetch(NOTHING_SAID);
  }

  /**
   * Its rows.
   *
   * @param justification why they are needed, for an owner who is asked
   * @throws PendingApproval when the owners have been asked
   * @throws Refused when the rows are not given out
   */
  public FetchedRows fetch(String justification) {
    return new FetchedRows(
        session.requests(),
        new Request.FetchArrow(id, justification),
        schema(),
        session.requests().ask(new Request.Fetch(id, justification)));
  }

  /** {@link #fetchAndWait(Duration, String, Progress)} without progress. */
  public FetchedRows fetchAndWait(Duration atMost, String justification)
      throws InterruptedException {
    return fetchAndWait(atMost, justification, Progress.silent());
  }

  /**
   * Its rows, once the owners have agreed when they have to.
   *
   * @param atMost how long to wait for them
   * @param justification why the rows are needed
   * @param progress is told the phases
   * @throws ApprovalRejected with the owner's reason
   * @throws ApprovalReturned with the owner's comment
   * @throws PendingApproval when the time is over; the request stays
   * @throws Refused when the rows are not given out
   * @throws InterruptedException when the thread is interrupted; the request stays
   */
  public FetchedRows fetchAndWait(Duration atMost, String justification, Progress progress)
      throws InterruptedException {
    try (Phases phases = new Phases(progress)) {
      phases.enter(Phase.FETCHING);
      FetchedRows rows;
      try {
        rows = fetch(justification);
      } catch (PendingApproval pending) {
        phases.enter(Phase.WAITING_FOR_OWNER);
        awaitApproval(atMost, pending);
        phases.enter(Phase.FETCHING);
        rows = fetch(justification);
      }
      phases.enter(Phase.DONE);
      return rows;
    }
  }

  private void awaitApproval(Duration atMost, PendingApproval pending) throws InterruptedException {
    ApprovalStatus status = session.request(pending.requestId()).await(atMost);
    switch (status.state()) {
      case APPROVED -> {}
      case PENDING -> throw pending;
      case REJECTED, RETURNED, WITHDRAWN, EXPIRED -> throw status.refusal();
    }
  }

  /**
   * Asks the owners, without waiting for them.
   *
   * @param justification why the rows are needed
   * @throws IllegalStateException when nobody has to be asked
   * @throws Refused when the rows are not given out, whoever agrees
   */
  public ApprovalHandle request(String justification) {
    if (verdict() != AnsweredVerdict.RELEASE) {
      try {
        fetch(justification);
      } catch (PendingApproval pending) {
        return session.request(pending.requestId());
      }
    }
    throw new IllegalStateException("Nobody has to be asked: fetch() gives the rows");
  }

  /**
   * Keeps it under a name: {@link RemoteSession#frames} lists it, and {@link RemoteSession#saved}
   * finds it.
   *
   * @throws IllegalArgumentException when this can be no name
   * @throws Refused when the policies do not let it be saved
   */
  public void save(String name) {
    session.requests().ask(new Request.Save(id, name));
  }

  /**
   * Ends it, here and for everybody.
   *
   * @throws Refused when it is somebody else's
   */
  public void delete() {
    session.requests().ask(new Request.Delete(id));
  }

  /** Its name, without what it holds. */
  @Override
  public String toString() {
    return "Artifact[" + id + "]";
  }
}
