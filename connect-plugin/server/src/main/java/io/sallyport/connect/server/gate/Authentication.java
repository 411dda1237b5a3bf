package io.sallyport.connect.server.gate;

import io.sallyport.policy.principal.Principal;
import io.sallyport.policy.principal.Principals;
import java.util.Iterator;
import java.util.Optional;
import org.sparkproject.connect.grpc.Metadata;

/** Recognises a caller by the bearer token in the call's headers, before any message is read. */
final class Authentication {

  static final Metadata.Key<String> AUTHORIZATION =
      Metadata.Key.of("Authorization", Metadata.ASCII_STRING_MARSHALLER);
  static final String SCHEME = "Bearer ";

  private final Principals principals;

  Authentication(Principals principals) {
    this.principals = principals;
  }

  /** Whose credential the headers carry; nobody's when there are none, or more than one. */
  Optional<Principal> principal(Metadata headers) {
    Iterable<String> values = headers.getAll(AUTHORIZATION);
    if (values == null) {
      return Optional.empty();
    }
    Iterator<String> each = values.iterator();
    String only = each.next();
    if (each.hasNext() || !only.startsWith(SCHEME)) {
      return Optional.empty();
    }
    return principals.authenticate(only.substring(SCHEME.length()));
  }
}
