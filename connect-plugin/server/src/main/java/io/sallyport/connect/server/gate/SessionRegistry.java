package io.sallyport.connect.server.gate;

import io.sallyport.policy.decision.RefusalCode;
import io.sallyport.policy.principal.Principal;
import io.sallyport.policy.settings.Limits;
import io.sallyport.spark.RefusedException;
import java.time.Clock;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Whose each session and each operation is.
 *
 * <p>Spark Connect finds a session by the user and session ids that the client sent. The user is
 * overwritten by the gate; the registry makes sure that a session id or an operation id that one
 * principal has used answers nobody else, in any RPC. Safe for threads.
 */
final class SessionRegistry {

  /** The canonical form only: Spark parses ids, and one UUID has many spellings. */
  private static final Pattern UUID =
      Pattern.compile("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}");

  private static final int REMEMBERED = 20_000;

  private final OwnedIds sessions;
  private final OwnedIds operations;
  private final Set<String> begun = RecentIds.upTo(REMEMBERED);

  SessionRegistry(Limits limits, LiveState live, Clock clock) {
    this.sessions =
        new OwnedIds(
            "session", limits.sessionsPerPrincipal(), limits.sessions(), live::sessions, clock);
    this.operations =
        new OwnedIds(
            "operation",
            limits.operationsPerPrincipal(),
            limits.operations(),
            live::operations,
            clock);
  }

  /** Opens the session for the principal, or finds it open already. */
  void openSession(String session, Principal principal) {
    requireUuid("session", session);
    sessions.open(session, principal);
  }

  /** The session need not be open, but it is nobody else's. */
  void requireOwnSession(String session, Principal principal) {
    requireUuid("session", session);
    sessions.requireNotForeign(session, principal);
  }

  void closeSession(String session) {
    sessions.close(session);
  }

  /** Something was asked in the session: its client's builder is through. */
  void hasBegun(String session) {
    begun.add(session);
  }

  /** Whether something was asked in the session; forgotten after very many others. */
  boolean isBegun(String session) {
    return begun.contains(session);
  }

  /** Starts the operation for the principal, or finds it started already. */
  void openOperation(String operation, Principal principal) {
    requireUuid("operation", operation);
    operations.open(operation, principal);
  }

  /** The operation need not be known, but it is nobody else's. */
  void requireOwnOperation(String operation, Principal principal) {
    requireUuid("operation", operation);
    operations.requireNotForeign(operation, principal);
  }

  /** Whether the operation was started, and by the principal; it may have ended. */
  boolean isOwnOperation(String operation, Principal principal) {
    requireOwnOperation(operation, principal);
    return operations.isKnown(operation);
  }

  void closeOperation(String operation) {
    operations.close(operation);
  }

  private static void requireUuid(String noun, String id) {
    if (!UUID.matcher(id).matches()) {
      throw RefusedException.of(
          RefusalCode.PARAM_INVALID,
          "the " + noun + " id is not a UUID in its canonical form",
          "an id of 36 lower-case hexadecimal digits and hyphens, as stock clients make it");
    }
  }
}
