package io.sallyport.policy.request;

import io.sallyport.policy.artifact.Artifact;
import io.sallyport.policy.artifact.ArtifactRows;
import io.sallyport.policy.store.PrincipalLock;
import io.sallyport.policy.store.Transaction;
import java.security.SecureRandom;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Filing one request, in one transaction. */
final class Filing {
  private static final int ID_BYTES = 8;

  private final Transaction transaction;
  private final ApprovalTerms terms;
  private final Instant now;
  private final RequestRows rows;
  private final RequestReader reader;

  Filing(Transaction transaction, ApprovalTerms terms, Instant now) {
    this.transaction = transaction;
    this.terms = terms;
    this.now = now;
    this.rows = new RequestRows(transaction, now);
    this.reader = new RequestReader(transaction, now);
  }

  /** The request as people wrote it; what no database could hold is refused before any is asked. */
  static NewRequest checked(NewRequest request) {
    Artifact artifact = request.artifact();
    Stream.of(
            Stream.of(
                request.session(),
                request.question(),
                request.planInWords(),
                request.judgedQuestion(),
                artifact.schemaJson(),
                request.key().planHash(),
                request.key().termsVersion(),
                request.key().dataVersion()),
            artifact.grounds().stream(),
            request.demands().stream().flatMap(demand -> demand.grounds().stream()))
        .flatMap(texts -> texts)
        .forEach(text -> Refusals.requireStorable("question", text));
    return new NewRequest(
        request.key(),
        request.session(),
        Refusals.requireText("justification", request.justification()),
        request.question(),
        request.planInWords(),
        request.demands(),
        request.judgedQuestion(),
        artifact);
  }

  /** The request that is open about this question afterwards. */
  ApprovalRequest file(NewRequest request) throws SQLException {
    QuestionKey key = request.key();
    PrincipalLock.acquire(transaction, key.principal());
    rows.expireOf(key.principal());
    Optional<ApprovalRequest> open = reader.lockOpen(key.principal(), key.planHash());
    if (open.isPresent() && open.get().key().equals(key)) {
      return again(open.get(), request.justification());
    }
    String id = newId();
    if (open.isPresent()) {
      rows.close(open.get().id(), RequestState.EXPIRED, Optional.of("superseded by request " + id));
    }
    if (reader.countOpen(key.principal()) >= terms.openRequestsPerPrincipal()) {
      throw Refusals.tooManyOpen(key.principal(), terms.openRequestsPerPrincipal());
    }
    Instant end = now.plus(terms.requestsLive());
    Artifact artifact = livingUntil(request.artifact(), end);
    ArtifactRows.addOrKeep(transaction, artifact, terms, now);
    rows.insert(
        new ApprovalRequest(
            id,
            key,
            request.session(),
            request.justification(),
            request.question(),
            request.planInWords(),
            request.demands(),
            request.judgedQuestion(),
            artifact.id(),
            artifact.resultHash().orElseThrow(),
            RequestState.PENDING,
            Optional.empty(),
            List.of(),
            now,
            end,
            Optional.empty()));
    return reader.find(id).orElseThrow();
  }

  /** One that was given back is pending again as soon as its principal says something new. */
  private ApprovalRequest again(ApprovalRequest open, String justification) throws SQLException {
    if (open.state() == RequestState.RETURNED
        && !justification.isBlank()
        && !justification.equals(open.justification())) {
      rows.justify(open.id(), justification);
      return reader.find(open.id()).orElseThrow();
    }
    return open;
  }

  /** A result does not end before its request does. */
  private static Artifact livingUntil(Artifact artifact, Instant end) {
    return new Artifact(
        artifact.id(),
        artifact.key(),
        artifact.kind(),
        artifact.plan(),
        artifact.schemaJson(),
        artifact.sources(),
        artifact.grounds(),
        artifact.resultHash(),
        artifact.bytes(),
        artifact.rows(),
        artifact.name(),
        artifact.savable(),
        artifact.createdAt(),
        artifact.expiresAt().isBefore(end) ? end : artifact.expiresAt());
  }

  private static String newId() {
    byte[] random = new byte[ID_BYTES];
    new SecureRandom().nextBytes(random);
    return "r-" + HexFormat.of().formatHex(random);
  }
}
