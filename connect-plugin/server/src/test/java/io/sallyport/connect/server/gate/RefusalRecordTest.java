package io.sallyport.connect.server.gate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.sallyport.connect.server.Requests;
import io.sallyport.connect.server.proto.Rpc;
import io.sallyport.policy.decision.Refusal;
import io.sallyport.policy.decision.RefusalCode;
import io.sallyport.policy.principal.Principal;
import io.sallyport.policy.principal.Role;
import io.sallyport.spark.RefusedException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RefusalRecordTest {

  private static final Principal ADA = new Principal("ada", Role.ANALYST);
  private static final Refusal REFUSAL =
      RefusedException.of(RefusalCode.PARAM_INVALID, "it", "another").refusal();

  private final List<String> recorded = new ArrayList<>();
  private final RefusalRecord record =
      new RefusalRecord(
          (asking, words, refusal) -> recorded.add(asking.principal().name() + ": " + words));

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
  void recordThatCannotBeKept_changesNothing() {
    RefusalRecord broken =
        new RefusalRecord(
            (asking, words, refusal) -> {
              throw RefusedException.of(RefusalCode.STORE_UNAVAILABLE, "it", "another");
            });

    assertThatCode(() -> broken.refused(ADA, Optional.of(Rpc.GET_STATUS), REFUSAL))
        .doesNotThrowAnyException();
  }

  @Test
  void veryLongRequest_isReadInPart() {
    String text = "x".repeat(1 << 20);
    record.refused(
        ADA, Rpc.EXECUTE_PLAN, Requests.execute(Requests.id(), Requests.sql(text)), REFUSAL);

    assertThat(recorded.get(0).length()).isBetween(1024, 200 * 1024);
  }
}
