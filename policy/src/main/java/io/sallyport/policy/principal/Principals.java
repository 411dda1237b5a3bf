package io.sallyport.policy.principal;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
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

  /**
   * What this token proves at this time; empty when it is nobody's, or has expired. Never throws;
   * an empty token is nobody's.
   */
  public Optional<Credential> authenticate(String token, Instant now) {
    byte[] hash = sha256(token);
    Optional<Credential> found = Optional.empty();
    for (Credential credential : credentials) {
      byte[] expected = HexFormat.of().parseHex(credential.tokenSha256());
      boolean same = MessageDigest.isEqual(hash, expected);
      found = same ? Optional.of(credential) : found;
    }
    return found.filter(credential -> !token.isEmpty() && credential.isInForce(now));
  }

  /** Whether what was proved once is still so: the credential is there, and has not expired. */
  public boolean holds(Credential credential, Instant now) {
    return credentials.stream()
        .anyMatch(
            known ->
                known.principal().equals(credential.principal())
                    && known.tokenSha256().equals(credential.tokenSha256())
                    && known.isInForce(now));
  }

  /** Whether somebody of this name may come in at this time. */
  public boolean knows(String name, Instant now) {
    return credentials.stream()
        .anyMatch(known -> known.principal().name().equals(name) && known.isInForce(now));
  }

  /** The names of those whose credential, role or expiry is another one here, or is missing. */
  public List<String> changedFrom(Principals before) {
    return before.credentials.stream()
        .filter(credential -> !credentials.contains(credential))
        .map(credential -> credential.principal().name())
        .toList();
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
