package io.sallyport.policy.artifact;

import static java.util.Objects.requireNonNull;

import io.sallyport.policy.request.ApprovalTerms;
import io.sallyport.policy.request.DeskException;
import io.sallyport.policy.request.QuestionKey;
import io.sallyport.policy.store.PrincipalLock;
import io.sallyport.policy.store.Store;
import io.sallyport.policy.store.StoredTime;
import io.sallyport.policy.store.Transaction;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * All artifacts that there are. Safe for threads.
 *
 * <p>Guarantees: an expired artifact is never found; what is saved never expires; what an open or
 * approved request is about is not deleted; no principal ever has more than the terms allow,
 * however many add at once. Times are kept to the microsecond.
 *
 * <p>Every method throws {@link io.sallyport.policy.audit.StoreUnavailableException} when the store
 * does not answer.
 */
public final class ArtifactCatalogue {
  private static final String ALIVE = " AND (name IS NOT NULL OR expires_at > ?)";
  private static final String NEWEST_FIRST = " ORDER BY created_at DESC, seq DESC";

  private final Store store;
  private final Clock clock;
  private final ApprovalTerms terms;

  /** The catalogue in this store. */
  public ArtifactCatalogue(Store store, Clock clock, ApprovalTerms terms) {
    this.store = requireNonNull(store, "store");
    this.clock = requireNonNull(clock, "clock");
    this.terms = requireNonNull(terms, "terms");
  }

  /**
   * Adds an artifact. The one of a request is added when the request is filed.
   *
   * @throws DeskException LIMIT when its principal would have too many or too much
   * @throws IllegalArgumentException when there is one of this id or name already, or a text of it
   *     cannot be stored
   */
  public void add(Artifact artifact) {
    store.inTransaction(
        transaction -> {
          ArtifactRows.add(transaction, artifact, terms, now());
          return artifact;
        });
  }

  /** The artifact of this id, unless it has expired. */
  public Optional<Artifact> find(String id) {
    return Artifact.isId(id)
        ? store.inTransaction(transaction -> find(transaction, id, now()))
        : Optional.empty();
  }

  /** The artifact that the principal saved under this name. */
  public Optional<Artifact> named(String principal, String name) {
    return Artifact.isName(name)
        ? store.inTransaction(
            transaction ->
                transaction.first(
                    ArtifactRows::read,
                    "SELECT * FROM artifact WHERE principal = ? AND name = ?",
                    principal,
                    name))
        : Optional.empty();
  }

  /** The principal's artifacts that have not expired, newest first. */
  public List<Artifact> of(String principal) {
    return store.inTransaction(
        transaction ->
            transaction.query(
                ArtifactRows::read,
                "SELECT * FROM artifact WHERE principal = ?" + ALIVE + NEWEST_FIRST,
                principal,
                now()));
  }

  /** The newest released artifact about exactly this that has not expired. */
  public Optional<Artifact> released(QuestionKey key) {
    return store.inTransaction(
        transaction ->
            transaction.first(
                ArtifactRows::read,
                "SELECT * FROM artifact WHERE principal = ? AND plan_hash = ? AND terms_version = ?"
                    + " AND data_version = ? AND kind = 'RELEASED'"
                    + ALIVE
                    + NEWEST_FIRST
                    + " FETCH FIRST 1 ROW ONLY",
                key.principal(),
                key.planHash(),
                key.termsVersion(),
                key.dataVersion(),
                now()));
  }

  /**
   * Saves the principal's artifact under a name, or under another name. It does not expire any
   * more.
   *
   * @throws DeskException UNKNOWN when the principal has no such artifact, NOT_ENTITLED when it may
   *     not be saved, INVALID when the name is none or another artifact has it
   */
  public Artifact save(String id, String principal, String name) {
    if (!Artifact.isName(name)) {
      throw new DeskException(
          DeskException.Kind.INVALID,
          "this is no name of a result",
          "A name begins with a letter and has at most 63 lower-case letters, digits and underscores");
    }
    if (!Artifact.isId(id)) {
      throw unknown(principal, id);
    }
    return store.inTransaction(transaction -> save(transaction, id, principal, name));
  }

