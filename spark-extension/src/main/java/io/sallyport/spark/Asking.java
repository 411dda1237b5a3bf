package io.sallyport.spark;

import io.sallyport.policy.principal.Principal;
import java.util.Objects;
import java.util.UUID;

/**
 * Who asks: the authenticated principal and the Connect session and operation the question came in.
 *
 * @param principal the gate's word, never the client's
 * @param session the Connect session id
 * @param operation the Connect operation id; empty for an analysis, which has none
 */
public record Asking(Principal principal, String session, String operation) {

  public Asking {
    Objects.requireNonNull(principal, "principal");
    Objects.requireNonNull(session, "session");
    Objects.requireNonNull(operation, "operation");
  }

  /** The same with an operation id, a fresh one where there is none: failures are found by it. */
  Asking traced() {
    return operation.isEmpty()
        ? new Asking(principal, session, UUID.randomUUID().toString())
        : this;
  }
}
