package io.sallyport.connect.desk;

import static io.sallyport.policy.request.Filings.LATER;

import io.sallyport.policy.audit.AuditEntry;
import io.sallyport.policy.audit.AuditRecord;
import io.sallyport.policy.audit.StoreUnavailableException;
import io.sallyport.policy.frame.FrameName;
import io.sallyport.policy.frame.PolicySet;
import io.sallyport.policy.ledger.AnalystSpending;
import io.sallyport.policy.ledger.AnswerHistory;
import io.sallyport.policy.ledger.Balance;
import io.sallyport.policy.ledger.GivenAnswer;
import io.sallyport.policy.principal.Credential;
import io.sallyport.policy.principal.Principal;
import io.sallyport.policy.principal.Principals;
import io.sallyport.policy.principal.Role;
import io.sallyport.policy.request.ApprovalDesk;
import io.sallyport.policy.request.ApprovalRequest;
import io.sallyport.policy.request.DeskException;
import io.sallyport.policy.request.RequestFilter;
import io.sallyport.policy.request.SeenRequest;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A governed server without Spark: the real desk in a real store, played results. The tokens are
 * {@code token-of-<name>}; olga, otto and rita decide, ada and bob ask.
 */
final class PlayedService implements DeskService {
  static final String EVIDENCE =
      """
      {"points":[{"keys":["hospital.stays.ward"],"outputs":[0],
        "frames":{"hospital.stays":{"total":1000,"inside":996,"left_out":4}},
        "group_count":3,
        "groups":[{"key":["burns"],"units":{"hospital.stays":3}},
                  {"key":["surgery"],"units":{"hospital.stays":400}},
                  {"key":["urology"],"units":{"hospital.stays":593}}]}]}""";

  private final ApprovalDesk desk;
  private final PolicySet policies;
  private final Principals principals;
  private final List<Credential> ended = new CopyOnWriteArrayList<>();

  final List<String> record = new CopyOnWriteArrayList<>();
  final List<String> turnedAway = new CopyOnWriteArrayList<>();
  final AtomicInteger decisions = new AtomicInteger();
  String evidence = EVIDENCE;
  List<String> columns = List.of("ward", "count");
  List<List<String>> rows =
      List.of(
          List.of("burns", "3"), Arrays.asList("surgery", "400"), Arrays.asList("urology", null));
  Optional<String> problem = Optional.empty();
  Optional<String> policyProblem = Optional.empty();
  boolean isDown;
  List<GivenAnswer> earlier =
      List.of(
          new GivenAnswer(
              LATER,
              "ada",
              "Take the frame hospital.stays. Keep the rows where ward is not 'burns'.",
              List.of(FrameName.of("hospital.stays")),
              1,
              Optional.empty(),
              Optional.of("epsilon 0.5"),
              1));
  long othersEarlier;
  Runnable beforeDeciding = () -> {};
  final List<String> read = new CopyOnWriteArrayList<>();
  final List<Throwable> troubles = new CopyOnWriteArrayList<>();
  List<Balance> balances = List.of();
  List<AnalystSpending> spending = List.of();

  PlayedService(ApprovalDesk desk, PolicySet policies) {
    this.desk = desk;
    this.policies = policies;
    List<Credential> all = new ArrayList<>();
    for (String name : List.of("olga", "otto")) {
      all.add(new Credential(new Principal(name, Role.OWNER), sha256(token(name))));
    }
    for (String name : List.of("rita", "ada", "bob")) {
      all.add(new Credential(new Principal(name, Role.ANALYST), sha256(token(name))));
    }
    this.principals = Principals.of(all);
  }

  static String token(String name) {
    return "token-of-" + name;
  }

  void takeAway(String name) {
    principals.authenticate(token(name), Instant.EPOCH).ifPresent(ended::add);
  }

  @Override
  public Optional<Credential> authenticate(String token) {
    return principals.authenticate(token, Instant.EPOCH).filter(this::isInForce);
  }

