package io.sallyport.connect.server.gate;

import io.sallyport.policy.decision.RefusalCode;
import io.sallyport.policy.principal.Principal;
import io.sallyport.policy.settings.Limits;
import io.sallyport.spark.RefusedException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The sessions of Spark Connect, no more of them than limits allow.
 *
 * <p>Counted is what Spark's session manager holds, at the moment when one more would be made, and
 * nothing else makes one. A session is idle while nothing of it runs and no result of it waits.
 * Idle for long, it ends; at a principal's limit their longest idle one ends at once. Safe for
 * threads.
 */
final class BoundedSessions implements Sessions {

  private final Sessions sessions;
  private final LiveState live;
  private final Slots slots;
  private final Limits limits;
  private final Clock clock;
  private final Map<OperationKey, Instant> lastBusy = new HashMap<>();

  BoundedSessions(Sessions sessions, LiveState live, Slots slots, Limits limits, Clock clock) {
    this.sessions = sessions;
    this.live = live;
    this.slots = slots;
    this.limits = limits;
    this.clock = clock;
  }

  /**
   * @throws RefusedException LIMIT_EXCEEDED when there would be too many, none of them idle
   */
  @Override
  public synchronized OpenSession open(
      Principal principal, String session, Optional<String> observed) {
    List<HeldSession> held = live.sessions();
    if (held.stream().noneMatch(one -> isOf(principal, one) && one.session().equals(session))) {
      makeRoom(principal, held);
    }
    return sessions.open(principal, session, observed);
  }

  /** Ends what was idle for too long. Called now and then: it sees what is busy meanwhile. */
  synchronized void endIdle() {
    List<HeldSession> held = live.sessions();
    Instant now = clock.instant();
    lastBusy.keySet().removeIf(key -> held.stream().noneMatch(one -> key(one).equals(key)));
    held.stream().filter(this::isBusy).forEach(one -> lastBusy.put(key(one), now));
    Instant latest = now.minus(Duration.ofMinutes(limits.idleMinutes()));
    held.stream()
        .filter(one -> !isBusy(one) && !idleSince(one).isAfter(latest))
        .forEach(one -> live.endSession(one.principal(), one.session()));
  }

  private void makeRoom(Principal principal, List<HeldSession> held) {
    long own = held.stream().filter(one -> isOf(principal, one)).count();
    boolean isOwnLimit = own >= limits.sessionsPerPrincipal();
    if (!isOwnLimit && held.size() < limits.sessions()) {
      return;
    }
    HeldSession longestIdle =
        held.stream()
            .filter(one -> isOf(principal, one) && !isBusy(one))
            .min(Comparator.comparing(this::idleSince))
            .orElseThrow(() -> full(isOwnLimit));
    live.endSession(longestIdle.principal(), longestIdle.session());
  }

  private RefusedException full(boolean isOwnLimit) {
    return RefusedException.of(
        RefusalCode.LIMIT_EXCEEDED,
        isOwnLimit
            ? "%d sessions of yours are open, and something runs in each (limit.sessions-per-principal)"
                .formatted(limits.sessionsPerPrincipal())
            : "%d sessions are open on this server (limit.sessions)".formatted(limits.sessions()),
        isOwnLimit
            ? "closing one of them, or waiting until what runs in one has ended"
            : "the same a little later");
  }

  private boolean isBusy(HeldSession one) {
    return one.hasOperations() || slots.isBusy(one.principal(), one.session());
  }

  private Instant idleSince(HeldSession one) {
    Instant busy = lastBusy.getOrDefault(key(one), Instant.MIN);
    return busy.isAfter(one.lastCall()) ? busy : one.lastCall();
  }

  private static boolean isOf(Principal principal, HeldSession one) {
    return one.principal().equals(principal.name());
  }

  private static OperationKey key(HeldSession one) {
    return new OperationKey(one.principal(), one.session(), "");
  }
}
