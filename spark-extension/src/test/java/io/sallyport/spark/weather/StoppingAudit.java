package io.sallyport.spark.weather;

import io.sallyport.policy.audit.AuditEntry;
import io.sallyport.policy.audit.AuditLog;
import io.sallyport.policy.audit.AuditRecord;
import java.util.List;
import java.util.function.Predicate;

/** An audit log with failure points around its appends. */
record StoppingAudit(AuditLog log) implements AuditLog {

  @Override
  public void append(AuditRecord record) {
    if (record.verdict().equals("STORED")) {
      FailurePoint.RESULT_UNRECORDED.reached();
    }
    log.append(record);
    switch (record.verdict()) {
      case "NEEDS_APPROVAL" -> FailurePoint.REQUEST_RECORDED.reached();
      case "DECIDED" -> FailurePoint.DECISION_RECORDED.reached();
      case "RELEASED" -> {
        if (record.request().isPresent()) {
          FailurePoint.RELEASE_RECORDED.reached();
        }
      }
      default -> {}
    }
  }

  @Override
  public List<AuditEntry> read(int limit, Predicate<AuditRecord> wanted) {
    return log.read(limit, wanted);
  }

  @Override
  public void close() {
    log.close();
  }
}
