package io.sallyport.policy.request;

import io.sallyport.policy.artifact.Artifact;
import io.sallyport.policy.artifact.ArtifactKind;
import io.sallyport.policy.frame.FrameName;
import io.sallyport.policy.principal.Principal;
import io.sallyport.policy.principal.Role;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** People, questions and artifacts for tests of the desk and the catalogue. */
public final class Filings {
  public static final Principal ADA = new Principal("ada", Role.ANALYST);
  public static final Principal BOB = new Principal("bob", Role.ANALYST);
  public static final Principal OLGA = new Principal("olga", Role.OWNER);
  public static final Principal OTTO = new Principal("otto", Role.OWNER);
  public static final Principal RITA = new Principal("rita", Role.ANALYST);
  public static final FrameName STAYS = FrameName.of("hospital.stays");
  public static final FrameName VISITS = FrameName.of("visits");
  public static final Instant LATER = Instant.parse("2026-03-02T08:00:00Z");

  /** Wide enough for every test that is not about limits. */
  public static final ApprovalTerms TERMS =
      new ApprovalTerms(Duration.ofDays(7), Duration.ofDays(30), 100, 1_000, 1L << 28);

  private Filings() {}

  /** A question of this principal about this plan. */
  public static QuestionKey key(Principal principal, String plan) {
    return new QuestionKey(principal.name(), plan, "terms1", "data1");
  }

  /** One vote of olga on the stays. */
  public static Demand olga() {
    return new Demand(STAYS, Set.of("olga"), 1, List.of("a group of fewer than 10 people"));
  }

  /** A request of one vote of olga. */
  public static NewRequest request(QuestionKey key) {
    return request(key, "for my thesis", List.of(olga()));
  }

  /** A request of these votes. */
  public static NewRequest request(QuestionKey key, String why, List<Demand> demands) {
    return new NewRequest(
        key,
        "session-1",
        why,
        "SELECT avg(age) FROM stays -- " + key.planHash(),
        "the average of age, over the stays",
        demands,
        "{\"judged\": \"" + key.planHash() + "\"}",
        artifact(key, ArtifactKind.AWAITING, 100));
  }

  /** An artifact that ends a day after the tests' clock begins. */
  public static Artifact artifact(QuestionKey key, ArtifactKind kind, long bytes) {
    boolean isPlan = kind == ArtifactKind.PLAN;
    return new Artifact(
        Artifact.newId(),
        key,
        kind,
        key.planHash().getBytes(StandardCharsets.UTF_8),
        "{\"type\":\"struct\"}",
        List.of(STAYS, VISITS),
        List.of("ground one", "ground two"),
        isPlan ? Optional.empty() : Optional.of("hash of " + key.planHash()),
        isPlan ? 0 : bytes,
        3,
        Optional.empty(),
        true,
        Instant.parse("2026-03-01T08:00:00Z"),
        LATER);
  }
}