  @Override
  public boolean isInForce(Credential credential) {
    return !ended.contains(credential);
  }

  @Override
  public void turnedAway(String what) {
    turnedAway.add(what);
  }

  @Override
  public PolicySet policies() {
    return policies;
  }

  @Override
  public Optional<String> policyProblem() {
    return policyProblem;
  }

  @Override
  public List<ApprovalRequest> requests(Principal person) {
    requireUp();
    return desk.list(RequestFilter.newest(1000)).stream()
        .filter(request -> mayDecide(request, person))
        .toList();
  }

  @Override
  public RequestFile file(Principal person, String id, int first, int most) {
    requireUp();
    ApprovalRequest request =
        desk.find(id)
            .filter(found -> mayDecide(found, person))
            .orElseThrow(() -> new DeskRefusal(DeskRefusal.Kind.UNKNOWN, "there is none"));
    int from = Math.min(first, rows.size());
    List<List<String>> shown = rows.subList(from, Math.min(rows.size(), from + most));
    return new RequestFile(
        request,
        evidence,
        problem,
        columns,
        shown,
        rows.size(),
        new AnswerHistory.Earlier(earlier.size() + othersEarlier, othersEarlier, earlier));
  }

  @Override
  public void reads(Principal person, String id) {
    requireUp();
    read.add(person.name() + " " + id);
  }

  @Override
  public void trouble(String what, Throwable reason) {
    troubles.add(reason);
  }

  @Override
  public ApprovalRequest decide(
      Principal person, String id, Decision decision, String words, SeenRequest seen) {
    requireUp();
    beforeDeciding.run();
    Optional<SeenRequest> about = Optional.of(seen);
    try {
      record.add(person.name() + " " + decision + " " + words);
      ApprovalRequest after =
          switch (decision) {
            case APPROVE -> desk.approve(id, person, words, about);
            case REJECT -> desk.reject(id, person, words, about);
            case RETURN -> desk.giveBack(id, person, words, about);
          };
      decisions.incrementAndGet();
      return after;
    } catch (DeskException e) {
      throw new DeskRefusal(DeskRefusal.Kind.CONFLICT, e.subject());
    } catch (StoreUnavailableException e) {
      throw new DeskRefusal(DeskRefusal.Kind.UNAVAILABLE, "the store cannot be reached");
    }
  }

  @Override
  public List<Balance> balances(Principal person) {
    requireUp();
    return balances;
  }

  @Override
  public List<AnalystSpending> spending(Principal person) {
    requireUp();
    return spending;
  }

  @Override
  public List<AuditEntry> activity(Principal person, int newest) {
    requireUp();
    List<AuditEntry> entries = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      entries.add(entry(i + 1L, "bob", "REFUSED", Optional.of("SMALL_GROUP"), "Aggregate <b>"));
    }
    entries.add(entry(7, "ada", "RELEASED", Optional.empty(), "Project [ward]"));
    return entries;
  }

  private static AuditEntry entry(
      long number, String who, String verdict, Optional<String> code, String question) {
    AuditRecord record =
        new AuditRecord(
            LATER,
            who,
            "s",
            "o",
            question,
            "plan",
            "1",
            List.of("hospital.stays"),
            verdict,
            code,
            List.of(),
            Optional.empty(),
            OptionalLong.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty());
    return new AuditEntry(number, record, "a", "b");
  }

  private void requireUp() {
    if (isDown) {
      throw new DeskRefusal(DeskRefusal.Kind.UNAVAILABLE, "the store cannot be reached");
    }
  }

  private static boolean mayDecide(ApprovalRequest request, Principal person) {
    return !request.key().principal().equals(person.name())
        && request.demands().stream().anyMatch(demand -> demand.mayBeDecidedBy(person));
  }

  private static String sha256(String text) {
    try {
      return HexFormat.of()
          .formatHex(
              MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
