package io.sallyport.policy.audit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** Audit records and logs for tests. */
final class Records {
  private Records() {}

  static AuditRecord released(String operation) {
    return new AuditRecord(
        Instant.parse("2026-01-02T03:04:05.678Z"),
        "ada",
        "session-1",
        operation,
        "Aggregate [ward], [count(1)]\n  Frame stays: \"é\" \u2028 \ud83d\ude00",
        "planhash",
        "3fa9",
        List.of("stays"),
        "RELEASED",
        Optional.empty(),
        List.of(),
        Optional.of("resulthash"),
        OptionalLong.of(12),
        Optional.of("r-1"),
        Optional.of("approved by olga"),
        Optional.of("epsilon 1"));
  }

  static AuditRecord refused(String operation) {
    return new AuditRecord(
        Instant.parse("2026-01-02T03:04:06Z"),
        "bob",
        "session-2",
        operation,
        "Frame stays",
        "planhash",
        "3fa9",
        List.of("stays", "zips"),
        "REFUSED",
        Optional.of("RAW_OUTPUT"),
        List.of("rows", "more"),
        Optional.empty(),
        OptionalLong.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  /** A closed log of so many records, whose operations are op-1, op-2 and so on. */
  static void write(Path directory, int count) {
    try (FileAuditLog log = FileAuditLog.open(directory)) {
      for (int i = 1; i <= count; i++) {
        log.append(i % 2 == 0 ? refused("op-" + i) : released("op-" + i));
      }
    }
  }

  static List<String> lines(Path directory) throws IOException {
    return Files.readString(directory.resolve("audit.jsonl")).lines().toList();
  }

  static void rewrite(Path directory, List<String> lines) throws IOException {
    Files.writeString(directory.resolve("audit.jsonl"), String.join("\n", lines) + "\n");
  }
}
