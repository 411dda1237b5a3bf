package io.sallyport.connect.server.gate;

import io.sallyport.policy.decision.RefusalCode;
import io.sallyport.policy.principal.Principal;
import io.sallyport.spark.RefusedException;
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

  private final OwnedIds sessions = new OwnedIds("session");
  private final OwnedIds operations = new OwnedIds("operation");
  private final Set<String> begun = RecentIds.upTo(REMEMBERED);

  /** The session is the principal's, from now on at the latest. */
  void claimSession(String session, Principal principal) {
    requireUuid("session", session);
    sessions.claim(session, principal);
  }

  /** The session need not be open, but it is nobody else's. */
  void requireOwnSession(String session, Principal principal) {
    requireUuid("session", session);
    sessions.requireNotForeign(session, principal);
  }

  /** Something was asked in the session: its client's builder is through. */
  void hasBegun(String session) {
    begun.add(session);
  }

  /** Whether something was asked in the session; forgotten after very many others. */
  boolean isBegun(String session) {
    return begun.contains(session);
  }

  /** The operation is the principal's, from now on at the latest. */
  void claimOperation(String operation, Principal principal) {
    requireUuid("operation", operation);
    operations.claim(operation, principal);
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

  private static void requireUuid(String noun, String id) {
    if (!UUID.matcher(id).matches()) {
      throw RefusedException.of(
          RefusalCode.PARAM_INVALID,
          "the " + noun + " id is not a UUID in its canonical form",
          "an id of 36 lower-case hexadecimal digits and hyphens, as stock clients make it");
    }
  }
}
