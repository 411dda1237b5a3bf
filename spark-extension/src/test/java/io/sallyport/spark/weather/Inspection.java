package io.sallyport.spark.weather;

import io.sallyport.policy.artifact.Artifact;
import io.sallyport.policy.request.ApprovalRequest;
import io.sallyport.policy.request.QuestionKey;
import io.sallyport.policy.request.RequestState;
import io.sallyport.spark.artifact.ArtifactContent;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.spark.sql.Row;

/**
 * Compares what was acknowledged with what remains. Each violation begins with the number of the
 * invariant that it breaks:
 *
 * <ol>
 *   <li>a request that was told of exists, once; a question has at most one open request
 *   <li>an acknowledged decision holds
 *   <li>no row lacks its bytes, and their hash is the recorded one
 *   <li>bytes without a row are gone after two sweeps
 *   <li>rows that left without the policy's own release are those of an approved request of theirs
 *   <li>the audit's chain fits, has every acknowledged step, and a decision before its effect
 *   <li>nothing else went wrong
 * </ol>
 */
final class Inspection {
  private final Remains remains;
  private final List<String> violations = new ArrayList<>();
  private final Map<String, ApprovalRequest> requests = new HashMap<>();

  private Inspection(Remains remains) {
    this.remains = remains;
  }

  /** All violations; none is how it should be. */
  static List<String> violations(Remains remains, List<Acknowledged> acknowledged) {
    Inspection inspection = new Inspection(remains);
    inspection.requests();
    inspection.artifacts();
    AuditIndex audit = AuditIndex.of(remains.audit());
    acknowledged.forEach(step -> inspection.step(step, audit));
    inspection.audit(audit);
    return inspection.violations;
  }

  private void requests() {
    Set<QuestionKey> open = new HashSet<>();
    for (ApprovalRequest request : remains.requests()) {
      if (requests.put(request.id(), request) != null) {
        violation(1, "request %s is there twice", request.id());
      }
      if (request.state().isOpen() && !open.add(request.key())) {
        violation(1, "request %s is not the only open one about its question", request.id());
      }
      Optional<String> hash =
          Optional.ofNullable(remains.artifacts().get(request.artifactId()))
              .flatMap(Artifact::resultHash);
      if (!hash.equals(Optional.of(request.resultHash()))) {
        violation(3, "request %s is not about a result that is there", request.id());
      }
    }
  }

  private void artifacts() {
    remains.named().stream()
        .filter(id -> !remains.contents().containsKey(id))
        .forEach(id -> violation(3, "artifact %s lacks its bytes", id));
    remains.alone().forEach(id -> violation(4, "file %s has no row after two sweeps", id));
  }

  private void step(Acknowledged step, AuditIndex audit) {
    switch (step.kind()) {
      case TOLD -> {
        requireRequest(step);
        audit.requireRecord(step, "NEEDS_APPROVAL", this::violation);
      }
      case DECIDED -> {
        requireRequest(step).ifPresent(request -> holds(step, request, audit));
        audit.requireRecord(step, "DECIDED", this::violation);
      }
      case STORED -> {
        if (!remains.artifacts().containsKey(step.subject())) {
          violation(3, "a handle to %s was given, which is not there", step.subject());
        }
        audit.requireRecord(step, "STORED", this::violation);
      }
      case RELEASED -> audit.requireRecord(step, "RELEASED", this::violation);
      case ROWS -> {
        audit.requireRecord(step, "RELEASED", this::violation);
        rows(step, audit);
      }
      case WRONG -> violation(7, "%s", step);
      case READY, PREPARED, STOPPED -> {}
    }
  }

  private Optional<ApprovalRequest> requireRequest(Acknowledged step) {
    Optional<ApprovalRequest> request = Optional.ofNullable(requests.get(step.subject()));
    if (request.isEmpty()) {
      violation(1, "request %s is lost: %s", step.subject(), step);
    }
    return request;
  }

  private void holds(Acknowledged step, ApprovalRequest request, AuditIndex audit) {
    RequestState told = RequestState.valueOf(step.outcome());
    if (!told.isOpen() && request.state() != told) {
      violation(2, "%s is %s now", step, request.state());
    }
    if (told == RequestState.RETURNED
        && request.state() == RequestState.PENDING
        && !audit.isJustifiedAfter(step)) {
      violation(2, "%s is pending again, and nobody said why", step);
    }
    boolean approved = audit.isApproval(step);
    boolean counts =
        request.votes().stream().anyMatch(vote -> vote.decider().equals(step.principal()));
    if (approved && !counts && !audit.isJustified(request.id())) {
      violation(2, "%s has no vote of that decider", step);
    }
  }

  private void rows(Acknowledged step, AuditIndex audit) {
    Optional<ApprovalRequest> request =
        audit.released(step).flatMap(id -> Optional.ofNullable(requests.get(id)));
    if (request.isEmpty()
        || request.get().state() != RequestState.APPROVED
        || !request.get().key().principal().equals(step.principal())) {
      violation(5, "%s was let out by no approved request of theirs", step);
      return;
    }
    ArtifactContent content = remains.contents().get(request.get().artifactId());
    if (content == null) {
      return; // broken already: it lacks its bytes
    }
    List<Row> rows = RowsHash.rows(content);
    String canary = step.principal() + "-" + step.subject();
    if (!RowsHash.of(rows).equals(step.outcome())
        || rows.stream().anyMatch(row -> !row.getString(0).equals(canary))) {
      violation(5, "%s are not the approved rows", step);
    }
  }

  private void audit(AuditIndex audit) {
    remains.broken().ifPresent(broken -> violation(6, "the chain is broken: %s", broken));
    remains.requests().forEach(request -> audit.requireDecisions(request, this::violation));
    audit.requireApproved(requests, this::violation);
  }

  // The annotation is of a library that tests do not have; a wrong format fails the test itself.
  @SuppressWarnings("AnnotateFormatMethod")
  private void violation(int invariant, String text, Object... arguments) {
    violations.add("I" + invariant + " " + text.formatted(arguments));
  }
}
