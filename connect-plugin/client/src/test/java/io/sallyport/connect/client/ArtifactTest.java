package io.sallyport.connect.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.sallyport.connect.client.Progress.Phase;
import io.sallyport.connect.protocol.AnswerSchemas;
import io.sallyport.connect.protocol.AnsweredVerdict;
import io.sallyport.connect.protocol.ApprovalState;
import io.sallyport.connect.protocol.Request;
import io.sallyport.connect.protocol.SizeClass;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.connect.proto.Relation;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;

final class ArtifactTest {

  private final FakeServer server = new FakeServer();
  private final ManualTime time = new ManualTime();
  private final Offline offline = Offline.with(server, time.patience());

  private Artifact collected(String verdict, String size) {
    server.answers(Rows.collected(verdict, size));
    return offline.frame("stays", "ward STRING, n BIGINT").collect();
  }

  @Test
  void collect_sendsThePlan_andGivesAHandle() throws Exception {
    RemoteLazyFrame frame = offline.frame("stays", "ward STRING, n BIGINT").filter("n > 3");
    server.answers(Rows.collected("RELEASE", "UP_TO_100"));

    Artifact artifact = frame.collect();

    assertThat(artifact.id()).isEqualTo(Rows.ARTIFACT);
    assertThat(artifact.schema()).isEqualTo(Rows.SCHEMA);
    assertThat(artifact.verdict()).isEqualTo(AnsweredVerdict.RELEASE);
    assertThat(artifact.grounds()).isEmpty();
    assertThat(artifact.sizeClass()).isEqualTo(SizeClass.UP_TO_100);
    Request.Collect sent = (Request.Collect) server.asked().get(0);
    Relation relation = Relation.parseFrom(sent.relation().toByteArray());
    assertThat(relation.hasFilter()).isTrue();
    assertThat(relation.getFilter().getInput().getRead().getNamedTable().getUnparsedIdentifier())
        .isEqualTo("stays");
  }

  @Test
  void collect_thatNeedsApproval_saysWhy() {
    Artifact artifact = collected("NEEDS_APPROVAL", "UNKNOWN");

    assertThat(artifact.verdict()).isEqualTo(AnsweredVerdict.NEEDS_APPROVAL);
    assertThat(artifact.grounds())
        .containsExactly(new Ground("stays", "SMALL_GROUP", "Groups", "k = 10", "Fewer keys"));
    assertThat(artifact.sizeClass()).isEqualTo(SizeClass.UNKNOWN);
  }

  @Test
  void answersOfAnotherProtocol_areFailures() {
    List<List<Row>> others =
        List.of(
            List.of(),
            List.of(Rows.two().get(0), Rows.two().get(1)),
            Rows.request("PENDING", null),
            Rows.collected("release", "UP_TO_100"),
            Rows.collected("RELEASE", "3"),
            List.of(Rows.of(AnswerSchemas.COLLECT, Rows.ARTIFACT, "{", "RELEASE", null, "LARGER")),
            List.of(
                Rows.of(AnswerSchemas.COLLECT, Rows.ARTIFACT, "\"int\"", "RELEASE", null, "x")));
    for (List<Row> other : others) {
      server.answers(other);
      assertThatExceptionOfType(RemoteFailure.class)
          .isThrownBy(() -> offline.frame("stays", "ward STRING").collect());
    }
    assertThat(server.asked()).hasSize(others.size());
  }

  @Test
  void fetch_givesRows() {
    Artifact artifact = collected("RELEASE", "UP_TO_100");
    server.answers(Rows.two());

    FetchedRows rows = artifact.fetch("for the report");

    assertThat(rows).containsExactlyElementsOf(Rows.two());
    assertThat(rows.schema()).isEqualTo(Rows.SCHEMA);
    assertThat(server.asked().get(1)).isEqualTo(new Request.Fetch(Rows.ARTIFACT, "for the report"));
  }

  @Test
  void fetch_ofWhatNeedsApproval_namesTheRequest() {
    Artifact artifact = collected("NEEDS_APPROVAL", "UNKNOWN");
    server.refuses(Rows.pending());

    assertThatExceptionOfType(PendingApproval.class)
        .isThrownBy(artifact::fetch)
        .satisfies(pending -> assertThat(pending.requestId()).isEqualTo(Rows.REQUEST));
  }

  @Test
  void fetchAndWait_waitsLessAndLessOften_andFetchesOnceApproved() throws Exception {
    Artifact artifact = collected("NEEDS_APPROVAL", "UNKNOWN");
    server.refuses(Rows.pending());
    for (int i = 0; i < 8; i++) {
      server.answers(Rows.request("PENDING", null));
    }
    server.answers(Rows.request("APPROVED", null)).answers(Rows.two());
    List<Phase> phases = new ArrayList<>();

    FetchedRows rows =
        artifact.fetchAndWait(
            Duration.ofHours(1),
            "why",
            (phase, elapsed) -> {
              if (phases.isEmpty() || phases.get(phases.size() - 1) != phase) {
                phases.add(phase);
              }
            });

    assertThat(rows).hasSize(2);
    assertThat(phases)
        .containsExactly(Phase.FETCHING, Phase.WAITING_FOR_OWNER, Phase.FETCHING, Phase.DONE);
    assertThat(time.pauses())
        .extracting(Duration::toMillis)
        .containsExactly(500L, 1_000L, 2_000L, 4_000L, 8_000L, 15_000L, 15_000L, 15_000L);
    assertThat(server.kinds()).startsWith("Collect", "Fetch", "RequestStatus").endsWith("Fetch");
  }

