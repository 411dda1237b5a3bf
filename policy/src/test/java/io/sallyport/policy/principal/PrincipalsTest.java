package io.sallyport.policy.principal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

final class PrincipalsTest {
  /** The SHA-256 of "correct horse" and of "battery staple", by sha256sum. */
  private static final String HORSE =
      "4104d36f8da2c254349f85836793ebe029e0c957063a34c91c2e9203187b5631";

  private static final String STAPLE =
      "11e2b7895e7b3dca8df8d0cf965fde793b82cd39242774277ca90d72d09bfd59";

  private static final Principal ADA = new Principal("ada", Role.ANALYST);
  private static final Principal OLGA = new Principal("olga", Role.OWNER);
  private final Principals principals =
      Principals.of(List.of(new Credential(ADA, HORSE), new Credential(OLGA, STAPLE)));

  @Test
  void authenticate_byATokenOfTheFile_isItsPrincipal() {
    assertThat(principals.authenticate("correct horse")).contains(ADA);
    assertThat(principals.authenticate("battery staple")).contains(OLGA);
    assertThat(principals.all()).containsExactly(ADA, OLGA);
  }

  @Test
  void authenticate_byAnythingElse_isNobody() {
    assertThat(principals.authenticate("")).isEmpty();
    assertThat(principals.authenticate("correct horse ")).isEmpty();
    assertThat(principals.authenticate("Correct horse")).isEmpty();
    assertThat(principals.authenticate(HORSE)).isEmpty();
    assertThat(Principals.of(List.of()).authenticate("correct horse")).isEmpty();
  }

  @Test
  void authenticate_byAnEmptyToken_isNobodyEvenWhenItsHashIsThere() {
    String empty = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
    assertThat(Principals.of(List.of(new Credential(ADA, empty))).authenticate("")).isEmpty();
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
}
