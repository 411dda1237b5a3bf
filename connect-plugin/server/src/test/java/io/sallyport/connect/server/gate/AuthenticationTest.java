package io.sallyport.connect.server.gate;

import static org.assertj.core.api.Assertions.assertThat;

import io.sallyport.policy.principal.Credential;
import io.sallyport.policy.principal.Principal;
import io.sallyport.policy.principal.Principals;
import io.sallyport.policy.principal.Role;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.sparkproject.connect.grpc.Metadata;

class AuthenticationTest {

  private static final Principal ADA = new Principal("ada", Role.ANALYST);

  private static final Instant EXPIRES = Instant.parse("2026-01-01T00:01:00Z");

  private final HandClock clock = new HandClock();
  private final AtomicReference<Principals> known =
      new AtomicReference<>(
          Principals.of(List.of(new Credential(ADA, sha256("secret"), Optional.of(EXPIRES)))));
  private final Authentication authentication = new Authentication(known::get, clock);

  @Test
  void bearerToken_isItsPrincipal() {
    assertThat(principal(headers("Bearer secret"))).contains(ADA);
  }

  @Test
  void tokenThatExpired_orWasTakenAway_isNobodys() {
    clock.pass(Duration.ofSeconds(59));
    assertThat(principal(headers("Bearer secret"))).contains(ADA);
    clock.pass(Duration.ofSeconds(1));
    assertThat(principal(headers("Bearer secret"))).isEmpty();

    known.set(Principals.of(List.of(new Credential(ADA, sha256("another")))));
    assertThat(principal(headers("Bearer secret"))).isEmpty();
    assertThat(principal(headers("Bearer another"))).contains(ADA);
  }

  @Test
  void beginningOfATokenIsShort_andOfNoneIsNothing() {
    assertThat(Authentication.beginning(headers("Bearer 0123456789"))).isEqualTo("01234567");
    assertThat(Authentication.beginning(headers("Bearer 0"))).isEqualTo("0");
    assertThat(Authentication.beginning(new Metadata())).isEmpty();
  }

  @Test
  void everythingElse_isNobody() {
    assertThat(principal(new Metadata())).isEmpty();
    assertThat(principal(headers("Bearer wrong"))).isEmpty();
    assertThat(principal(headers("Bearer "))).isEmpty();
    assertThat(principal(headers("secret"))).isEmpty();
    assertThat(principal(headers("bearer secret"))).isEmpty();
    assertThat(principal(headers("Basic secret"))).isEmpty();
  }

  @Test
  void twoCredentials_areNobody() {
    assertThat(principal(headers("Bearer secret", "Bearer secret"))).isEmpty();
  }

  @Test
  void olderClients_sendItUnderAnotherName() {
    assertThat(principal(older("Bearer secret"))).contains(ADA);
    assertThat(principal(older("secret"))).isEmpty();
    assertThat(principal(older("Bearer secret", "Bearer secret"))).isEmpty();
  }

  @Test
  void oneInEachHeader_areNobodys() {
    for (String first : List.of("Bearer secret", "Bearer wrong", "")) {
      Metadata both = headers(first);
      both.merge(older("Bearer secret"));
      assertThat(principal(both)).isEmpty();
    }
  }

  private Optional<Principal> principal(Metadata headers) {
    return authentication.credential(headers).map(Credential::principal);
  }

  private static Metadata older(String... values) {
    Metadata headers = new Metadata();
    for (String value : values) {
      headers.put(Authentication.AUTHENTICATION, value);
    }
    return headers;
  }

  private static Metadata headers(String... values) {
    Metadata headers = new Metadata();
    for (String value : values) {
      headers.put(Authentication.AUTHORIZATION, value);
    }
    return headers;
  }

  private static String sha256(String token) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      return HexFormat.of().formatHex(digest.digest(token.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
