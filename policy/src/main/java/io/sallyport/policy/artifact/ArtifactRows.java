package io.sallyport.policy.artifact;

import io.sallyport.policy.frame.FrameName;
import io.sallyport.policy.request.ApprovalTerms;
import io.sallyport.policy.request.DeskException;
import io.sallyport.policy.request.QuestionKey;
import io.sallyport.policy.store.PrincipalLock;
import io.sallyport.policy.store.Row;
import io.sallyport.policy.store.Transaction;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The rows of artifacts, for whoever changes them together with others in one transaction. */
public final class ArtifactRows {
  private ArtifactRows() {}

  /**
   * Adds an artifact. The transaction holds the lock of its principal afterwards.
   *
   * @throws DeskException LIMIT when its principal would have too many or too much
   * @throws IllegalArgumentException when there is one of this id already
   */
  public static void add(
      Transaction transaction, Artifact artifact, ApprovalTerms terms, Instant now)
      throws SQLException {
    QuestionKey key = artifact.key();
    byte[] plan = artifact.plan();
    long counted = Math.addExact(countedBytes(artifact), plan.length);
    PrincipalLock.acquire(transaction, key.principal());
    requireRoom(transaction, key.principal(), counted, terms, now);
    int added =
        transaction.update(
            "INSERT INTO artifact (id, principal, plan_hash, terms_version, data_version, kind,"
                + " plan, schema_json, sources, grounds, result_hash, stored_bytes, counted_bytes,"
                + " row_count, name, savable, created_at, expires_at)"
                + " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
                + " ON CONFLICT DO NOTHING",
            artifact.id(),
            key.principal(),
            key.planHash(),
            key.termsVersion(),
            key.dataVersion(),
            artifact.kind().name(),
            plan,
            artifact.schemaJson(),
            artifact.sources().stream().map(FrameName::value).toList(),
            artifact.grounds(),
            artifact.resultHash(),
            artifact.bytes(),
            counted,
            artifact.rows(),
            artifact.name(),
            artifact.savable(),
            artifact.createdAt(),
            artifact.expiresAt());
    if (added == 0) {
      throw new IllegalArgumentException("There is an artifact of this id or name already");
    }
  }

  /**
   * What its principal has not seen counts as nothing: whether there is room would tell its size.
   */
  private static long countedBytes(Artifact artifact) {
    return artifact.kind() == ArtifactKind.AWAITING ? 0 : artifact.bytes();
  }

  /**
   * As {@link #add}, but when the same artifact is in the catalogue already it only lives on. The
   * transaction holds the lock of its principal.
   *
   * @throws IllegalArgumentException when the one of this id is another, or has expired
   */
  public static void addOrKeep(
      Transaction transaction, Artifact artifact, ApprovalTerms terms, Instant now)
      throws SQLException {
    Optional<Artifact> found =
        transaction.first(ArtifactRows::read, "SELECT * FROM artifact WHERE id = ?", artifact.id());
    if (found.isEmpty()) {
      add(transaction, artifact, terms, now);
    } else if (found.get().isExpired(now) || !isSame(found.get(), artifact)) {
      throw new IllegalArgumentException("Another artifact has this id, or had it");
    } else {
      keepUntil(transaction, artifact.id(), artifact.expiresAt());
    }
  }

  private static boolean isSame(Artifact one, Artifact other) {
    return one.key().equals(other.key())
        && one.kind() == other.kind()
        && one.resultHash().equals(other.resultHash());
  }

  /** Lets an artifact live until then; false when there is none. */
  public static boolean keepUntil(Transaction transaction, String id, Instant end)
      throws SQLException {
    return transaction.update("UPDATE artifact SET expires_at = ? WHERE id = ?", end, id) == 1;
  }

  /** The artifact is about a question under other terms from now on; false when there is none. */
  public static boolean underTerms(Transaction transaction, String id, String termsVersion)
      throws SQLException {
    return transaction.update(
            "UPDATE artifact SET terms_version = ? WHERE id = ?", termsVersion, id)
        == 1;
  }

  static Artifact read(Row row) throws SQLException {
    return new Artifact(
        row.text("id"),
        new QuestionKey(
            row.text("principal"),
            row.text("plan_hash"),
            row.text("terms_version"),
            row.text("data_version")),
        ArtifactKind.valueOf(row.text("kind")),
        row.bytes("plan"),
        row.text("schema_json"),
        row.texts("sources").stream().map(FrameName::of).toList(),
        row.texts("grounds"),
        row.optionalText("result_hash"),
        row.number("stored_bytes"),
        row.number("row_count"),
        row.optionalText("name"),
        row.truth("savable"),
        row.time("created_at"),
        row.time("expires_at"));
  }

  /** The open or approved request that needs this artifact, if there is one. */
  static Optional<String> requestFor(Transaction transaction, String id, Instant now)
      throws SQLException {
    return transaction.first(
        row -> row.text("id"),
        "SELECT id FROM approval_request WHERE artifact_id = ? AND (state = 'APPROVED'"
            + " OR (state IN ('PENDING', 'RETURNED') AND expires_at > ?))",
        id,
        now);
  }

  private static void requireRoom(
      Transaction transaction, String principal, long counted, ApprovalTerms terms, Instant now)
      throws SQLException {
    List<Long> has =
        transaction
            .first(
                row -> List.of(row.number("artifacts"), row.number("bytes")),
                "SELECT COUNT(*) AS artifacts, CAST(COALESCE(SUM(counted_bytes), 0) AS BIGINT) AS"
                    + " bytes FROM artifact WHERE principal = ? AND (name IS NOT NULL OR expires_at"
                    + " > ?)",
                principal,
                now)
            .orElseThrow();
    if (has.get(0) >= terms.artifactsPerPrincipal()
        || counted > terms.artifactBytesPerPrincipal() - has.get(1)) {
      throw new DeskException(
          DeskException.Kind.LIMIT,
          "the stored results of " + principal + " would be too many or too large",
          "Delete results that are not needed; there may be %d, of %d bytes together"
              .formatted(terms.artifactsPerPrincipal(), terms.artifactBytesPerPrincipal()));
    }
  }
}
