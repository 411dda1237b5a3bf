package io.sallyport.spark.weather;

import static org.assertj.core.api.Assertions.assertThat;

import io.sallyport.policy.audit.AuditEntry;
import io.sallyport.policy.audit.FileAuditLog;
import io.sallyport.policy.request.ApprovalRequest;
import io.sallyport.policy.request.RequestState;
import io.sallyport.policy.settings.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Copies of what a server left, each with one thing made wrong; the inspection must say so, and
 * nothing else must be what it says.
 */
final class Mutations {
  private final Path original;
  private final List<Acknowledged> acknowledged;
  private final Remains whole;
  private int copies;

  Mutations(Path original, List<Acknowledged> acknowledged) {
    this.original = original;
    this.acknowledged = acknowledged;
    this.whole = Remains.of(original);
  }

  /** Whether the last kill left a request of each state that is made wrong here. */
  static boolean canBeTried(Path original, KillLoop loop) {
    Mutations mutations = new Mutations(original, loop.acknowledged());
    return mutations.find(RequestState.PENDING).isPresent()
        && mutations.find(RequestState.APPROVED).isPresent();
  }

  void assertEachIsSeen() throws Exception {
    requests();
    decisions();
    artifacts();
    audit();
    steps();
  }

  private void requests() throws Exception {
    String pending = request(RequestState.PENDING).id();
    seen("I1", copy -> sql(copy, delete(pending)));
    seen(
        "I1",
        copy ->
            sql(
                copy,
                "ALTER TABLE approval_request DROP CONSTRAINT one_open_request",
                doubled("approval_request", "id", pending, "r-0000000000000000"),
                doubled("request_demand", "request_id", pending, "r-0000000000000000")));
  }

  private void decisions() throws Exception {
    String approved = request(RequestState.APPROVED).id();
    String open =
        "UPDATE approval_request SET state = 'PENDING', decided_at = NULL, open_plan_hash ="
            + " plan_hash WHERE id = '%s'";
    seen("I2", copy -> sql(copy, open.formatted(approved)));
    seen(
        "I2",
        copy ->
            sql(
                copy,
                open.formatted(approved),
                "DELETE FROM request_vote WHERE request_id = '" + approved + "'"));
    seen(
        "I6",
        copy ->
            sql(
                copy,
                "UPDATE approval_request SET state = 'APPROVED', decided_at = filed_at,"
                    + " open_plan_hash = NULL WHERE id = '"
                    + request(RequestState.PENDING).id()
                    + "'"));
    seen("I6", copy -> withoutRecords(copy, entry -> decides(entry, approved)));
  }

  private void artifacts() throws Exception {
    String artifact = request(RequestState.APPROVED).artifactId();
    String other = request(RequestState.PENDING).artifactId();
    seen("I3", copy -> Files.delete(file(copy, artifact)));
    seen(
        "I3",
        copy -> {
          byte[] bytes = Files.readAllBytes(file(copy, artifact));
          bytes[bytes.length / 2] ^= 1;
          Files.write(file(copy, artifact), bytes);
        });
    seen(
        "I3",
        copy -> {
          Files.delete(file(copy, artifact));
          Files.copy(file(copy, other), file(copy, artifact));
        });
    seen("I3", copy -> sql(copy, "DELETE FROM artifact WHERE id = '" + artifact + "'"));
    Path copy = copy();
    Files.copy(file(copy, artifact), file(copy, "0123456789abcdef0123456789abcdef"));
    Remains swept = Remains.of(copy);
    assertThat(swept.swept()).isEqualTo(1);
    assertThat(Inspection.violations(swept, acknowledged)).isEmpty();
  }

  private void audit() throws Exception {
    Acknowledged rows = step(Acknowledged.Kind.ROWS);
    seen("I6", copy -> withoutRecords(copy, entry -> isOf(entry, rows)));
    seen("I6", copy -> withoutRecords(copy, entry -> isOf(entry, step(Acknowledged.Kind.TOLD))));
    seen(
        "I6",
        copy -> {
          Path log = ClinicServer.audit(copy).resolve("audit.jsonl");
          Files.writeString(log, Files.readString(log).replaceFirst("NEEDS_APPROVAL", "RELEASED"));
        });
    String approved =
        whole.audit().stream()
            .filter(entry -> isOf(entry, rows))
            .findFirst()
            .flatMap(entry -> entry.record().request())
            .orElseThrow();
    seen(
        "I5",
        copy ->
            sql(
                copy,
                "UPDATE approval_request SET state = 'REJECTED' WHERE id = '" + approved + "'"));
  }

