package io.sallyport.connect.server.gate;

import static org.assertj.core.api.Assertions.assertThat;

import io.sallyport.policy.principal.Credential;
import io.sallyport.policy.principal.Principal;
import io.sallyport.policy.principal.Principals;
import io.sallyport.policy.principal.Role;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.sparkproject.connect.grpc.Metadata;

class AuthenticationTest {

  private static final Principal ADA = new Principal("ada", Role.ANALYST);

  private final Authentication authentication =
      new Authentication(Principals.of(List.of(new Credential(ADA, sha256("secret")))));

  @Test
  void bearerToken_isItsPrincipal() {
    assertThat(authentication.principal(headers("Bearer secret"))).contains(ADA);
  }

  @Test
  void everythingElse_isNobody() {
    assertThat(authentication.principal(new Metadata())).isEmpty();
    assertThat(authentication.principal(headers("Bearer wrong"))).isEmpty();
    assertThat(authentication.principal(headers("Bearer "))).isEmpty();
    assertThat(authentication.principal(headers("secret"))).isEmpty();
    assertThat(authentication.principal(headers("bearer secret"))).isEmpty();
    assertThat(authentication.principal(headers("Basic secret"))).isEmpty();
  }

  @Test
  void twoCredentials_areNobody() {
    assertThat(authentication.principal(headers("Bearer secret", "Bearer secret"))).isEmpty();
  }

  @Test
  void olderClients_sendItUnderAnotherName() {
    assertThat(authentication.principal(older("Bearer secret"))).contains(ADA);
    assertThat(authentication.principal(older("secret"))).isEmpty();
    assertThat(authentication.principal(older("Bearer secret", "Bearer secret"))).isEmpty();
  }

  @Test
  void oneInEachHeader_areNobodys() {
    for (String first : List.of("Bearer secret", "Bearer wrong", "")) {
      Metadata both = headers(first);
      both.merge(older("Bearer secret"));
      assertThat(authentication.principal(both)).isEmpty();
    }
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
