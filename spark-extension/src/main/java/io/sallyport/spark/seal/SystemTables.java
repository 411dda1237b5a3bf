package io.sallyport.spark.seal;

import io.sallyport.policy.artifact.ResultName;
import io.sallyport.policy.audit.AuditEntry;
import io.sallyport.policy.audit.AuditLog;
import io.sallyport.policy.audit.AuditRecord;
import io.sallyport.policy.frame.Frame;
import io.sallyport.policy.frame.FrameName;
import io.sallyport.policy.frame.PolicySet;
import io.sallyport.policy.principal.Principal;
import io.sallyport.policy.principal.Role;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;

/**
 * Our own tables: {@code sallyport.frames}, what exists and under which terms, for everybody; and
 * {@code sallyport.audit}, the record of every question about frames, for owner and reviewers; and
 * {@code sallyport.activity}, how often who asked about them and was refused ({@link Activity}).
 * Results' keyed names are in it only where that owner may decide on the whole answer.
 */
public final class SystemTables implements NamedTables {

  private static final int NEWEST_RECORDS = 10_000;

  private final FrameCatalog frames;
  private final PolicySet policies;
  private final AuditLog audit;

  public SystemTables(FrameCatalog frames, PolicySet policies, AuditLog audit) {
    this.frames = frames;
    this.policies = policies;
    this.audit = audit;
  }

  @Override
  public Optional<LogicalPlan> find(List<String> nameParts, Principal principal) {
    return switch (String.join(".", nameParts).toLowerCase(Locale.ROOT)) {
      case "sallyport.frames" -> Optional.of(frames());
      case "sallyport.audit" ->
          decides(principal) ? Optional.of(audit(principal)) : Optional.empty();
      case "sallyport.activity" ->
          decides(principal) ? Optional.of(activity(decided(principal))) : Optional.empty();
      default -> Optional.empty();
    };
  }

  private boolean decides(Principal principal) {
    return principal.role() == Role.OWNER || !decided(principal).isEmpty();
  }

  /** The record of the frames on which somebody decides, the newest last. */
  public List<AuditEntry> record(Principal decider, int newest) {
    return audit.read(newest, names(decided(decider)));
  }

  private LogicalPlan frames() {
    List<List<String>> rows = new ArrayList<>();
    for (FrameTable table : frames.tables()) {
      rows.add(
          List.of(
              table.name().value(),
              table.frame().flatMap(Frame::owner).orElse(""),
              columns(table),
              table.frame().map(f -> f.unit().fold(c -> c.name(), row -> "row")).orElse(""),
              table.frame().map(f -> f.policy().automatic().text()).orElse("public"),
              policies.version()));
    }
    return TextTable.of(
        List.of("frame", "owner", "columns", "privacy_unit", "automatic", "policy_version"), rows);
  }

  /** Names and types; comments stay with the owner. */
  private static String columns(FrameTable table) {
    return Arrays.stream(table.schema().fields())
        .map(field -> field.name() + " " + field.dataType().catalogString())
        .collect(Collectors.joining(", "));
  }

  /** Of the owner's frames, and of what names none; neither pushes the other out. */
  private LogicalPlan activity(Set<String> own) {
    List<AuditEntry> entries = new ArrayList<>(audit.read(NEWEST_RECORDS, names(own)));
    entries.addAll(audit.read(NEWEST_RECORDS, Activity::namesNone));
    entries.sort(Comparator.comparingLong(AuditEntry::sequence));
    return Activity.of(entries, own);
  }

  private static Predicate<AuditRecord> names(Set<String> own) {
    return record -> record.frames().stream().anyMatch(own::contains);
  }

  private LogicalPlan audit(Principal owner) {
    List<List<String>> rows = new ArrayList<>();
    for (AuditEntry entry : record(owner, NEWEST_RECORDS)) {
      rows.add(row(entry, entry.record(), resultName(entry.record(), owner)));
    }
    return TextTable.of(
        List.of(
            "number",
            "time",
            "principal",
            "verdict",
            "code",
            "frames",
            "question",
            "grounds",
            "result_hash",
            "rows_out",
            "request",
            "decision",
            "policy_version",
            "hash",
            "cost"),
        rows);
  }

  /** The frames that are somebody's as their owner or reviewer. */
  private Set<String> decided(Principal person) {
    return policies.frames().stream()
        .filter(frame -> frame.deciders().contains(person.name()))
        .map(Frame::name)
        .map(FrameName::value)
        .collect(Collectors.toUnmodifiableSet());
  }

  /**
   * For those who may decide on everything that the answer is made of, and did not ask for it;
   * empty for others. A plain hash, of a record from before names were keyed, is for nobody.
   */
  private Optional<String> resultName(AuditRecord record, Principal owner) {
    boolean decides =
        !record.principal().equals(owner.name())
            && record.frames().stream().allMatch(frame -> mayDecide(frame, owner));
    return record.resultHash().filter(name -> decides).flatMap(ResultName::shown);
  }

  private boolean mayDecide(String name, Principal owner) {
    return FrameName.parse(name)
        .flatMap(policies::frame)
        .map(Frame::deciders)
        .filter(deciders -> deciders.isEmpty() || deciders.contains(owner.name()))
        .isPresent();
  }

  private static List<String> row(
      AuditEntry entry, AuditRecord record, Optional<String> resultName) {
    return Arrays.asList(
        String.valueOf(entry.sequence()),
        record.time().toString(),
        record.principal(),
        record.verdict(),
        record.code().orElse(""),
        String.join(", ", record.frames()),
        record.question(),
        String.join("; ", record.grounds()),
        resultName.orElse(null),
        record.rowsOut().isPresent() ? String.valueOf(record.rowsOut().getAsLong()) : "",
        record.request().orElse(""),
        record.decision().orElse(""),
        record.policyVersion(),
        entry.hash(),
        record.cost().orElse(""));
  }
}
