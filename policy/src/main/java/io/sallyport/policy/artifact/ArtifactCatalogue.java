package io.sallyport.policy.artifact;

import static java.util.Objects.requireNonNull;

import io.sallyport.policy.request.ApprovalTerms;
import io.sallyport.policy.request.QuestionKey;
import io.sallyport.policy.store.Store;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** All artifacts that there are. Safe for threads. */
public final class ArtifactCatalogue {
  private final Store store;
  private final Clock clock;
  private final ApprovalTerms terms;

  /** The catalogue in this store. */
  public ArtifactCatalogue(Store store, Clock clock, ApprovalTerms terms) {
    this.store = requireNonNull(store, "store");
    this.clock = requireNonNull(clock, "clock");
    this.terms = requireNonNull(terms, "terms");
  }

  /** Adds an artifact. */
  public void add(Artifact artifact) {
    unfinished(artifact);
  }

  /** The artifact of this id, unless it has expired. */
  public Optional<Artifact> find(String id) {
    return unfinished(id);
  }

  /** The artifact that the principal saved under this name. */
  public Optional<Artifact> named(String principal, String name) {
    return unfinished(principal + name);
  }

  /** The principal's artifacts, newest first. */
  public List<Artifact> of(String principal) {
    return unfinished(principal);
  }

  /** The newest released artifact about exactly this. */
  public Optional<Artifact> released(QuestionKey key) {
    return unfinished(key);
  }

  /** Saves an artifact under a name. */
  public Artifact save(String id, String principal, String name) {
    return unfinished(id + principal + name);
  }

  /** Deletes the principal's artifact; false when there is none. */
  public boolean delete(String id, String principal) {
    return unfinished(id + principal);
  }

  /** Deletes an artifact; false when there is none. */
  public boolean delete(String id) {
    return unfinished(id);
  }

  /** The ids of all artifacts that have expired and are still in the catalogue. */
  public List<String> expired() {
    return unfinished("expired");
  }

  /** Takes an expired artifact out of the catalogue, once its bytes are gone. */
  public void forget(String id) {
    unfinished(id);
  }

  /** The ids of all artifacts in the catalogue, expired or not. */
  public Set<String> ids() {
    return unfinished("ids");
  }

  @SuppressWarnings("TypeParameterUnusedInFormals")
  private <T> T unfinished(Object what) {
    return store.inTransaction(
        transaction -> {
          throw new java.sql.SQLException(clock + " " + terms + " " + what);
        });
  }
}
