package io.sallyport.spark.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sallyport.policy.audit.AuditEntry;
import io.sallyport.policy.audit.AuditLog;
import io.sallyport.policy.audit.AuditRecord;
import io.sallyport.policy.audit.CountedLooks;
import io.sallyport.policy.audit.CountedRefusals;
import io.sallyport.policy.audit.StoreUnavailableException;
import io.sallyport.policy.decision.Refusal;
import io.sallyport.policy.decision.RefusalCode;
import io.sallyport.policy.frame.PolicySet;
import io.sallyport.policy.notify.Probing;
import io.sallyport.policy.principal.Principal;
import io.sallyport.policy.principal.Role;
import io.sallyport.policy.settings.Settings;
import io.sallyport.spark.Asking;
import io.sallyport.spark.RefusedException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

/** Whoever asks very much is on record all the same, in numbers. */
final class FloodedRecordTest {

  private static final Asking ADA = new Asking(new Principal("ada", Role.ANALYST), "s", "o");
  private static final Asking BOB = new Asking(new Principal("bob", Role.ANALYST), "s", "o");
  private static final PolicySet POLICIES =
      Settings.load(
              Map.of(
                  "spark.sallyport.frame.people.table", "clinic.people",
                  "spark.sallyport.frame.people.privacy-unit", "row"))
          .policies();

  private final Kept kept = new Kept();
  private final List<Probing> probing = new ArrayList<>();
  private final HandClock clock = new HandClock();
  private final AuditTrail trail = new AuditTrail(kept, () -> POLICIES, clock, 5, probing::add);

  @Test
  void refusalsBeforeAndAfterAPlanExists_areOneNumber_byCode() {
    for (int i = 0; i < 10; i++) {
      trail.refused(ADA, "SELECT reflect() FROM people", refusal(RefusalCode.FUNCTION_NOT_ALLOWED));
      trail.refused(ADA, question(), refusal(RefusalCode.RAW_OUTPUT));
      trail.refused(ADA, question(), refusal(RefusalCode.QUERY_FAILED));
    }
    trail.refused(BOB, question(), refusal(RefusalCode.RAW_OUTPUT));

    assertThat(kept.records).filteredOn(of("FAILED")).hasSize(10);
    assertThat(kept.records.get(kept.records.size() - 1).principal()).isEqualTo("bob");
    assertThat(numbers()).as("the first, second, fourth and eighth").hasSize(4);
    clock.now = clock.now.plus(Duration.ofMinutes(1));
    trail.sweep();
    assertThat(numbers()).hasSize(5);
    assertThat(kept.records).hasSize(5 + 10 + 1 + 5);
    Map<String, Integer> all = new TreeMap<>();
    numbers().forEach(one -> one.byCode().forEach((code, n) -> all.merge(code, n, Integer::sum)));
    assertThat(all).isEqualTo(Map.of("FUNCTION_NOT_ALLOWED", 7, "RAW_OUTPUT", 8));
    AuditRecord number = kept.records.get(kept.records.size() - 1);
    assertThat(number.principal()).isEqualTo("ada");
    assertThat(number.frames()).containsExactly("people");
  }

  private List<CountedRefusals> numbers() {
    return kept.records.stream().flatMap(record -> CountedRefusals.of(record).stream()).toList();
  }

  @Test
  void whatDependsOnData_isAlwaysOnRecord() {
    for (int i = 0; i < 20; i++) {
      trail.refused(ADA, question(), refusal(RefusalCode.RAW_OUTPUT));
      trail.refused(ADA, question(), refusal(RefusalCode.SMALL_GROUP));
    }
    long small =
        kept.records.stream()
            .filter(record -> record.code().filter("SMALL_GROUP"::equals).isPresent())
            .count();

    assertThat(small).isEqualTo(20);
  }

  @Test
  void recordThatCannotBeKept_usesNothingUp() {
    kept.full = true;
    for (int i = 0; i < 10; i++) {
      assertThatThrownBy(() -> trail.described(ADA, QuestionText.of("p"), List.of("people")))
          .isInstanceOf(RefusedException.class);
    }
    kept.full = false;
    trail.described(ADA, QuestionText.of("p"), List.of("people"));

    assertThat(kept.records).hasSize(1).allMatch(of("DESCRIBED"));
  }

