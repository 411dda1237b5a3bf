package io.sallyport.connect.desk;

import io.sallyport.connect.desk.http.DeskServer;
import io.sallyport.policy.frame.Frame;
import io.sallyport.policy.frame.FrameName;
import io.sallyport.policy.frame.FrameSource;
import io.sallyport.policy.frame.Policy;
import io.sallyport.policy.frame.PolicySet;
import io.sallyport.policy.frame.PrivacyUnit;
import io.sallyport.policy.frame.SmallGroups;
import io.sallyport.policy.principal.Principal;
import io.sallyport.policy.request.ApprovalDesk;
import io.sallyport.policy.request.ApprovalRequest;
import io.sallyport.policy.request.Demand;
import io.sallyport.policy.request.Filings;
import io.sallyport.policy.request.ManualClock;
import io.sallyport.policy.rule.RuleParser;
import io.sallyport.policy.settings.DeskAddress;
import io.sallyport.policy.store.Store;
import io.sallyport.policy.store.StoreTerms;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.X509ExtendedKeyManager;

/**
 * A desk that listens on this machine, over a real store; stays are olga's, rita reviews visits.
 */
final class OpenDesk implements AutoCloseable {
  private static final AtomicInteger PLANS = new AtomicInteger();

  final ManualClock clock = new ManualClock();
  final ApprovalDesk requests;
  final PlayedService service;
  private final Store store;
  private final DeskServer server;

  OpenDesk() throws IOException {
    this(Optional.empty());
  }

  OpenDesk(Optional<X509ExtendedKeyManager> tls) throws IOException {
    Path folder = Files.createTempDirectory("desk");
    store =
        Store.open(
            new StoreTerms(
                "jdbc:h2:file:" + folder.resolve("store"), Optional.empty(), Optional.empty()));
    requests = new ApprovalDesk(store, clock, Filings.TERMS);
    service = new PlayedService(requests, policies());
    server = DeskServer.start(service, new DeskAddress("127.0.0.1", 0), tls, clock);
  }

  private static PolicySet policies() {
    Policy policy =
        new Policy(
            RuleParser.parse("aggregation(10)"), RuleParser.parse("true"), SmallGroups.APPROVAL);
    return PolicySet.of(
        List.of(
            frame("hospital.stays", Optional.of("olga"), Set.of(), policy),
            frame("visits", Optional.of("olga"), Set.of("rita"), policy)),
        Set.of());
  }

  private static Frame frame(
      String name, Optional<String> owner, Set<String> reviewers, Policy policy) {
    return new Frame(
        FrameName.of(name),
        new FrameSource.Table(name),
        owner,
        new PrivacyUnit.Column("id"),
        policy,
        Set.of("name"),
        Set.of(),
        reviewers,
        1,
        true);
  }

  Browser browser() {
    return new Browser(address());
  }

  URI address() {
    return server.address();
  }

  /** A request of ada's for olga alone. */
  ApprovalRequest filed(String why) {
    return filed(
        Filings.ADA,
        why,
        new Demand(
            Filings.STAYS,
            Set.of("olga"),
            1,
            List.of("SMALL_GROUP: a row rests on fewer than 10 people (aggregation(10))")));
  }

  /** A request that needs both olga and rita. */
  ApprovalRequest filedForTwo() {
    return filed(
        Filings.ADA,
        "for two",
        new Demand(Filings.VISITS, Set.of("olga", "rita"), 2, List.of("RAW_OUTPUT: rows (p)")));
  }

  ApprovalRequest filed(Principal who, String why, Demand demand) {
    return requests.file(
        Filings.request(Filings.key(who, "plan-" + PLANS.incrementAndGet()), why, List.of(demand)));
  }

  @Override
  public void close() {
    server.close();
    store.close();
  }
}
