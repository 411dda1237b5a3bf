package io.sallyport.policy.ledger;

import static io.sallyport.policy.ledger.Spending.STAYS;
import static io.sallyport.policy.ledger.Spending.budget;
import static io.sallyport.policy.ledger.Spending.charge;
import static io.sallyport.policy.ledger.Spending.isCharged;
import static io.sallyport.policy.ledger.Spending.policies;
import static org.assertj.core.api.Assertions.assertThat;

import io.sallyport.policy.audit.StoreUnavailableException;
import io.sallyport.policy.frame.PolicySet;
import io.sallyport.policy.store.Backend;
import io.sallyport.policy.store.OtherProcess;
import io.sallyport.policy.store.Store;
import io.sallyport.policy.store.StoreTerms;
import java.io.PrintStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A server that charges, then releases, is killed at any moment: spent is at least released. */
@Timeout(3_600)
final class KilledLedgerTest {
  private static final PolicySet TERMS =
      policies("people", budget("1000000", "0"), Optional.empty());

  @TempDir Path folder;

  @ParameterizedTest
  @EnumSource(Backend.class)
  void whatWasReleased_isSpent_afterAFewKills(Backend backend) throws Exception {
    kill(backend.newDatabase(folder), 3);
  }

  @Tag("campaign")
  @ParameterizedTest
  @EnumSource(Backend.class)
  void whatWasReleased_isSpent_after250Kills(Backend backend) throws Exception {
    kill(backend.newDatabase(folder), 250);
  }

  private static void kill(StoreTerms terms, int times) throws Exception {
    Random random = new Random(20261123);
    int released = 0;
    for (int i = 0; i < times; i++) {
      try (OtherProcess server = OtherProcess.start(Server.class, terms, Integer.toString(i))) {
        server.nextLine();
        released++;
        TimeUnit.MILLISECONDS.sleep(random.nextInt(300));
        released += server.kill().size();
      }
      try (Store store = Store.open(terms)) {
        BigDecimal spent =
            new BudgetLedger(store, Clock.systemUTC())
                .balances("ada", List.of(STAYS), TERMS)
                .get(0)
                .spent()
                .pure()
                .value();
        assertThat(spent).isGreaterThanOrEqualTo(BigDecimal.valueOf(released));
      }
    }
    assertThat(released).isGreaterThan(times);
  }

  /** Charges one at a time, and releases, that is prints, what was charged. */
  static final class Server {
    private Server() {}

    public static void main(String[] args) {
      PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
      BudgetLedger ledger =
          new BudgetLedger(Store.open(OtherProcess.terms(args)), Clock.systemUTC());
      for (int i = 0; ; i++) {
        try {
          if (isCharged(ledger.charge(charge(args[2] + "." + i, "ada", "1", STAYS), TERMS))) {
            out.println("released");
          }
        } catch (StoreUnavailableException e) {
          System.err.println("A busy machine; what was not acknowledged does not count: " + e);
        }
      }
    }
  }
}