  /**
   * Deletes the principal's artifact; false when the principal has none of this id.
   *
   * @throws DeskException NOT_ENTITLED when an open or approved request needs it
   */
  public boolean delete(String id, String principal) {
    return find(id).filter(found -> found.key().principal().equals(principal)).isPresent()
        && delete(id);
  }

  /**
   * Deletes an artifact, whosever it is; false when there is none.
   *
   * @throws DeskException NOT_ENTITLED when an open or approved request needs it
   */
  public boolean delete(String id) {
    Optional<Artifact> found = find(id);
    return found.isPresent()
        && store.inTransaction(
            transaction -> {
              PrincipalLock.acquire(transaction, found.get().key().principal());
              return delete(transaction, id);
            });
  }

  /** The ids of all artifacts that have expired and are still in the catalogue, oldest first. */
  public List<String> expired() {
    return store.inTransaction(
        transaction ->
            transaction.query(
                row -> row.text("id"),
                "SELECT id FROM artifact WHERE name IS NULL AND expires_at <= ? ORDER BY seq",
                now()));
  }

  /** Takes an artifact out of the catalogue, once its bytes are gone, if it has expired. */
  public void forget(String id) {
    store.inTransaction(
        transaction ->
            transaction.update(
                "DELETE FROM artifact WHERE id = ? AND name IS NULL AND expires_at <= ?",
                id,
                now()));
  }

  /** The ids of all artifacts in the catalogue, expired or not. */
  public Set<String> ids() {
    return new LinkedHashSet<>(
        store.inTransaction(
            transaction ->
                transaction.query(row -> row.text("id"), "SELECT id FROM artifact ORDER BY seq")));
  }

  private Artifact save(Transaction transaction, String id, String principal, String name)
      throws SQLException {
    PrincipalLock.acquire(transaction, principal);
    Artifact artifact =
        find(transaction, id, now())
            .filter(found -> found.key().principal().equals(principal))
            .orElseThrow(() -> unknown(principal, id));
    if (!artifact.savable()) {
      throw new DeskException(
          DeskException.Kind.NOT_ENTITLED,
          "result " + id + " may not be saved",
          "The owner of a frame behind it has set savable to false");
    }
    int taken =
        transaction
            .query(
                row -> row.text("id"),
                "SELECT id FROM artifact WHERE principal = ? AND name = ? AND id <> ?",
                principal,
                name,
                id)
            .size();
    if (taken > 0) {
      throw new DeskException(
          DeskException.Kind.INVALID,
          "another result of " + principal + " has the name " + name,
          "Take another name, or delete that result");
    }
    transaction.update("UPDATE artifact SET name = ? WHERE id = ?", name, id);
    return find(transaction, id, now()).orElseThrow();
  }

  private boolean delete(Transaction transaction, String id) throws SQLException {
    Optional<String> request = ArtifactRows.requestFor(transaction, id, now());
    if (request.isPresent()) {
      throw new DeskException(
          DeskException.Kind.NOT_ENTITLED,
          "request " + request.get() + " is about result " + id,
          "Withdraw the request if it is still open; an approved result goes when its time ends");
    }
    return transaction.update("DELETE FROM artifact WHERE id = ?", id) == 1;
  }

  private Optional<Artifact> find(Transaction transaction, String id, Instant now)
      throws SQLException {
    return transaction.first(
        ArtifactRows::read, "SELECT * FROM artifact WHERE id = ?" + ALIVE, id, now);
  }

  private static DeskException unknown(String principal, String id) {
    return new DeskException(
        DeskException.Kind.UNKNOWN,
        principal + " has no result " + (Artifact.isId(id) ? id : "of this id"),
        "Give the id of a result of your own that has not expired");
  }

  private Instant now() {
    return StoredTime.toMicros(clock.instant());
  }
}
