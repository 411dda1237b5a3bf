package io.sallyport.connect.server.gate;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sallyport.policy.principal.Principal;
import io.sallyport.policy.principal.Role;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class OwnedIdsTest {

  private static final Principal ADA = new Principal("ada", Role.ANALYST);
  private static final Principal BOB = new Principal("bob", Role.ANALYST);

  private final Set<String> live = new HashSet<>();
  private final HandClock clock = new HandClock();
  private final OwnedIds ids = new OwnedIds("session", 2, 3, () -> live, clock);

  @Test
  void idOfAnother_isRefused() {
    ids.open("1", ADA);

    assertThatThrownBy(() -> ids.open("1", BOB)).hasMessageContaining("IDENTITY_MISMATCH");
    assertThatThrownBy(() -> ids.requireNotForeign("1", BOB))
        .hasMessageContaining("IDENTITY_MISMATCH");
  }

  @Test
  void closedIdOfAnother_isStillRefused() {
    ids.open("1", ADA);
    ids.close("1");

    assertThatThrownBy(() -> ids.open("1", BOB)).hasMessageContaining("IDENTITY_MISMATCH");
  }

  @Test
  void openId_isOpenedAgainWithoutCost() {
    ids.open("1", ADA);
    ids.open("1", ADA);
    ids.open("2", ADA);

    assertThatThrownBy(() -> ids.open("3", ADA)).hasMessageContaining("LIMIT_EXCEEDED");
  }

  @Test
  void everybodysQuota_bindsToo() {
    ids.open("1", ADA);
    ids.open("2", ADA);
    ids.open("3", BOB);

    assertThatThrownBy(() -> ids.open("4", BOB)).hasMessageContaining("LIMIT_EXCEEDED");
  }

  @Test
  void closing_freesTheQuota() {
    ids.open("1", ADA);
    ids.open("2", ADA);
    ids.close("1");

    assertThatCode(() -> ids.open("3", ADA)).doesNotThrowAnyException();
  }

  @Test
  void endedIds_freeTheQuota_afterTheirGrace() {
    ids.open("1", ADA);
    ids.open("2", ADA);
    live.add("2");

    assertThatThrownBy(() -> ids.open("3", ADA)).hasMessageContaining("LIMIT_EXCEEDED");
    clock.now = clock.now.plus(Duration.ofMinutes(1));
    ids.open("3", ADA);

    assertThatThrownBy(() -> ids.open("4", ADA)).hasMessageContaining("LIMIT_EXCEEDED");
  }

  @Test
  void manyClosedIds_areForgottenOldestFirst() {
    ids.open("first", ADA);
    ids.close("first");
    for (int i = 0; i < 20_001; i++) {
      ids.open("id" + i, ADA);
      ids.close("id" + i);
    }

    assertThatCode(() -> ids.open("first", BOB)).doesNotThrowAnyException();
    assertThatThrownBy(() -> ids.open("id20000", BOB)).hasMessageContaining("IDENTITY_MISMATCH");
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
