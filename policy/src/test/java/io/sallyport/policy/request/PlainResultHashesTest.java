package io.sallyport.policy.request;

import static io.sallyport.policy.request.Filings.ADA;
import static io.sallyport.policy.request.Filings.artifact;
import static io.sallyport.policy.request.Filings.key;
import static org.assertj.core.api.Assertions.assertThat;

import io.sallyport.policy.artifact.Artifact;
import io.sallyport.policy.artifact.ArtifactCatalogue;
import io.sallyport.policy.artifact.ArtifactKind;
import io.sallyport.policy.artifact.ResultName;
import io.sallyport.policy.store.Backend;
import io.sallyport.policy.store.SharedStore;
import io.sallyport.policy.store.Store;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A store from before results had keyed names is brought up to date, once. */
final class PlainResultHashesTest {
  private static final String PLAIN = "ab".repeat(32);
  private static final String KEYED = ResultName.of(new byte[32]);

  @ParameterizedTest
  @EnumSource(Backend.class)
  void everyPlainHash_isRenamed_whateverItsNumber_andNothingElse(Backend backend) {
    Store store = SharedStore.empty(backend);
    ManualClock clock = new ManualClock();
    ArtifactCatalogue catalogue = new ArtifactCatalogue(store, clock, terms());
    ApprovalDesk desk = new ApprovalDesk(store, clock, terms());
    ApprovalRequest request = desk.file(Filings.request(key(ADA, "p0")));
    List<String> artifacts = new ArrayList<>();
    for (int i = 1; i <= 501; i++) {
      Artifact added = artifact(key(ADA, "p" + i), ArtifactKind.RELEASED, 1);
      catalogue.add(added);
      artifacts.add(added.id());
    }
    Artifact plan = artifact(key(ADA, "plan"), ArtifactKind.PLAN, 0);
    catalogue.add(plan);
    for (String table : List.of("artifact", "approval_request")) {
      store.inTransaction(
          t ->
              t.update(
                  "UPDATE " + table + " SET result_hash = ? WHERE result_hash IS NOT NULL", PLAIN));
    }
    List<String> renamed = new ArrayList<>();
    PlainResultHashes.rename(store, hash -> note(renamed, hash));
    PlainResultHashes.rename(store, hash -> note(renamed, hash));

    assertThat(renamed).hasSize(503).containsOnly(PLAIN);
    assertThat(artifacts)
        .allSatisfy(
            id -> assertThat(catalogue.find(id).orElseThrow().resultHash()).contains(KEYED));
    assertThat(catalogue.find(request.artifactId()).orElseThrow().resultHash()).contains(KEYED);
    assertThat(desk.find(request.id()).orElseThrow().resultHash()).isEqualTo(KEYED);
    assertThat(catalogue.find(plan.id()).orElseThrow().resultHash()).isEmpty();
  }

  private static ApprovalTerms terms() {
    return new ApprovalTerms(
        Filings.TERMS.requestsLive(), Filings.TERMS.artifactsLive(), 100, 10_000, 1L << 28);
  }

  private static String note(List<String> renamed, String hash) {
    renamed.add(hash);
    return KEYED;
  }
}
