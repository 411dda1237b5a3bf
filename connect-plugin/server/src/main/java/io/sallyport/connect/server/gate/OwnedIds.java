package io.sallyport.connect.server.gate;

import io.sallyport.policy.decision.RefusalCode;
import io.sallyport.policy.principal.Principal;
import io.sallyport.spark.RefusedException;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/**
 * Ids that clients choose, each tied to the principal who used it first.
 *
 * <p>Guarantees that an id serves one principal only, as long as it is among the last that its
 * owner used: what one principal does makes nobody else's ids forgotten. Safe for threads.
 */
final class OwnedIds {

  private static final int REMEMBERED = 20_000;

  private final String noun;
  private final Map<String, String> owners = new HashMap<>();
  private final Map<String, Set<String>> byOwner = new HashMap<>();

  /**
   * @param noun what the ids are ids of, for refusals
   */
  OwnedIds(String noun) {
    this.noun = noun;
  }

  /**
   * The id is the principal's from now on, if it was not before.
   *
   * @throws RefusedException IDENTITY_MISMATCH when it is another's
   */
  synchronized void claim(String id, Principal principal) {
    requireNotForeign(id, principal);
    owners.put(id, principal.name());
    Set<String> own = byOwner.computeIfAbsent(principal.name(), name -> new LinkedHashSet<>());
    own.remove(id);
    own.add(id);
    if (own.size() > REMEMBERED) {
      String oldest = own.iterator().next();
      own.remove(oldest);
      owners.remove(oldest);
    }
  }

  /**
   * @throws RefusedException IDENTITY_MISMATCH when the id is another principal's
   */
  synchronized void requireNotForeign(String id, Principal principal) {
    String owner = owners.get(id);
    if (owner != null && !owner.equals(principal.name())) {
      throw RefusedException.of(
          RefusalCode.IDENTITY_MISMATCH,
          "this " + noun + " belongs to another principal",
          "a " + noun + " id of your own");
    }
  }

  /** Whether somebody used the id, and it is remembered. */
  synchronized boolean isKnown(String id) {
    return owners.containsKey(id);
  }
}
