package io.sallyport.connect.server.gate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sallyport.policy.principal.Principal;
import io.sallyport.policy.principal.Role;
import org.junit.jupiter.api.Test;

class OwnedIdsTest {

  private static final Principal ADA = new Principal("ada", Role.ANALYST);
  private static final Principal BOB = new Principal("bob", Role.ANALYST);

  private final OwnedIds ids = new OwnedIds("session");

  @Test
  void idOfAnother_isRefused() {
    ids.claim("1", ADA);

    assertThatThrownBy(() -> ids.claim("1", BOB)).hasMessageContaining("IDENTITY_MISMATCH");
    assertThatThrownBy(() -> ids.requireNotForeign("1", BOB))
        .hasMessageContaining("IDENTITY_MISMATCH");
  }

  @Test
  void idOfOnesOwn_isClaimedAgain() {
    ids.claim("1", ADA);

    assertThatCode(() -> ids.claim("1", ADA)).doesNotThrowAnyException();
    assertThat(ids.isKnown("1")).isTrue();
    assertThat(ids.isKnown("2")).isFalse();
  }

  @Test
  void manyIds_areForgotten_thoseFirstThatTheirOwnerUsedLast() {
    ids.claim("first", ADA);
    ids.claim("second", ADA);
    for (int i = 0; i < 19_998; i++) {
      ids.claim("id" + i, ADA);
    }
    ids.claim("first", ADA);
    ids.claim("one more", ADA);

    assertThatThrownBy(() -> ids.claim("first", BOB)).hasMessageContaining("IDENTITY_MISMATCH");
    assertThatCode(() -> ids.claim("second", BOB)).doesNotThrowAnyException();
  }

  @Test
  void manyIdsOfOne_makeNobodyElsesForgotten() {
    ids.claim("first", ADA);
    for (int i = 0; i < 50_000; i++) {
      ids.claim("id" + i, BOB);
    }

    assertThatThrownBy(() -> ids.claim("first", BOB)).hasMessageContaining("IDENTITY_MISMATCH");
  }
}
