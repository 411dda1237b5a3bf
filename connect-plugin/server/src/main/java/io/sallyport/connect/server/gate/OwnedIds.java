package io.sallyport.connect.server.gate;

import io.sallyport.policy.decision.RefusalCode;
import io.sallyport.policy.principal.Principal;
import io.sallyport.spark.RefusedException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Ids that clients choose, each tied to the principal who used it first.
 *
 * <p>Guarantees that an id, while it is open and for long after, serves one principal only, and
 * that nobody has more ids open than the quota. Remembers a bounded number of closed ids. Safe for
 * threads.
 */
final class OwnedIds {

  private static final int REMEMBERED = 20_000;

  /** An id may be claimed a moment before Spark knows of it. */
  private static final Duration GRACE = Duration.ofSeconds(30);

  private record Claim(String owner, boolean isOpen, Instant since) {}

  private final String noun;
  private final int mostPerPrincipal;
  private final int mostInTotal;
  private final Supplier<Set<String>> live;
  private final Clock clock;
  private final Map<String, Claim> claims = new LinkedHashMap<>();

  /**
   * @param noun what the ids are ids of, for refusals
   * @param live the ids that are in use in truth, asked when a quota is reached
   */
  OwnedIds(
      String noun, int mostPerPrincipal, int mostInTotal, Supplier<Set<String>> live, Clock clock) {
    this.noun = noun;
    this.mostPerPrincipal = mostPerPrincipal;
    this.mostInTotal = mostInTotal;
    this.live = live;
    this.clock = clock;
  }

  /**
   * Opens the id for the principal; nothing changes when it is the principal's and open.
   *
   * @throws RefusedException IDENTITY_MISMATCH when it is another's, LIMIT_EXCEEDED beyond a quota
   */
  synchronized void open(String id, Principal principal) {
    requireNotForeign(id, principal);
    Claim known = claims.get(id);
    if (known != null && known.isOpen()) {
      return;
    }
    if (isFull(principal)) {
      closeEnded();
    }
    if (isFull(principal)) {
      throw RefusedException.of(
          RefusalCode.LIMIT_EXCEEDED,
          "one more " + noun + " would be more than may be open at once",
          "closing one first, or waiting until one has ended");
    }
    claims.remove(id);
    claims.put(id, new Claim(principal.name(), true, clock.instant()));
    forgetOldest();
  }

  /**
   * @throws RefusedException IDENTITY_MISMATCH when the id is another principal's
   */
  synchronized void requireNotForeign(String id, Principal principal) {
    Claim known = claims.get(id);
    if (known != null && !known.owner().equals(principal.name())) {
      throw RefusedException.of(
          RefusalCode.IDENTITY_MISMATCH,
          "this " + noun + " belongs to another principal",
          "a " + noun + " id of your own");
    }
  }

  /** Whether the id is open, or was and is remembered. */
  synchronized boolean isKnown(String id) {
    return claims.containsKey(id);
  }

  /** Frees the quota of an id that has ended; its owner stays known. */
  synchronized void close(String id) {
    claims.computeIfPresent(id, (same, claim) -> new Claim(claim.owner(), false, claim.since()));
  }

  private boolean isFull(Principal principal) {
    long total = claims.values().stream().filter(Claim::isOpen).count();
    long own =
        claims.values().stream()
            .filter(claim -> claim.isOpen() && claim.owner().equals(principal.name()))
            .count();
    return own >= mostPerPrincipal || total >= mostInTotal;
  }

  private void closeEnded() {
    Set<String> inUse = live.get();
    Instant settled = clock.instant().minus(GRACE);
    claims.replaceAll(
        (id, claim) ->
            claim.isOpen() && claim.since().isBefore(settled) && !inUse.contains(id)
                ? new Claim(claim.owner(), false, claim.since())
                : claim);
  }

  private void forgetOldest() {
    Iterator<Claim> oldestFirst = claims.values().iterator();
    for (int excess = claims.size() - REMEMBERED; excess > 0 && oldestFirst.hasNext(); ) {
      if (!oldestFirst.next().isOpen()) {
        oldestFirst.remove();
        excess--;
      }
    }
  }
}
