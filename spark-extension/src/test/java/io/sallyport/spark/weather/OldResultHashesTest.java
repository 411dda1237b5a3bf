package io.sallyport.spark.weather;

import static org.assertj.core.api.Assertions.assertThat;

import io.sallyport.policy.artifact.Artifact;
import io.sallyport.policy.artifact.ArtifactKind;
import io.sallyport.policy.frame.FrameName;
import io.sallyport.policy.principal.Principal;
import io.sallyport.policy.principal.Role;
import io.sallyport.policy.request.ApprovalRequest;
import io.sallyport.policy.request.Demand;
import io.sallyport.policy.request.NewRequest;
import io.sallyport.policy.request.QuestionKey;
import io.sallyport.policy.request.RequestState;
import io.sallyport.policy.settings.Settings;
import io.sallyport.spark.answer.DurableState;
import io.sallyport.spark.artifact.ArtifactContent;
import io.sallyport.spark.artifact.StoredBytes;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A store whose results are named by plain hashes: it is opened, and what was approved is served.
 */
final class OldResultHashesTest {

  private static final FrameName FRAME = FrameName.of("patients");
  private static final ArtifactContent CONTENT =
      new ArtifactContent(new StructType().add("age", DataTypes.IntegerType), List.of(), "{}");

  @TempDir Path directory;

  @Test
  void approvedResult_isStillTheApprovedOne() throws GeneralSecurityException {
    String plain =
        HexFormat.of()
            .formatHex(
                MessageDigest.getInstance("SHA-256")
                    .digest("age \"integer\"\n".getBytes(StandardCharsets.UTF_8)));
    String request;
    String name;
    try (DurableState durable = open()) {
      NewRequest filing = filing(durable);
      name = filing.artifact().resultHash().orElseThrow();
      request = durable.desk().file(filing).id();
      durable.desk().approve(request, new Principal("olga", Role.OWNER), "");
      for (String table : List.of("artifact", "approval_request")) {
        durable
            .store()
            .inTransaction(t -> t.update("UPDATE " + table + " SET result_hash = ?", plain));
      }
    }
    try (DurableState durable = open()) {
      ApprovalRequest approved = durable.desk().find(request).orElseThrow();
      assertThat(approved.state()).isEqualTo(RequestState.APPROVED);
      assertThat(approved.resultHash()).isEqualTo(name).isNotEqualTo(plain);
      assertThat(durable.catalogue().find(approved.artifactId()).orElseThrow().resultHash())
          .contains(name);
      assertThat(durable.files().read(approved.artifactId(), approved.resultHash()))
          .isEqualTo(CONTENT);
    }
  }

  private DurableState open() {
    return DurableState.open(
        Settings.load(Clinic.settings(directory)), new Configuration(), Clock.systemUTC());
  }

  private static NewRequest filing(DurableState durable) {
    QuestionKey key = new QuestionKey("ada", "plan", "terms", "data");
    String id = Artifact.newId();
    StoredBytes bytes = durable.files().write(id, CONTENT);
    Instant now = Instant.now();
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
            now,
            now.plus(Duration.ofDays(1)));
    Demand demand = new Demand(FRAME, Set.of("olga"), 1, List.of("rows"));
    return new NewRequest(key, "s", "", "question", "words", List.of(demand), "{}", artifact);
  }
}
