package io.sallyport.spark.answer;

import io.sallyport.policy.audit.AuditEntry;
import io.sallyport.policy.audit.AuditLog;
import io.sallyport.policy.audit.AuditRecord;
import io.sallyport.policy.request.ApprovalRequest;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** What analysts already got from frames, out of the audit's newest records. */
final class EarlierAnswers {

  private static final int NEWEST_RECORDS = 10_000;
  private static final int SHOWN = 10;

  private final AuditLog audit;

  EarlierAnswers(AuditLog audit) {
    this.audit = audit;
  }

  /** Reads the log once, for a whole table of requests. */
  Index index() {
    Map<String, List<AuditRecord>> released = new HashMap<>();
    for (AuditEntry entry : audit.read(NEWEST_RECORDS)) {
      AuditRecord record = entry.record();
      if (record.verdict().equals("RELEASED") && !record.frames().isEmpty()) {
        released.computeIfAbsent(record.principal(), name -> new ArrayList<>()).add(record);
      }
    }
    return new Index(released);
  }

  /** By principal. */
  record Index(Map<String, List<AuditRecord>> released) {

    /** How many answers the requester got from the same frames, and the newest of them. */
    String of(ApprovalRequest request) {
      Set<String> frames =
          request.demands().stream().map(d -> d.frame().value()).collect(Collectors.toSet());
      List<AuditRecord> same =
          released.getOrDefault(request.key().principal(), List.of()).stream()
              .filter(record -> record.frames().stream().anyMatch(frames::contains))
              .sorted((a, b) -> b.time().compareTo(a.time()))
              .toList();
      String newest =
          same.stream()
              .limit(SHOWN)
              .map(record -> record.time() + " " + firstLine(record.question()) + rows(record))
              .collect(Collectors.joining("\n"));
      return same.size() + " answers" + (same.isEmpty() ? "" : "\n" + newest);
    }

    private static String rows(AuditRecord record) {
      return record.rowsOut().isPresent() ? " (" + record.rowsOut().getAsLong() + " rows)" : "";
    }

    private static String firstLine(String question) {
      return question.lines().findFirst().orElse("");
    }
  }
}
