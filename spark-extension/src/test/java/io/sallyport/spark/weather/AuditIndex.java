package io.sallyport.spark.weather;

import io.sallyport.policy.audit.AuditEntry;
import io.sallyport.policy.request.ApprovalRequest;
import io.sallyport.policy.request.RequestState;
import io.sallyport.policy.request.Vote;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** An audit's records by operation, and its decisions by request. */
record AuditIndex(
    Map<String, List<AuditEntry>> byOperation,
    Map<String, List<AuditEntry>> decisions,
    List<AuditEntry> releases) {

  /** Takes note of a violation. */
  interface Notes {
    void violation(int invariant, String text, Object... arguments);
  }

  static AuditIndex of(List<AuditEntry> entries) {
    Map<String, List<AuditEntry>> byOperation = new HashMap<>();
    Map<String, List<AuditEntry>> decisions = new HashMap<>();
    List<AuditEntry> releases = new ArrayList<>();
    for (AuditEntry entry : entries) {
      byOperation.computeIfAbsent(entry.record().operation(), key -> new ArrayList<>()).add(entry);
      if (entry.record().request().isPresent()) {
        if (entry.record().verdict().equals("DECIDED")) {
          decisions
              .computeIfAbsent(entry.record().request().get(), key -> new ArrayList<>())
              .add(entry);
        } else {
          releases.add(entry);
        }
      }
    }
    return new AuditIndex(byOperation, decisions, releases);
  }

  private Optional<AuditEntry> record(Acknowledged step, String verdict) {
    return byOperation.getOrDefault(step.operation(), List.of()).stream()
        .filter(entry -> entry.record().verdict().equals(verdict))
        .filter(entry -> entry.record().principal().equals(step.principal()))
        .findFirst();
  }

  void requireRecord(Acknowledged step, String verdict, Notes notes) {
    if (record(step, verdict).isEmpty()) {
      notes.violation(6, "%s is not in the audit", step);
    }
  }

  /** The request under which rows left. */
  Optional<String> released(Acknowledged step) {
    return record(step, "RELEASED").flatMap(entry -> entry.record().request());
  }

  boolean isApproval(Acknowledged step) {
    return record(step, "DECIDED").filter(AuditIndex::approves).isPresent();
  }

  /** Whether the requester ever said anew why: then votes were void. */
  boolean isJustified(String request) {
    return decisions.getOrDefault(request, List.of()).stream()
        .anyMatch(entry -> says(entry, " justifies"));
  }

  /** Whether the requester said anew why, after this. */
  boolean isJustifiedAfter(Acknowledged step) {
    long from = record(step, "DECIDED").map(AuditEntry::sequence).orElse(0L);
    return decisions.getOrDefault(step.subject(), List.of()).stream()
        .anyMatch(entry -> entry.sequence() > from && says(entry, " justifies"));
  }

  /** Nothing has an effect that was not on record: no vote, no approval, no end. */
  void requireDecisions(ApprovalRequest request, Notes notes) {
    List<AuditEntry> all = decisions.getOrDefault(request.id(), List.of());
    for (Vote vote : request.votes()) {
      boolean recorded =
          all.stream()
              .anyMatch(
                  entry ->
                      entry.record().principal().equals(vote.decider())
                          && (approves(entry) == vote.approves())
                          && !entry.record().time().isAfter(vote.at()));
      if (!recorded) {
        notes.violation(6, "a vote on request %s has no record before it", request.id());
      }
    }
    boolean ended = !request.state().isOpen() && request.state() != RequestState.EXPIRED;
    String act =
        switch (request.state()) {
          case APPROVED -> " approves";
          case REJECTED -> " rejects";
          case WITHDRAWN -> " withdraws";
          case RETURNED -> " returns";
          case PENDING, EXPIRED -> "";
        };
    boolean acted = ended || request.state() == RequestState.RETURNED;
    if (acted && all.stream().noneMatch(entry -> says(entry, act))) {
      notes.violation(6, "request %s is %s without a record", request.id(), request.state());
    }
    if (request.state() == RequestState.APPROVED && request.votes().isEmpty()) {
      notes.violation(6, "request %s is approved by nobody", request.id());
    }
  }

  /** Whatever left under a request, acknowledged or not, left after the approval of just that. */
  void requireApproved(Map<String, ApprovalRequest> requests, Notes notes) {
    for (AuditEntry entry : releases) {
      String id = entry.record().request().orElseThrow();
      Optional<ApprovalRequest> request =
          Optional.ofNullable(requests.get(id))
              .filter(each -> each.state() == RequestState.APPROVED)
              .filter(each -> entry.record().resultHash().equals(Optional.of(each.resultHash())))
              .filter(each -> each.key().principal().equals(entry.record().principal()));
      boolean before =
          decisions.getOrDefault(id, List.of()).stream()
              .anyMatch(decision -> decision.sequence() < entry.sequence() && approves(decision));
      if (request.isEmpty() || !before) {
        notes.violation(5, "record %d released what no approval lets out", entry.sequence());
      }
    }
  }

  private static boolean approves(AuditEntry entry) {
    return says(entry, " approves");
  }

  private static boolean says(AuditEntry entry, String act) {
    return entry
        .record()
        .decision()
        .filter(text -> text.startsWith(entry.record().principal() + act))
        .isPresent();
  }
}
