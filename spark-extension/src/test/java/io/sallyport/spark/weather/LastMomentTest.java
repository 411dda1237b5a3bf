package io.sallyport.spark.weather;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sallyport.policy.artifact.Artifact;
import io.sallyport.policy.artifact.ArtifactCatalogue;
import io.sallyport.policy.artifact.ArtifactKind;
import io.sallyport.policy.frame.FrameName;
import io.sallyport.policy.ledger.BudgetLedger;
import io.sallyport.policy.notify.RequestNotifier;
import io.sallyport.policy.principal.Principal;
import io.sallyport.policy.principal.Role;
import io.sallyport.policy.request.ApprovalDesk;
import io.sallyport.policy.request.ApprovalRequest;
import io.sallyport.policy.request.ApprovalTerms;
import io.sallyport.policy.request.Demand;
import io.sallyport.policy.request.DeskException;
import io.sallyport.policy.request.NewRequest;
import io.sallyport.policy.request.QuestionKey;
import io.sallyport.policy.request.RequestState;
import io.sallyport.policy.store.Store;
import io.sallyport.policy.store.StoreTerms;
import io.sallyport.spark.answer.DurableState;
import io.sallyport.spark.answer.Sweeper;
import io.sallyport.spark.artifact.ArtifactContent;
import io.sallyport.spark.artifact.ArtifactFiles;
import io.sallyport.spark.artifact.ArtifactKey;
import io.sallyport.spark.artifact.StoredBytes;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An approval that began before a request's end, while a sweep after it is at work. */
final class LastMomentTest {
  private static final Instant FILED = Instant.parse("2026-03-01T12:00:00Z");
  private static final Duration LIFE = Duration.ofDays(7);
  private static final ApprovalTerms TERMS = new ApprovalTerms(LIFE, LIFE, 10, 10, 1 << 20);
  private static final FrameName FRAME = FrameName.of("asked.patients");

  @TempDir Path directory;

  /** Files whose deletion is the moment at which the owner's approval arrives. */
  public static final class SlowFiles extends RawLocalFileSystem {
    private static Runnable meanwhile = () -> {};

    @Override
    public boolean delete(org.apache.hadoop.fs.Path path, boolean recursive) throws IOException {
      if (path.getName().endsWith(".artifact")) {
        meanwhile.run();
      }
      return super.delete(path, recursive);
    }
  }

  @Test
  void anApprovedResult_isNotSwept_norIsASweptResultApproved() {
    Configuration configuration = new Configuration();
    configuration.setClass("fs.file.impl", SlowFiles.class, RawLocalFileSystem.class);
    configuration.setBoolean("fs.file.impl.disable.cache", true);
    StoreTerms terms =
        new StoreTerms(
            "jdbc:h2:file:" + directory.resolve("db"), Optional.empty(), Optional.empty());
    ArtifactFiles files =
        new ArtifactFiles(
            "file://" + directory.resolve("artifacts"),
            configuration,
            ArtifactKey.loadOrMake(directory.resolve("key")));
    Clock after = Clock.fixed(FILED.plus(LIFE).plusMillis(1), ZoneOffset.UTC);
    try (Store store = Store.open(terms)) {
      ApprovalDesk desk = new ApprovalDesk(store, Clock.fixed(FILED, ZoneOffset.UTC), TERMS);
      ApprovalDesk late = new ApprovalDesk(store, after, TERMS);
      ArtifactCatalogue catalogue = new ArtifactCatalogue(store, after, TERMS);
      ApprovalRequest request = desk.file(request(files));
      Principal olga = new Principal("olga", Role.OWNER);
      SlowFiles.meanwhile =
          () ->
              assertThatThrownBy(() -> desk.approve(request.id(), olga, ""))
                  .isInstanceOf(DeskException.class);
      // The sweeper's own desk does not come first: it would end the request before the approval.
      DurableState durable =
          new DurableState(
              store,
              desk,
              new BudgetLedger(store, after),
              catalogue,
              files,
              RequestNotifier.nobody(),
              after);
      new Sweeper(durable).sweep();

      assertThat(files.ids()).isEmpty();
      assertThat(catalogue.ids()).isEmpty();
      assertThat(late.find(request.id()).orElseThrow().state()).isEqualTo(RequestState.EXPIRED);
    } finally {
      SlowFiles.meanwhile = () -> {};
    }
  }

  private static NewRequest request(ArtifactFiles files) {
    QuestionKey key = new QuestionKey("ada", "plan", "terms", "data");
    String id = Artifact.newId();
    StoredBytes bytes = files.write(id, new ArtifactContent(new StructType(), List.of(), "{}"));
    Artifact artifact =
        new Artifact(
            id,
            key,
            ArtifactKind.AWAITING,
            new byte[0],
            "{}",
            List.of(FRAME),
            List.of(),
            Optional.of(bytes.resultHash()),
            bytes.size(),
            0,
            Optional.empty(),
            true,
            FILED,
            FILED.plus(LIFE));
    return new NewRequest(
        key,
        "session",
        "",
        "question",
        "words",
        List.of(new Demand(FRAME, Set.of("olga"), 1, List.of("rows"))),
        "{}",
        artifact);
  }
}
