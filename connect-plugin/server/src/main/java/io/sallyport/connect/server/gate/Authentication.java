package io.sallyport.connect.server.gate;

import io.sallyport.policy.principal.Credential;
import io.sallyport.policy.principal.Principals;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.sparkproject.connect.grpc.Metadata;

/**
 * Recognises a caller by the bearer token in the call's headers, before any message is read.
 *
 * <p>Clients send it as {@code authorization}; the JVM clients 4.0.0, 4.1.0 and 4.1.1 send the same
 * value as {@code authentication}. Either will do, and there is exactly one value in both together.
 */
final class Authentication {

  static final Metadata.Key<String> AUTHORIZATION =
      Metadata.Key.of("Authorization", Metadata.ASCII_STRING_MARSHALLER);
  static final Metadata.Key<String> AUTHENTICATION =
      Metadata.Key.of("Authentication", Metadata.ASCII_STRING_MARSHALLER);
  static final String SCHEME = "Bearer ";

  /** Enough to tell guesses from one wrong token. */
  private static final int BEGINNING = 8;

  private final Supplier<Principals> principals;
  private final Clock clock;

  /**
   * @param principals those who are known at the moment
   */
  Authentication(Supplier<Principals> principals, Clock clock) {
    this.principals = principals;
    this.clock = clock;
  }

  /** Which credential the headers carry; none when there are none, or more than one. */
  Optional<Credential> credential(Metadata headers) {
    return token(headers).flatMap(token -> principals.get().authenticate(token, clock.instant()));
  }

  /** The first characters of the headers' token; empty when there is none, or more than one. */
  static String beginning(Metadata headers) {
    String token = token(headers).orElse("");
    return token.substring(0, Math.min(BEGINNING, token.length()));
  }

  private static Optional<String> token(Metadata headers) {
    List<String> values = new ArrayList<>();
    for (Metadata.Key<String> key : List.of(AUTHORIZATION, AUTHENTICATION)) {
      Iterable<String> found = headers.getAll(key);
      if (found != null) {
        found.forEach(values::add);
      }
    }
    return values.size() == 1 && values.get(0).startsWith(SCHEME)
        ? Optional.of(values.get(0).substring(SCHEME.length()))
        : Optional.empty();
  }
}
