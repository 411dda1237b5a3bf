package io.sallyport.connect.server.gate;

import io.sallyport.policy.principal.Principal;
import io.sallyport.spark.Installation;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.sparkproject.connect.grpc.Context;
import org.sparkproject.connect.grpc.Deadline;

/**
 * When a plan is looked at: one of a principal at a time, as part of the principal's hour. Only
 * calls that have a slot come here, so few threads wait; calls that end something never do.
 */
final class AdmissionTurns {

  private final Installation installation;

  AdmissionTurns(Installation installation) {
    this.installation = installation;
  }

  /**
   * Looks at a plan, on this thread, when its turn has come.
   *
   * @throws io.sallyport.spark.RefusedException LIMIT_EXCEEDED when it does not come before the
   *     call's deadline or within the limit, or the hour is used up
   */
  <T> T inTurn(Principal principal, Supplier<T> work) {
    return installation.admit(principal, left(), work);
  }

  private static Duration left() {
    Deadline deadline = Context.current().getDeadline();
    return deadline == null
        ? Duration.ofDays(1)
        : Duration.ofNanos(Math.max(0, deadline.timeRemaining(TimeUnit.NANOSECONDS)));
  }
}
