package io.sallyport.connect.server.gate;

import static org.assertj.core.api.Assertions.assertThat;

import io.sallyport.connect.server.Requests;
import io.sallyport.connect.server.proto.Rpc;
import io.sallyport.policy.audit.CountedRefusals;
import io.sallyport.policy.decision.Refusal;
import io.sallyport.policy.decision.RefusalCode;
import io.sallyport.policy.principal.Principal;
import io.sallyport.policy.principal.Role;
import io.sallyport.spark.Asking;
import io.sallyport.spark.RefusedException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RefusalRecordTest {

  private static final Principal ADA = new Principal("ada", Role.ANALYST);
  private static final Principal BOB = new Principal("bob", Role.ANALYST);
  private static final Refusal REFUSAL =
      RefusedException.of(RefusalCode.PARAM_INVALID, "it", "another").refusal();

  private final HandClock clock = new HandClock();
  private final List<String> recorded = new ArrayList<>();
  private final List<String> counted = new ArrayList<>();
  private final RefusalRecord record = new RefusalRecord(new Kept(), clock);

  @Test
  void whatWasAsked_isOnRecord_withItsTextsAndWithoutItsHead() {
    record.refused(
        ADA,
        Rpc.EXECUTE_PLAN,
        Requests.execute(Requests.id(), Requests.sql("SELECT name FROM people")),
        REFUSAL);
    record.refused(
        ADA, Rpc.ANALYZE_PLAN, Requests.schema(Requests.id(), Requests.table("visits")), REFUSAL);
    record.refused(ADA, Optional.empty(), REFUSAL);

    assertThat(recorded)
        .containsExactly(
            "ada: RPC ExecutePlan\nquery: SELECT name FROM people",
            "ada: RPC AnalyzePlan\nunparsed_identifier: visits",
            "ada: an RPC that does not exist");
  }

  @Test
  void manyRefusals_areCounted_andTheirNumberIsOnRecordWhenTheMinuteIsOver() {
    for (int i = 0; i < 500; i++) {
      record.refused(ADA, Optional.of(Rpc.GET_STATUS), REFUSAL);
    }
    record.refused(BOB, Optional.of(Rpc.GET_STATUS), REFUSAL);

    assertThat(recorded).hasSize(61).last().asString().startsWith("bob");
    record.sweep();
    assertThat(counted).isEmpty();
    clock.pass(Duration.ofMinutes(1));
    record.sweep();
    assertThat(counted)
        .containsExactly(
            "ada: further refusals in the minute of 2026-01-01T00:00:00Z: PARAM_INVALID 440"
                + " [RPC GetStatus]");
  }

  @Test
  void veryLongRequest_isReadInPart() {
    String text = "x".repeat(1 << 20);
    record.refused(
        ADA, Rpc.EXECUTE_PLAN, Requests.execute(Requests.id(), Requests.sql(text)), REFUSAL);

    assertThat(recorded.get(0).length()).isBetween(1024, 200 * 1024);
  }

  private final class Kept implements RefusalRecord.Sink {

    @Override
    public void refused(Asking asking, String words, Refusal refusal) {
      recorded.add(asking.principal().name() + ": " + words);
    }

    @Override
    public void refused(Principal principal, CountedRefusals further, List<String> frames) {
      counted.add(principal.name() + ": " + further.text() + " " + frames);
    }

    @Override
    public List<String> named(String words) {
      return List.of(words);
    }
  }
}