  private void steps() {
    Acknowledged rows = step(Acknowledged.Kind.ROWS);
    List<Acknowledged> other = new ArrayList<>(acknowledged);
    other.set(
        other.indexOf(rows),
        new Acknowledged(
            rows.kind(), rows.operation(), rows.principal(), rows.subject(), "0".repeat(64)));
    assertThat(Inspection.violations(whole, other)).isNotEmpty().allMatch(v -> v.startsWith("I5"));
    other.add(new Acknowledged(Acknowledged.Kind.WRONG, "", "", "QUERY_FAILED", ""));
    assertThat(Inspection.violations(whole, other)).anyMatch(v -> v.startsWith("I7"));
  }

  private interface Mutation {
    void in(Path copy) throws Exception;
  }

  private void seen(String invariant, Mutation mutation) throws Exception {
    Path copy = copy();
    mutation.in(copy);
    assertThat(Inspection.violations(Remains.of(copy), acknowledged))
        .as("mutation %d breaks %s", copies, invariant)
        .anyMatch(violation -> violation.startsWith(invariant));
  }

  private Path copy() throws IOException {
    copies++;
    Path copy = Files.createDirectory(original.resolve("copy" + copies));
    try (Stream<Path> files = Files.walk(original.resolve("store"))) {
      for (Path file : files.toList()) {
        Files.copy(file, copy.resolve(original.relativize(file).toString()));
      }
    }
    return copy;
  }

  private static void sql(Path copy, String... statements) throws SQLException {
    String url = Settings.load(Clinic.settings(copy)).durable().store().url();
    try (Connection connection =
            DriverManager.getConnection(
                url + ";MODE=PostgreSQL;DATABASE_TO_LOWER=TRUE", "sallyport", "");
        Statement statement = connection.createStatement()) {
      for (String each : statements) {
        statement.execute(each);
      }
    }
  }

  private static String delete(String request) {
    return ("DELETE FROM request_vote WHERE request_id = '%1$s';"
            + "DELETE FROM request_demand WHERE request_id = '%1$s';"
            + "DELETE FROM approval_request WHERE id = '%1$s'")
        .formatted(request);
  }

  /** The row once more, under another id. */
  private static String doubled(String table, String key, String id, String other) {
    return ("CREATE TEMPORARY TABLE t AS SELECT * FROM %1$s WHERE %2$s = '%3$s';"
            + "UPDATE t SET %2$s = '%4$s';"
            + "INSERT INTO %1$s SELECT * FROM t; DROP TABLE t")
        .formatted(table, key, id, other);
  }

  private static void withoutRecords(Path copy, Predicate<AuditEntry> gone) throws IOException {
    Path directory = ClinicServer.audit(copy);
    List<AuditEntry> entries;
    try (FileAuditLog log = FileAuditLog.open(directory)) {
      entries = log.read(Integer.MAX_VALUE - 1);
    }
    for (String name : List.of("audit.jsonl", "audit.head")) {
      Files.delete(directory.resolve(name));
    }
    try (FileAuditLog log = FileAuditLog.open(directory)) {
      entries.stream().filter(gone.negate()).forEach(entry -> log.append(entry.record()));
    }
  }

  private static boolean decides(AuditEntry entry, String request) {
    return entry.record().verdict().equals("DECIDED")
        && entry.record().request().filter(request::equals).isPresent();
  }

  private static boolean isOf(AuditEntry entry, Acknowledged step) {
    return entry.record().operation().equals(step.operation());
  }

  private static Path file(Path copy, String artifact) {
    return copy.resolve("store").resolve("artifacts").resolve(artifact + ".artifact");
  }

  /** One in this state that was told of, and decided by an acknowledged step if it is decided. */
  private Optional<ApprovalRequest> find(RequestState state) {
    return whole.requests().stream()
        .filter(request -> request.state() == state)
        .filter(
            request ->
                acknowledged.stream()
                    .anyMatch(
                        step ->
                            step.subject().equals(request.id())
                                && (state.isOpen() || step.outcome().equals(state.name()))))
        .findFirst();
  }

  private ApprovalRequest request(RequestState state) {
    return find(state).orElseThrow();
  }

  private Acknowledged step(Acknowledged.Kind kind) {
    return acknowledged.stream().filter(step -> step.kind() == kind).findFirst().orElseThrow();
  }
}
