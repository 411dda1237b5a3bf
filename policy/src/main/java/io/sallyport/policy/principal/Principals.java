package io.sallyport.policy.principal;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * All people whom the gate recognises, each by one token.
 *
 * <p>Guarantee: {@link #authenticate} compares the token's hash with every entry, in constant time
 * each, so that its duration does not tell which entry, if any, was met. Immutable, safe for
 * threads.
 */
public final class Principals {
  private final List<Credential> credentials;

  private Principals(List<Credential> credentials) {
    this.credentials = List.copyOf(credentials);
  }

  /**
   * The people of these credentials.
   *
   * @throws IllegalArgumentException when a name or a token occurs twice
   */
  public static Principals of(List<Credential> credentials) {
    Set<String> names = new HashSet<>();
    Set<String> hashes = new HashSet<>();
    for (Credential credential : credentials) {
      if (!names.add(credential.principal().name())) {
        throw new IllegalArgumentException(
            "Two principals have the name " + credential.principal().name());
      }
      if (!hashes.add(credential.tokenSha256())) {
        throw new IllegalArgumentException(
            "The token of " + credential.principal().name() + " is another principal's as well");
      }
    }
    return new Principals(credentials);
  }

  /** Who holds this token, or nobody. Never throws; an empty token is nobody's. */
  public Optional<Principal> authenticate(String token) {
    byte[] hash = sha256(token);
    Optional<Principal> found = Optional.empty();
    for (Credential credential : credentials) {
      byte[] expected = HexFormat.of().parseHex(credential.tokenSha256());
      boolean same = MessageDigest.isEqual(hash, expected);
      found = same ? Optional.of(credential.principal()) : found;
    }
    return token.isEmpty() ? Optional.empty() : found;
  }

  /** Everybody, in the order of the file. */
  public List<Principal> all() {
    return credentials.stream().map(Credential::principal).toList();
  }

  private static byte[] sha256(String token) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java platform has SHA-256", e);
    }
  }
}
