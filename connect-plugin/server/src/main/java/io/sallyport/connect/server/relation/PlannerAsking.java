package io.sallyport.connect.server.relation;

import io.sallyport.policy.principal.Principal;
import io.sallyport.spark.Asking;
import io.sallyport.spark.Installation;
import org.apache.spark.sql.connect.planner.SparkConnectPlanner;

/** Who asks, as the planner knows it: the user id of its session is the one the gate wrote. */
final class PlannerAsking {

  private PlannerAsking() {}

  /**
   * @throws IllegalStateException when the session's user is no principal: then the call did not
   *     come through the gate
   */
  static Asking of(SparkConnectPlanner planner, Installation installation) {
    String user = planner.sessionHolder().userId();
    Principal principal =
        installation.principals().all().stream()
            .filter(known -> known.name().equals(user))
            .findFirst()
            .orElseThrow(() -> new IllegalStateException("The session's user is no principal"));
    String operation =
        planner.executeHolderOpt().isDefined()
            ? planner.executeHolderOpt().get().operationId()
            : "";
    return new Asking(principal, planner.sessionHolder().sessionId(), operation);
  }

  /** What Spark runs for an operation after its answer, on the same thread, is its asker's. */
  static void join(SparkConnectPlanner planner, Installation installation, Asking asking) {
    if (planner.executeHolderOpt().isDefined()) {
      installation.join(planner.session(), asking);
    }
  }

  /**
   * @throws IllegalStateException when the driver plugin did not run
   */
  static Installation installation() {
    return Installation.current()
        .orElseThrow(() -> new IllegalStateException("Sallyport is not installed"));
  }
}
