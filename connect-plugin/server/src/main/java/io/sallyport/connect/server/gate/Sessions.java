package io.sallyport.connect.server.gate;

import io.sallyport.policy.principal.Principal;
import java.util.Optional;

/** Where the sessions are that responses of the gate belong to. */
interface Sessions {

  /**
   * The principal's session of an id, made if it is not there.
   *
   * @param observed the server's side of the session, as the client has seen it before
   * @throws SessionNotOpenException when it was closed, or is not the one that the client has seen
   */
  OpenSession open(Principal principal, String session, Optional<String> observed);
}
