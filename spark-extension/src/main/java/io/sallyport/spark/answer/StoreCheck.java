package io.sallyport.spark.answer;

import io.sallyport.policy.audit.AuditEntry;
import io.sallyport.policy.audit.AuditLog;
import io.sallyport.policy.audit.AuditRecord;
import io.sallyport.policy.request.ApprovalDesk;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Whether the store still has what the audit log knows of: requests are never deleted, so a store
 * without one of them is an old copy, or has lost what was committed. Such a store must not be
 * worked with: decisions would be forgotten, and results swept as nobody's.
 */
public final class StoreCheck {

  private static final int NEWEST_RECORDS = 1_000;
  private static final Pattern REQUEST = Pattern.compile("\\br-[0-9a-f]{16}\\b");

  private StoreCheck() {}

  /**
   * Looks for every request that the newest audit records name.
   *
   * @throws IllegalStateException naming one that the store does not have
   */
  public static void requireComplete(ApprovalDesk desk, AuditLog audit) {
    Set<String> known = new TreeSet<>();
    for (AuditEntry entry : audit.read(NEWEST_RECORDS)) {
      AuditRecord record = entry.record();
      record.request().ifPresent(known::add);
      if (record.verdict().equals("NEEDS_APPROVAL")) {
        record.grounds().forEach(ground -> addNamed(ground, known));
      }
    }
    for (String request : known) {
      if (desk.find(request).isEmpty()) {
        throw new IllegalStateException(
            "Sallyport does not start: the audit log names request %s, which the store does not have,"
                    .formatted(request)
                + " so the store is not the one that goes with this log, or has lost what it had."
                + " Restore the store from a copy; or begin a new store and a new log together");
      }
    }
  }

  private static void addNamed(String text, Set<String> known) {
    Matcher matcher = REQUEST.matcher(text);
    while (matcher.find()) {
      known.add(matcher.group());
    }
  }
}
