package io.sallyport.connect.desk.http;

import io.sallyport.policy.principal.Credential;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;

/**
 * Who is logged in. A session ends when it is not used for half an hour, and after twelve hours in
 * any case. Its secret is in the browser's cookie; here is its hash. Safe for threads.
 */
final class Sessions {
  private static final Duration IDLE = Duration.ofMinutes(30);
  private static final Duration LONGEST = Duration.ofHours(12);
  private static final int MOST = 1_000;
  private static final int MOST_OF_ONE = 10;
  private static final int SECRET_BYTES = 32;

  /**
   * One session.
   *
   * @param credential what was proved at its beginning
   * @param csrf stands in every form of its pages
   */
  record Session(Credential credential, String csrf, Instant begun, Instant used) {}

  private final SecureRandom random = new SecureRandom();
  private final Clock clock;
  private final Map<String, Session> open = new HashMap<>();

  Sessions(Clock clock) {
    this.clock = clock;
  }

  /** Begins a session; yields its secret. The least used gives way where there are too many. */
  synchronized String begin(Credential credential) {
    sweep();
    String name = credential.principal().name();
    long own = open.values().stream().filter(s -> nameOf(s).equals(name)).count();
    if (own >= MOST_OF_ONE || open.size() >= MOST) {
      open.entrySet().stream()
          .filter(entry -> own < MOST_OF_ONE || nameOf(entry.getValue()).equals(name))
          .min(Comparator.comparing(entry -> entry.getValue().used()))
          .map(Map.Entry::getKey)
          .ifPresent(open::remove);
    }
    Instant now = clock.instant();
    String secret = secret();
    open.put(hash(secret), new Session(credential, secret(), now, now));
    return secret;
  }

  /** The session of a secret, which is used now. */
  synchronized Optional<Session> find(String secret) {
    sweep();
    String key = hash(secret);
    Session session = open.get(key);
    if (session == null) {
      return Optional.empty();
    }
    Session used =
        new Session(session.credential(), session.csrf(), session.begun(), clock.instant());
    open.put(key, used);
    return Optional.of(used);
  }

  synchronized void end(String secret) {
    open.remove(hash(secret));
  }

  private void sweep() {
    Instant now = clock.instant();
    open.values()
        .removeIf(
            session ->
                session.used().plus(IDLE).isBefore(now)
                    || session.begun().plus(LONGEST).isBefore(now));
  }

  private static String nameOf(Session session) {
    return session.credential().principal().name();
  }

  private String secret() {
    byte[] bytes = new byte[SECRET_BYTES];
    random.nextBytes(bytes);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  static String hash(String text) {
    try {
      return HexFormat.of()
          .formatHex(
              MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java platform has SHA-256", e);
    }
  }
}
