package io.sallyport.policy.principal;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What proves that a caller is a principal: the SHA-256 of a secret token. The token itself is
 * never held, and the hash is never printed.
 *
 * @param principal who holds the token
 * @param tokenSha256 64 lower-case hexadecimal digits
 * @param expires from when on it proves nothing; empty for never
 */
public record Credential(Principal principal, String tokenSha256, Optional<Instant> expires) {
  private static final Pattern HASH = Pattern.compile("[0-9a-f]{64}");

  /** A credential that does not expire. */
  public Credential(Principal principal, String tokenSha256) {
    this(principal, tokenSha256, Optional.empty());
  }

  /**
   * @throws IllegalArgumentException when the hash is not one; the text never quotes it
   */
  public Credential {
    requireNonNull(principal, "principal");
    requireNonNull(expires, "expires");
    if (!isHash(tokenSha256)) {
      throw new IllegalArgumentException("A token-sha256 must be 64 lower-case hexadecimal digits");
    }
  }

  /** Whether the text is a SHA-256 in lower-case hexadecimal. */
  public static boolean isHash(String text) {
    return HASH.matcher(text).matches();
  }

  /** Whether it has not expired. */
  public boolean isInForce(Instant now) {
    return expires.filter(end -> !end.isAfter(now)).isEmpty();
  }

  @Override
  public String toString() {
    return "Credential[" + principal.name() + "]";
  }
}
