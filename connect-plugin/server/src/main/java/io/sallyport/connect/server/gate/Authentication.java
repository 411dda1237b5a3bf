package io.sallyport.connect.server.gate;

import io.sallyport.policy.principal.Principal;
import io.sallyport.policy.principal.Principals;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
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

  private final Principals principals;

  Authentication(Principals principals) {
    this.principals = principals;
  }

  /** Whose credential the headers carry; nobody's when there are none, or more than one. */
  Optional<Principal> principal(Metadata headers) {
    List<String> values = new ArrayList<>();
    for (Metadata.Key<String> key : List.of(AUTHORIZATION, AUTHENTICATION)) {
      Iterable<String> found = headers.getAll(key);
      if (found != null) {
        found.forEach(values::add);
      }
    }
    if (values.size() != 1 || !values.get(0).startsWith(SCHEME)) {
      return Optional.empty();
    }
    return principals.authenticate(values.get(0).substring(SCHEME.length()));
  }
}