  @Test
  void fetchAndWait_throwsTheOwnersReason() {
    Artifact artifact = collected("NEEDS_APPROVAL", "UNKNOWN");
    server
        .refuses(Rows.pending())
        .answers(Rows.request("PENDING", null))
        .answers(Rows.request("REJECTED", "Too much detail."));

    assertThatExceptionOfType(ApprovalRejected.class)
        .isThrownBy(() -> artifact.fetchAndWait(Duration.ofMinutes(1), "why"))
        .satisfies(rejected -> assertThat(rejected.reason()).isEqualTo("Too much detail."));
  }

  @Test
  void fetchAndWait_ofWhatIsReturned_throwsTheOwnersComment() {
    Artifact artifact = collected("NEEDS_APPROVAL", "UNKNOWN");
    server.refuses(Rows.pending()).answers(Rows.request("RETURNED", "For whom?"));

    assertThatExceptionOfType(ApprovalReturned.class)
        .isThrownBy(() -> artifact.fetchAndWait(Duration.ofMinutes(1), "why"))
        .satisfies(returned -> assertThat(returned.reason()).isEqualTo("For whom?"));
    assertThat(time.pauses()).isEmpty();
  }

  @Test
  void fetchAndWait_ofWhatHasEnded_isStale() {
    for (String state : List.of("WITHDRAWN", "EXPIRED")) {
      Artifact artifact = collected("NEEDS_APPROVAL", "UNKNOWN");
      server.refuses(Rows.pending()).answers(Rows.request(state, null));

      assertThatExceptionOfType(Refused.class)
          .isThrownBy(() -> artifact.fetchAndWait(Duration.ofMinutes(1), "why"))
          .satisfies(refused -> assertThat(refused.code()).isEqualTo("APPROVAL_STALE"));
    }
  }

  @Test
  void fetchAndWait_doesNotWaitLonger() {
    Artifact artifact = collected("NEEDS_APPROVAL", "UNKNOWN");
    server.refuses(Rows.pending());
    for (int i = 0; i < 4; i++) {
      server.answers(Rows.request("PENDING", null));
    }

    assertThatExceptionOfType(PendingApproval.class)
        .isThrownBy(() -> artifact.fetchAndWait(Duration.ofSeconds(2), "why"));
    assertThat(time.pauses().stream().reduce(Duration.ZERO, Duration::plus))
        .isEqualTo(Duration.ofSeconds(2));
    assertThat(server.kinds()).hasSize(6);
  }

  @Test
  void request_asksAndDoesNotWait() {
    Artifact artifact = collected("NEEDS_APPROVAL", "UNKNOWN");
    server
        .refuses(Rows.pending())
        .answers(Rows.request("RETURNED", "For whom?"))
        .answers(Rows.request("PENDING", null))
        .answers(Rows.request("WITHDRAWN", null));

    ApprovalHandle handle = artifact.request("why");

    assertThat(handle.id()).isEqualTo(Rows.REQUEST);
    assertThat(handle.status().reason()).contains("For whom?");
    assertThat(handle.justify("for the board").state()).isEqualTo(ApprovalState.PENDING);
    assertThat(handle.withdraw().state()).isEqualTo(ApprovalState.WITHDRAWN);
    assertThat(server.kinds())
        .containsExactly("Collect", "Fetch", "RequestStatus", "Justify", "Withdraw");
  }

  @Test
  void request_ofWhatIsReleased_asksNobody() {
    Artifact artifact = collected("RELEASE", "UP_TO_100");

    assertThatIllegalStateException().isThrownBy(() -> artifact.request("why"));
    assertThat(server.kinds()).containsExactly("Collect");
  }

  @Test
  void saveAndDelete_areSent_butNotWhatCanBeNoName() {
    Artifact artifact = collected("RELEASE", "UP_TO_100");
    List<Row> done = List.of(Rows.of(AnswerSchemas.ARTIFACT_STATE, Rows.ARTIFACT, "SAVED"));
    server.answers(done).answers(done);

    artifact.save("by_ward");
    artifact.delete();

    assertThatIllegalArgumentException().isThrownBy(() -> artifact.save("../x"));
    assertThatIllegalArgumentException().isThrownBy(() -> offline.session().artifact("../x"));
    assertThatIllegalArgumentException().isThrownBy(() -> offline.session().request("x"));
    assertThat(server.kinds()).containsExactly("Collect", "Save", "Delete");
  }

  @Test
  void artifactById_asksNothing_beforeItIsAsked() {
    assertThat(offline.session().artifact(Rows.ARTIFACT).id()).isEqualTo(Rows.ARTIFACT);
    assertThat(server.asked()).isEmpty();
  }
}
