package io.sallyport.policy.artifact;

import static io.sallyport.policy.request.Filings.ADA;
import static io.sallyport.policy.request.Filings.LATER;
import static io.sallyport.policy.request.Filings.key;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class ArtifactTest {
  private static final String ID = "0123456789abcdef0123456789abcdef";

  @Test
  void id_is128RandomBits() {
    Set<String> ids = new HashSet<>();
    for (int i = 0; i < 1_000; i++) {
      ids.add(Artifact.newId());
    }
    assertThat(ids).hasSize(1_000).allMatch(Artifact::isId);
    assertThat(Artifact.isId(ID.toUpperCase(java.util.Locale.ROOT))).isFalse();
    assertThat(Artifact.isId(ID + "0")).isFalse();
    assertThat(Artifact.isId(ID + "\n")).isFalse();
  }

  @Test
  void plan_cannotBeChangedFromOutside() {
    byte[] plan = {1, 2, 3};
    Artifact artifact = artifact(ArtifactKind.RELEASED, plan, Optional.of("h"), 5);
    plan[0] = 9;
    artifact.plan()[1] = 9;
    assertThat(artifact.plan()).containsExactly(1, 2, 3);
    assertThat(artifact)
        .isEqualTo(artifact(ArtifactKind.RELEASED, new byte[] {1, 2, 3}, Optional.of("h"), 5))
        .hasSameHashCodeAs(
            artifact(ArtifactKind.RELEASED, new byte[] {1, 2, 3}, Optional.of("h"), 5))
        .isNotEqualTo(artifact(ArtifactKind.RELEASED, new byte[] {1, 2, 4}, Optional.of("h"), 5))
        .isNotEqualTo(artifact(ArtifactKind.AWAITING, new byte[] {1, 2, 3}, Optional.of("h"), 5));
  }

  @Test
  void artifact_whoseHashAndKindDoNotFit_isNotMade() {
    byte[] plan = {};
    assertThatThrownBy(() -> artifact(ArtifactKind.RELEASED, plan, Optional.empty(), 5))
        .hasMessageContaining("must have a result hash");
    assertThatThrownBy(() -> artifact(ArtifactKind.PLAN, plan, Optional.of("h"), 0))
        .hasMessageContaining("must have a result hash");
    assertThatThrownBy(() -> artifact(ArtifactKind.PLAN, plan, Optional.empty(), 5))
        .hasMessageContaining("A plan has no bytes");
    assertThatThrownBy(() -> artifact(ArtifactKind.RELEASED, plan, Optional.of("h"), -1))
        .hasMessageContaining("at least 0");
    assertThatThrownBy(() -> artifact(ArtifactKind.RELEASED, plan, Optional.of("h".repeat(257)), 1))
        .hasMessageContaining("at most 256");
  }

  private static Artifact artifact(
      ArtifactKind kind, byte[] plan, Optional<String> hash, long bytes) {
    return new Artifact(
        ID,
        key(ADA, "p1"),
        kind,
        plan,
        "{}",
        List.of(),
        List.of(),
        hash,
        bytes,
        0,
        Optional.empty(),
        true,
        LATER,
        LATER);
  }
}
