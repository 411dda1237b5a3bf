package io.sallyport.spark.seal;

import io.sallyport.policy.audit.AuditEntry;
import io.sallyport.policy.audit.AuditRecord;
import io.sallyport.policy.audit.CountedLooks;
import io.sallyport.policy.audit.CountedRefusals;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;

/**
 * {@code sallyport.activity}: for each analyst and each of an owner's frames, how often they were
 * answered, put before owners, refused and failed, how often they only looked (a plan was
 * described, a question explained), and refused for what. Refusals that name no frame stand under
 * no frame, for every owner: whoever probes may probe theirs next. Calls that nobody known made
 * stand under no analyst.
 */
final class Activity {

  private static final List<String> COLUMNS =
      List.of(
          "principal",
          "frame",
          "answered",
          "asked_owners",
          "refused",
          "failed",
          "looked_at",
          "refused_for",
          "last_time");

  private static final Set<String> ANSWERED = Set.of("RELEASED", "STORED");

  private record Key(String principal, String frame) implements Comparable<Key> {
    @Override
    public int compareTo(Key other) {
      int byName = principal.compareTo(other.principal);
      return byName != 0 ? byName : frame.compareTo(other.frame);
    }
  }

  /** What one analyst did with one frame. */
  private static final class Counts {
    private final Map<String, Integer> verdicts = new HashMap<>();
    private final SortedMap<String, Integer> codes = new TreeMap<>();
    private int looks;
    private String last = "";

    void add(AuditRecord record) {
      last = record.time().toString();
      looks += CountedLooks.in(record);
      CountedRefusals.of(record)
          .ifPresentOrElse(many -> many.byCode().forEach(this::refused), () -> one(record));
    }

    private void one(AuditRecord record) {
      if (record.verdict().equals("REFUSED")) {
        refused(record.code().orElse("?"), 1);
      } else {
        verdicts.merge(record.verdict(), 1, Integer::sum);
      }
    }

    /** What was counted together had verdicts of its own. */
    private void refused(String code, int count) {
      if (code.startsWith("APPROVAL_")) {
        verdicts.merge("NEEDS_APPROVAL", count, Integer::sum);
      } else if (code.equals("QUERY_FAILED")) {
        verdicts.merge("FAILED", count, Integer::sum);
      } else {
        codes.merge(code, count, Integer::sum);
      }
    }

    private String of(Set<String> these) {
      return String.valueOf(
          these.stream().mapToInt(verdict -> verdicts.getOrDefault(verdict, 0)).sum());
    }

    List<String> row(Key key) {
      return List.of(
          key.principal(),
          key.frame(),
          of(ANSWERED),
          of(Set.of("NEEDS_APPROVAL")),
          String.valueOf(codes.values().stream().mapToInt(Integer::intValue).sum()),
          of(Set.of("FAILED")),
          String.valueOf(looks),
          codes.entrySet().stream()
              .map(code -> code.getKey() + " " + code.getValue())
              .collect(Collectors.joining(", ")),
          last);
    }
  }

  private Activity() {}

  /**
   * The table of an owner's frames.
   *
   * @param entries the newest records, oldest first
   */
  static LogicalPlan of(List<AuditEntry> entries, Set<String> frames) {
    SortedMap<Key, Counts> activity = new TreeMap<>();
    for (AuditEntry entry : entries) {
      AuditRecord record = entry.record();
      for (String frame : concerned(record, frames)) {
        activity
            .computeIfAbsent(new Key(record.principal(), frame), key -> new Counts())
            .add(record);
      }
    }
    List<List<String>> rows = new ArrayList<>();
    activity.forEach((key, counts) -> rows.add(counts.row(key)));
    return TextTable.of(COLUMNS, rows);
  }

  /** Whether it is a refusal that concerns every owner. */
  static boolean namesNone(AuditRecord record) {
    return record.frames().isEmpty() && record.verdict().equals("REFUSED");
  }

  private static List<String> concerned(AuditRecord record, Set<String> frames) {
    if (record.frames().isEmpty()) {
      return namesNone(record) && !frames.isEmpty() ? List.of("") : List.of();
    }
    return record.frames().stream().filter(frames::contains).toList();
  }
}
