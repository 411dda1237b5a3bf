package io.sallyport.spark.weather;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sallyport.policy.audit.AuditEntry;
import io.sallyport.policy.audit.AuditLog;
import io.sallyport.policy.audit.AuditRecord;
import io.sallyport.policy.settings.Settings;
import io.sallyport.spark.answer.DurableState;
import io.sallyport.spark.answer.StoreCheck;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Predicate;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A store that lacks what the audit log knows is told from one that is whole, at start-up. */
final class OldCopyOfTheStoreTest {

  private static final String REQUEST = "r-0123456789abcdef";

  @TempDir Path directory;

  @Test
  void requestInTheLogButNotInTheStore_isAClearErrorAtStartUp() {
    try (DurableState durable = open()) {
      for (AuditRecord record :
          List.of(
              record("DECIDED", Optional.of(REQUEST), List.of()),
              record("NEEDS_APPROVAL", Optional.empty(), List.of("request " + REQUEST + " is")))) {
        assertThatThrownBy(() -> StoreCheck.requireComplete(durable.desk(), new Log(record)))
            .isInstanceOf(IllegalStateException.class)
            .hasMessageContaining(REQUEST)
            .hasMessageContaining("Restore the store from a copy");
      }
    }
  }

  @Test
  void refusalThatNamesARequest_isNoReasonNotToStart() {
    try (DurableState durable = open()) {
      AuditRecord asked = record("REFUSED", Optional.empty(), List.of("no request " + REQUEST));

      assertThatCode(() -> StoreCheck.requireComplete(durable.desk(), new Log(asked)))
          .doesNotThrowAnyException();
      assertThat(durable.desk().find(REQUEST)).isEmpty();
    }
  }

  private DurableState open() {
    return DurableState.open(
        Settings.load(Clinic.settings(directory)), new Configuration(), Clock.systemUTC());
  }

  private static AuditRecord record(
      String verdict, Optional<String> request, List<String> grounds) {
    return new AuditRecord(
        Instant.EPOCH,
        "ada",
        "",
        "",
        "a question",
        "hash",
        "version",
        List.of(),
        verdict,
        Optional.empty(),
        grounds,
        Optional.empty(),
        OptionalLong.empty(),
        request,
        Optional.empty(),
        Optional.empty());
  }

  private record Log(AuditRecord record) implements AuditLog {
    @Override
    public void append(AuditRecord more) {
      throw new AssertionError("Nothing is recorded");
    }

    @Override
    public List<AuditEntry> read(int limit, Predicate<AuditRecord> wanted) {
      return List.of(new AuditEntry(1, record, "0".repeat(64), "0".repeat(64)));
    }

    @Override
    public void close() {}
  }
}
