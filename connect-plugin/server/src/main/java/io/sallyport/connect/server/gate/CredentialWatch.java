package io.sallyport.connect.server.gate;

import io.sallyport.policy.principal.Credential;
import io.sallyport.policy.principal.Principals;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/**
 * Which credential each session is used with. A credential that was taken away, exchanged or has
 * expired ends the sessions that it opened, with all that runs in them, and the calls that it made.
 * Safe for threads.
 */
final class CredentialWatch {

  private final Supplier<Principals> principals;
  private final LiveState live;
  private final Clock clock;
  private final Map<OperationKey, Credential> sessions = new ConcurrentHashMap<>();

  /**
   * @param principals those who are known at the moment
   */
  CredentialWatch(Supplier<Principals> principals, LiveState live, Clock clock) {
    this.principals = principals;
    this.live = live;
    this.clock = clock;
  }

  /** The session is used with the credential; the first one known to do so is its own. */
  void uses(Credential credential, String session) {
    sessions.putIfAbsent(key(credential.principal().name(), session), credential);
  }

  boolean isInForce(Credential credential) {
    return principals.get().holds(credential, clock.instant());
  }

  /** Ends what is to be ended. Called now and then. */
  void sweep() {
    List<HeldSession> held = live.sessions();
    sessions
        .keySet()
        .removeIf(
            key -> held.stream().noneMatch(one -> key(one.principal(), one.session()).equals(key)));
    held.stream()
        .filter(one -> !mayGoOn(one))
        .forEach(one -> live.endSession(one.principal(), one.session()));
  }

  private boolean mayGoOn(HeldSession one) {
    Credential credential = sessions.get(key(one.principal(), one.session()));
    return credential == null
        ? principals.get().knows(one.principal(), clock.instant())
        : isInForce(credential);
  }

  private static OperationKey key(String principal, String session) {
    return new OperationKey(principal, session, "");
  }
}
