package io.sallyport.connect.client.endtoend;

import static org.apache.spark.sql.functions.avg;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.sallyport.connect.client.ApprovalHandle;
import io.sallyport.connect.client.Artifact;
import io.sallyport.connect.client.FetchedRows;
import io.sallyport.connect.client.ListedFrame;
import io.sallyport.connect.client.PendingApproval;
import io.sallyport.connect.client.PrivacyPlan;
import io.sallyport.connect.client.Progress.Phase;
import io.sallyport.connect.client.Refused;
import io.sallyport.connect.client.RemoteLazyFrame;
import io.sallyport.connect.client.RemoteSession;
import io.sallyport.connect.protocol.AnsweredVerdict;
import io.sallyport.connect.protocol.ApprovalState;
import io.sallyport.connect.protocol.FrameKind;
import io.sallyport.connect.protocol.SizeClass;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.ipc.ArrowReader;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The whole way against a server: collect, fetch, save, and asking the owner. */
@Timeout(value = 5, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class ReleasesTest {

  private static Hospital hospital;
  private static RemoteSession ada;
  private static RemoteSession bob;

  @BeforeAll
  static void open() throws Exception {
    hospital = Hospital.open();
    ada = hospital.session("ada");
    bob = hospital.session("bob");
  }

  @AfterAll
  static void close() {
    for (RemoteSession session : new RemoteSession[] {ada, bob}) {
      if (session != null) {
        session.close();
      }
    }
    if (hospital != null) {
      hospital.close();
    }
  }

  private static RemoteLazyFrame byWard(RemoteSession session) {
    return session.frame("stays").groupBy("ward").agg(count(lit(1)).as("n")).orderBy("ward");
  }

  @Test
  void groupsThatAreLargeEnough_areReleased() {
    List<Phase> phases = new ArrayList<>();
    Artifact artifact =
        byWard(ada)
            .collect(
                (phase, elapsed) -> {
                  if (phases.isEmpty() || phases.get(phases.size() - 1) != phase) {
                    phases.add(phase);
                  }
                });

    assertThat(phases).containsExactly(Phase.SENT, Phase.RUNNING, Phase.STORED, Phase.DONE);
    assertThat(artifact.verdict()).isEqualTo(AnsweredVerdict.RELEASE);
    assertThat(artifact.sizeClass()).isEqualTo(SizeClass.UP_TO_100);
    assertThat(artifact.schema().fieldNames()).containsExactly("ward", "n");
    FetchedRows rows = artifact.fetch();
    assertThat(rows.rows()).extracting(row -> row.getString(0)).isEqualTo(Hospital.WARDS);
    assertThat(rows.rows()).extracting(row -> row.getLong(1)).containsOnly(200L);
  }

  @Test
  void releasedRows_comeAsArrowToo() throws Exception {
    FetchedRows rows = byWard(ada).collect().fetch();

    try (BufferAllocator allocator = new RootAllocator();
        ArrowReader reader = rows.arrow(allocator)) {
      int read = 0;
      while (reader.loadNextBatch()) {
        read += reader.getVectorSchemaRoot().getRowCount();
      }
      assertThat(reader.getVectorSchemaRoot().getSchema().getFields())
          .extracting(field -> field.getName())
          .containsExactly("ward", "n");
      assertThat(read).isEqualTo(rows.rows().size());
    }
  }

  @Test
  void rawRows_areNotGivenOut_andTheRequestIsTheAnalysts() {
    Artifact artifact = ada.frame("stays").select("name", "days").limit(5).collect();

    assertThat(artifact.verdict()).isEqualTo(AnsweredVerdict.NEEDS_APPROVAL);
    assertThat(artifact.grounds()).isNotEmpty();
    assertThat(artifact.sizeClass()).isEqualTo(SizeClass.UNKNOWN);
    assertThatExceptionOfType(PendingApproval.class)
        .isThrownBy(() -> artifact.fetch("for the yearly report"))
        .satisfies(
            pending ->
                assertThat(ada.request(pending.requestId()).status().state())
                    .isEqualTo(ApprovalState.PENDING))
        .satisfies(
            pending ->
                assertThatExceptionOfType(Refused.class)
                    .isThrownBy(() -> bob.request(pending.requestId()).status()));
  }

  @Test
  void request_canBeTakenBack() {
    ApprovalHandle handle =
        ada.frame("stays").select("days").limit(7).collect().request("to look at");

    assertThat(handle.status().waitsForOwner()).isTrue();
    assertThat(handle.withdraw().state()).isEqualTo(ApprovalState.WITHDRAWN);
    assertThat(handle.status().state()).isEqualTo(ApprovalState.WITHDRAWN);
  }

  @Test
  void artifact_canBeComputedOn_andKeepsThePolicy() {
    RemoteLazyFrame raw = ada.frame("stays").filter(col("days").gt(1)).collect().asFrame();

    List<Row> rows = raw.groupBy("ward").agg(avg("days").as("d")).collect().fetch().rows();

    assertThat(rows).hasSize(3);
    assertThatExceptionOfType(PendingApproval.class)
        .isThrownBy(() -> raw.select("days").collect().fetch());
  }

  @Test
  void somebodyElsesArtifact_isJudgedForWhoFetches_andEverybodyMayHaveTheseGroups() {
    String id = byWard(ada).collect().id();

    assertThat(bob.artifact(id).fetch().rows()).hasSize(3);
  }

  @Test
  void trustInOnePrincipal_doesNotComeWithTheArtifact() {
    Artifact artifact = ada.frame("notes").select("days").limit(4).collect();

    assertThat(artifact.verdict()).isEqualTo(AnsweredVerdict.RELEASE);
    assertThat(artifact.fetch().rows()).hasSize(4);
    Artifact sameForBob = bob.artifact(artifact.id());
    assertThat(sameForBob.verdict()).isEqualTo(AnsweredVerdict.NEEDS_APPROVAL);
    assertThatExceptionOfType(PendingApproval.class).isThrownBy(sameForBob::fetch);
  }

  @Test
  void somebodyElsesRequest_isNotTheFetchers() {
    Artifact artifact = ada.frame("stays").select("ward", "days").limit(6).collect();
    String adas = artifact.request("mine").id();

    assertThatExceptionOfType(PendingApproval.class)
        .isThrownBy(() -> bob.artifact(artifact.id()).fetch())
        .satisfies(pending -> assertThat(pending.requestId()).isNotEqualTo(adas));
  }

  @Test
  void somebodyElsesArtifact_isNeitherSavedNorDeleted() {
    Artifact artifact = byWard(ada).collect();
    Artifact seenByBob = bob.artifact(artifact.id());

    assertThatExceptionOfType(Refused.class).isThrownBy(() -> seenByBob.save("taken"));
    assertThatExceptionOfType(Refused.class).isThrownBy(seenByBob::delete);
    assertThat(artifact.fetch().rows()).hasSize(3);
  }

  @Test
  void explainPrivacy_tellsBeforeAnythingRuns() {
    PrivacyPlan released = byWard(ada).explainPrivacy();
    PrivacyPlan raw = ada.frame("stays").select("name").explainPrivacy();

    assertThat(released.verdict()).isEqualTo(AnsweredVerdict.RELEASE);
    assertThat(raw.verdict()).isEqualTo(AnsweredVerdict.NEEDS_APPROVAL);
    assertThat(raw.grounds()).isNotEmpty();
    assertThat(raw.toString()).contains("stays");
  }

  @Test
  void frames_areListed() {
    assertThat(ada.frames())
        .filteredOn(frame -> frame.kind() == FrameKind.FRAME)
        .extracting(ListedFrame::name)
        .contains("stays");
  }

  @Test
  void whatIsNotThere_isRefused() {
    Artifact nowhere = ada.artifact("0".repeat(32));

    assertThatExceptionOfType(Refused.class).isThrownBy(nowhere::fetch);
    assertThatExceptionOfType(Refused.class).isThrownBy(nowhere::delete);
    assertThatExceptionOfType(Refused.class)
        .isThrownBy(() -> ada.request("r-" + "0".repeat(16)).status());
  }

  @Test
  void deletedArtifact_isGone() {
    Artifact artifact = byWard(ada).collect();

    artifact.delete();

    assertThatExceptionOfType(Refused.class).isThrownBy(() -> ada.artifact(artifact.id()).fetch());
  }
}
