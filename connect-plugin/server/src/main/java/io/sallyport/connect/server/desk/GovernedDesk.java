package io.sallyport.connect.server.desk;

import io.sallyport.connect.desk.DeskRefusal;
import io.sallyport.connect.desk.DeskService;
import io.sallyport.connect.desk.RequestFile;
import io.sallyport.policy.audit.AuditEntry;
import io.sallyport.policy.frame.PolicySet;
import io.sallyport.policy.ledger.AnalystSpending;
import io.sallyport.policy.ledger.Balance;
import io.sallyport.policy.principal.Credential;
import io.sallyport.policy.principal.Principal;
import io.sallyport.policy.request.ApprovalRequest;
import io.sallyport.policy.request.SeenRequest;
import io.sallyport.spark.Asking;
import io.sallyport.spark.DeskQueries;
import io.sallyport.spark.Installation;
import io.sallyport.spark.OperatorLog;
import io.sallyport.spark.RefusedException;
import io.sallyport.spark.answer.ReviewFile;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;

/** The desk's service on an installation: the same deeds and records as those of CALL. */
public final class GovernedDesk implements DeskService {
  private static final String SESSION = "desk";

  private final Installation installation;
  private final Clock clock;

  public GovernedDesk(Installation installation, Clock clock) {
    this.installation = installation;
    this.clock = clock;
  }

  @Override
  public Optional<Credential> authenticate(String token) {
    return installation.principals().authenticate(token, clock.instant());
  }

  @Override
  public boolean isInForce(Credential credential) {
    return installation.principals().holds(credential, clock.instant());
  }

  @Override
  public void turnedAway(String what) {
    told(
        () -> {
          queries().stranger(what);
          return what;
        });
  }

  @Override
  public PolicySet policies() {
    return queries().policies();
  }

  @Override
  public Optional<String> policyProblem() {
    return queries().policyProblem();
  }

  @Override
  public List<ApprovalRequest> requests(Principal person) {
    return told(() -> queries().requests(person));
  }

  @Override
  public RequestFile file(Principal person, String id, int first, int most) {
    ReviewFile file =
        told(() -> queries().file(asking(person), id, first, most), DeskRefusal.Kind.UNKNOWN);
    return new RequestFile(
        file.request(),
        file.evidence(),
        file.problem(),
        file.columns(),
        file.rows(),
        file.total(),
        file.earlier());
  }

  @Override
  public void reads(Principal person, String id) {
    Asking asking = asking(person);
    told(
        () -> {
          queries().reads(asking, id);
          return id;
        },
        DeskRefusal.Kind.UNKNOWN);
  }

  @Override
  public void trouble(String what, Throwable reason) {
    OperatorLog.trouble(what, reason);
  }

  @Override
  public ApprovalRequest decide(
      Principal person, String id, Decision decision, String words, SeenRequest seen) {
    Asking asking = asking(person);
    return told(
        () ->
            switch (decision) {
              case APPROVE -> queries().approve(asking, id, words, seen);
              case REJECT -> queries().reject(asking, id, words, seen);
              case RETURN -> queries().giveBack(asking, id, words, seen);
            });
  }

  @Override
  public List<Balance> balances(Principal person) {
    return told(() -> queries().balances(person));
  }

  @Override
  public List<AnalystSpending> spending(Principal person) {
    return told(() -> queries().spending(person));
  }

  @Override
  public List<AuditEntry> activity(Principal person, int newest) {
    return told(() -> queries().activity(person, newest));
  }

  private DeskQueries queries() {
    return installation.desk();
  }

  private static Asking asking(Principal person) {
    return new Asking(person, SESSION, UUID.randomUUID().toString());
  }

  private static <T> T told(Supplier<T> work) {
    return told(work, DeskRefusal.Kind.CONFLICT);
  }

  /**
   * @param otherwise what a refusal is that has no kind of its own
   */
  private static <T> T told(Supplier<T> work, DeskRefusal.Kind otherwise) {
    try {
      return work.get();
    } catch (RefusedException e) {
      DeskRefusal.Kind kind =
          switch (e.refusal().code()) {
            case STORE_UNAVAILABLE -> DeskRefusal.Kind.UNAVAILABLE;
            case IDENTITY_MISMATCH -> DeskRefusal.Kind.FORBIDDEN;
            default -> otherwise;
          };
      throw new DeskRefusal(
          kind, e.refusal().subject() + ". What would pass: " + e.refusal().remedy());
    }
  }
}
