package io.sallyport.policy.principal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class PrincipalsTest {
  /** The SHA-256 of "correct horse" and of "battery staple", by sha256sum. */
  private static final String HORSE =
      "4104d36f8da2c254349f85836793ebe029e0c957063a34c91c2e9203187b5631";

  private static final String STAPLE =
      "11e2b7895e7b3dca8df8d0cf965fde793b82cd39242774277ca90d72d09bfd59";

  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

  private static final Principal ADA = new Principal("ada", Role.ANALYST);
  private static final Principal OLGA = new Principal("olga", Role.OWNER);
  private final Principals principals =
      Principals.of(List.of(new Credential(ADA, HORSE), new Credential(OLGA, STAPLE)));

  @Test
  void authenticate_byATokenOfTheFile_isItsPrincipal() {
    assertThat(principals.authenticate("correct horse", NOW))
        .map(Credential::principal)
        .contains(ADA);
    assertThat(principals.authenticate("battery staple", NOW))
        .map(Credential::principal)
        .contains(OLGA);
    assertThat(principals.all()).containsExactly(ADA, OLGA);
  }

  @Test
  void authenticate_byAnythingElse_isNobody() {
    assertThat(principals.authenticate("", NOW)).isEmpty();
    assertThat(principals.authenticate("correct horse ", NOW)).isEmpty();
    assertThat(principals.authenticate("Correct horse", NOW)).isEmpty();
    assertThat(principals.authenticate(HORSE, NOW)).isEmpty();
    assertThat(Principals.of(List.of()).authenticate("correct horse", NOW)).isEmpty();
  }

  @Test
  void authenticate_byAnEmptyToken_isNobodyEvenWhenItsHashIsThere() {
    String empty = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
    assertThat(Principals.of(List.of(new Credential(ADA, empty))).authenticate("", NOW)).isEmpty();
  }

  @Test
  void principals_withOneNameOrTokenTwice_areNotMade() {
    Credential ada = new Credential(ADA, HORSE);
    assertThatThrownBy(() -> Principals.of(List.of(ada, new Credential(ADA, STAPLE))))
        .hasMessage("Two principals have the name ada");
    assertThatThrownBy(() -> Principals.of(List.of(ada, new Credential(OLGA, HORSE))))
        .hasMessage("The token of olga is another principal's as well");
  }

  @Test
  void credential_asText_hidesItsHash() {
    assertThat(new Credential(ADA, HORSE)).hasToString("Credential[ada]");
    assertThatThrownBy(() -> new Credential(ADA, "secret"))
        .hasMessageContaining("64 lower-case hexadecimal digits")
        .hasMessageNotContaining("secret");
  }

  @Test
  void principal_withAStrangeName_isNotMade() {
    assertThat(new Principal("Ada.Lovelace_1@x-y", Role.OWNER).name()).isNotBlank();
    for (String name : List.of("", " ", "a b", "a\n", "ä", "a".repeat(65))) {
      assertThatThrownBy(() -> new Principal(name, Role.OWNER))
          .hasMessageContaining("1 to 64 letters");
    }
  }

  @Test
  void credential_isInForceUntilItExpires_orIsTakenAwayOrExchanged() {
    Credential ada = new Credential(ADA, HORSE, Optional.of(NOW.plusSeconds(60)));
    Principals before = Principals.of(List.of(ada, new Credential(OLGA, STAPLE)));

    assertThat(before.authenticate("correct horse", NOW)).contains(ada);
    assertThat(before.authenticate("correct horse", NOW.plusSeconds(60))).isEmpty();
    assertThat(before.holds(ada, NOW)).isTrue();
    assertThat(before.holds(ada, NOW.plusSeconds(60))).isFalse();
    assertThat(before.knows("ada", NOW.plusSeconds(60))).isFalse();
    assertThat(before.knows("olga", NOW.plusSeconds(60))).isTrue();

    Principals after = Principals.of(List.of(new Credential(ADA, STAPLE)));
    assertThat(after.holds(ada, NOW)).as("another token").isFalse();
    assertThat(after.changedFrom(before)).containsExactly("ada", "olga");
    assertThat(before.changedFrom(before)).isEmpty();
  }
}