  @Test
  void commentsAndAliases_areNoOtherQuestion() {
    for (int i = 0; i < 20; i++) {
      trail.refused(
          ADA,
          "SELECT /* %d */ max(age) AS a%d FROM people -- x%d".formatted(i, i, i),
          refusal(RefusalCode.AGG_NOT_ALLOWED));
    }

    assertThat(probing).hasSize(1);
  }

  @Test
  void looks_areCountedApartFromRefusals() {
    for (int i = 0; i < 12; i++) {
      trail.described(ADA, QuestionText.of("a plan"), List.of("people"));
      trail.explained(ADA, question());
    }
    trail.described(ADA, QuestionText.of("a plan of nothing governed"), List.of());
    trail.refused(ADA, question(), refusal(RefusalCode.RAW_OUTPUT));

    assertThat(kept.records).hasSize(17);
    trail.flush();
    assertThat(kept.records).hasSize(19);
    assertThat(kept.records.stream().filter(of("DESCRIBED")).mapToInt(CountedLooks::in).sum())
        .isEqualTo(12);
    assertThat(kept.records.stream().filter(of("EXPLAINED")).mapToInt(CountedLooks::in).sum())
        .isEqualTo(12);
    assertThat(kept.records)
        .allSatisfy(record -> assertThat(record.frames()).containsExactly("people"));
  }

  @Test
  void requests_areNeverOnlyNumbers() {
    for (int i = 0; i < 20; i++) {
      trail.refused(ADA, question(), refusal(RefusalCode.APPROVAL_REQUIRED));
    }

    assertThat(kept.records).hasSize(20).allMatch(of("NEEDS_APPROVAL"));
  }

  @Test
  void questionsThatDifferInTheirConstants_areTold_onceAnHour() {
    for (int i = 0; i < 60; i++) {
      trail.refused(
          ADA,
          "SELECT count(*) FROM people WHERE age > " + i + " AND name = 'n" + i + "'",
          refusal(RefusalCode.SMALL_GROUP));
      trail.refused(BOB, "SELECT f" + "x".repeat(i) + "(1)", refusal(RefusalCode.PARAM_INVALID));
    }

    assertThat(probing)
        .containsExactly(
            new Probing(Probing.Pattern.REFUSALS, "ada", 20, List.of("people"), clock.instant()));
    clock.now = clock.now.plus(Duration.ofMinutes(61));
    for (int i = 0; i < 20; i++) {
      trail.refused(
          ADA,
          "SELECT count(*)  FROM people WHERE age > 1e" + i + " AND name = ''",
          refusal(RefusalCode.SMALL_GROUP));
    }
    assertThat(probing).hasSize(2);
  }

  @Test
  void refusalsNowAndThen_areNotTold() {
    for (int i = 0; i < 60; i++) {
      trail.refused(ADA, "SELECT name FROM people", refusal(RefusalCode.RAW_OUTPUT));
      clock.now = clock.now.plus(Duration.ofMinutes(11));
    }

    assertThat(probing).isEmpty();
  }

  private static Predicate<AuditRecord> of(String verdict) {
    return record -> record.verdict().equals(verdict);
  }

  private static QuestionText question() {
    return new QuestionText("a question", "0".repeat(64), List.of("people"));
  }

  private static Refusal refusal(RefusalCode code) {
    return RefusedException.of(code, "it", "another").refusal();
  }

  private static final class Kept implements AuditLog {
    private final List<AuditRecord> records = new ArrayList<>();
    private boolean full;

    @Override
    public void append(AuditRecord record) {
      if (full) {
        throw new StoreUnavailableException("full");
      }
      records.add(record);
    }

    @Override
    public List<AuditEntry> read(int limit, Predicate<AuditRecord> wanted) {
      return List.of();
    }

    @Override
    public void close() {}
  }

  private static final class HandClock extends Clock {
    private Instant now = Instant.parse("2026-01-01T00:00:00Z");

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }

    @Override
    public Instant instant() {
      return now;
    }
  }
}
