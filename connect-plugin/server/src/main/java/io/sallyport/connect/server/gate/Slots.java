package io.sallyport.connect.server.gate;

import io.sallyport.policy.decision.RefusalCode;
import io.sallyport.policy.principal.Principal;
import io.sallyport.policy.settings.Limits;
import io.sallyport.spark.RefusedException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * How much runs at once, for each principal and for all.
 *
 * <p>A slot is taken by the thread that hands a request to Spark, before it does. It is free again
 * when that thread has come back and Spark runs nothing of it any more; nothing that a client says,
 * and no call that fails, frees it earlier. Safe for threads.
 */
final class Slots {

  /** A slot that is taken. A thread is {@code entered} between the request and Spark's return. */
  private static final class Slot {
    private boolean entered = true;
  }

  private final Limits limits;
  private final LiveState live;
  private final Map<OperationKey, Slot> taken = new HashMap<>();

  Slots(Limits limits, LiveState live) {
    this.limits = limits;
    this.live = live;
  }

  /**
   * Takes a slot for what is about to begin, or finds the one that it has. Followed by {@link
   * #leave}, whatever happens.
   *
   * @throws RefusedException LIMIT_EXCEEDED when too much runs, or the same is just beginning
   */
  synchronized void enter(Principal principal, OperationKey key) {
    Slot known = taken.get(key);
    if (known != null && known.entered) {
      throw RefusedException.of(
          RefusalCode.LIMIT_EXCEEDED,
          "another call is just beginning the operation of this id",
          "a fresh operation id, or the same call when the other has been answered");
    }
    if (known != null) {
      known.entered = true;
      return;
    }
    if (isFull(principal)) {
      free();
    }
    if (isFull(principal)) {
      throw full(principal);
    }
    taken.put(key, new Slot());
  }

  /** The thread is through: from here on the slot is taken as long as Spark runs something. */
  synchronized void leave(OperationKey key) {
    Slot slot = taken.get(key);
    if (slot != null) {
      slot.entered = false;
      if (!live.running().test(key)) {
        taken.remove(key);
      }
    }
  }

  /** Whether something begins or runs in the session. */
  synchronized boolean isBusy(String principal, String session) {
    return taken.keySet().stream()
        .anyMatch(key -> key.principal().equals(principal) && key.session().equals(session));
  }

  /** Frees the slots of what has ended. */
  synchronized void free() {
    Predicate<OperationKey> running = live.running();
    taken.entrySet().removeIf(one -> !one.getValue().entered && !running.test(one.getKey()));
  }

  /** Frees the slots of what has ended, and ends what is left over of it. Called now and then. */
  void sweep() {
    free();
    handedOver().forEach(live::cancelLeftOver);
  }

  private synchronized List<OperationKey> handedOver() {
    return taken.entrySet().stream()
        .filter(one -> !one.getValue().entered)
        .map(Map.Entry::getKey)
        .toList();
  }

  private boolean isFull(Principal principal) {
    return own(principal) >= limits.operationsPerPrincipal() || taken.size() >= limits.operations();
  }

  private long own(Principal principal) {
    return taken.keySet().stream().filter(k -> k.principal().equals(principal.name())).count();
  }

  private RefusedException full(Principal principal) {
    boolean isOwn = own(principal) >= limits.operationsPerPrincipal();
    return RefusedException.of(
        RefusalCode.LIMIT_EXCEEDED,
        isOwn
            ? "more than %d of your queries and analyses would be under way at once (limit.operations-per-principal)"
                .formatted(limits.operationsPerPrincipal())
            : "more than %d queries and analyses would be under way on this server at once (limit.operations)"
                .formatted(limits.operations()),
        isOwn
            ? "the same when one of them has ended, or was interrupted and has stopped"
            : "the same a little later");
  }
}
