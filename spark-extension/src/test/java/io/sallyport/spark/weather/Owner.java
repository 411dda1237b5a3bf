package io.sallyport.spark.weather;

import io.sallyport.policy.decision.RefusalCode;
import io.sallyport.policy.principal.Principal;
import io.sallyport.policy.principal.Role;
import io.sallyport.policy.request.ApprovalRequest;
import io.sallyport.policy.request.RequestFilter;
import io.sallyport.policy.request.RequestState;
import io.sallyport.spark.Asking;
import io.sallyport.spark.RefusedException;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeUnit;

/** One who decides without end, mostly well; a quarter of the requests stays open. */
final class Owner implements Runnable {
  private final ClinicServer server;
  private final Principal principal;
  private final String life;
  private final Random random;
  private int operations;

  Owner(ClinicServer server, String name, String life, long seed) {
    this.server = server;
    this.principal = new Principal(name, Role.OWNER);
    this.life = life;
    this.random = new Random(seed);
  }

  @Override
  public void run() {
    try {
      while (true) {
        List<ApprovalRequest> mine = mine();
        if (mine.isEmpty()) {
          TimeUnit.MILLISECONDS.sleep(20);
        } else {
          decide(mine.get(random.nextInt(mine.size())).id());
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private List<ApprovalRequest> mine() {
    return server
        .durable()
        .desk()
        .list(new RequestFilter(Optional.of(RequestState.PENDING), Optional.empty(), 50))
        .stream()
        .filter(request -> request.id().charAt(2) < 'c')
        .filter(
            request ->
                request.demands().stream().anyMatch(demand -> demand.mayBeDecidedBy(principal)))
        .filter(
            request ->
                request.votes().stream().noneMatch(v -> v.decider().equals(principal.name())))
        .toList();
  }

  private void decide(String id) {
    String call =
        switch (random.nextInt(8)) {
          case 0 -> "reject('%s', 'fewer rows')";
          case 1 -> "return_request('%s', 'which study?')";
          default -> "approve('%s')";
        };
    operations++;
    Asking asking =
        ClinicServer.asking(principal, life + "." + principal.name() + "." + operations);
    try {
      ApprovalRequest request = server.call(call.formatted(id), asking);
      FailurePoint.DECISION_UNTOLD.reached();
      new Acknowledged(
              Acknowledged.Kind.DECIDED,
              asking.operation(),
              principal.name(),
              id,
              request.state().name())
          .print();
    } catch (RefusedException e) {
      requireLate(e, asking);
    }
  }

  /** Somebody else was faster; anything else must not be. */
  static void requireLate(RefusedException e, Asking asking) {
    if (e.refusal().code() != RefusalCode.PARAM_INVALID) {
      new Acknowledged(
              Acknowledged.Kind.WRONG,
              asking.operation(),
              asking.principal().name(),
              e.refusal().code().name(),
              e.refusal().subject())
          .print();
    }
  }
}
