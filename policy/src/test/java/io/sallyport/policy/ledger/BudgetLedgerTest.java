package io.sallyport.policy.ledger;

import static io.sallyport.policy.ledger.Spending.PATIENTS;
import static io.sallyport.policy.ledger.Spending.STAYS;
import static io.sallyport.policy.ledger.Spending.budget;
import static io.sallyport.policy.ledger.Spending.charge;
import static io.sallyport.policy.ledger.Spending.isCharged;
import static io.sallyport.policy.ledger.Spending.policies;
import static io.sallyport.policy.ledger.Spending.window;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.sallyport.policy.audit.StoreUnavailableException;
import io.sallyport.policy.frame.FrameName;
import io.sallyport.policy.frame.PolicySet;
import io.sallyport.policy.store.Backend;
import io.sallyport.policy.store.Store;
import io.sallyport.policy.store.StoreTerms;
import io.sallyport.policy.store.Together;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Budgets hold, whoever spends, however many at once, and whatever becomes of the policies. */
@Timeout(300)
final class BudgetLedgerTest {

  @TempDir Path folder;

  @ParameterizedTest
  @EnumSource(Backend.class)
  void charges_areAdmitted_untilOneAccountHasNotEnough(Backend backend) {
    try (Store store = Store.open(backend.newDatabase(folder))) {
      BudgetLedger ledger = new BudgetLedger(store, Clock.systemUTC());
      PolicySet terms = policies("people", budget("2", "0"), Optional.of(budget("1.5", "0")));

      assertThat(isCharged(ledger.charge(charge("a", "ada", "1", STAYS), terms))).isTrue();
      assertThat(ledger.charge(charge("b", "ada", "0.6", PATIENTS), terms))
          .isInstanceOfSatisfying(
              ChargeOutcome.Exhausted.class,
              e -> {
                assertThat(e.balance().account()).isEqualTo("ada in unit space people");
                assertThat(e.balance().remaining()).isEqualTo("epsilon 0.5 of 1.5");
              });
      assertThat(isCharged(ledger.charge(charge("c", "bob", "1", STAYS), terms))).isTrue();
      assertThat(ledger.charge(charge("d", "cem", "0.000001", STAYS), terms))
          .isInstanceOfSatisfying(
              ChargeOutcome.Exhausted.class,
              e -> assertThat(e.balance().account()).isEqualTo("unit space people"));
      assertThat(ledger.balances("ada", List.of(STAYS), terms))
          .extracting(Balance::remaining)
          .containsExactly("epsilon 0 of 2", "epsilon 0.5 of 1.5");
    }
  }

  @ParameterizedTest
  @EnumSource(Backend.class)
  void sameOperation_isChargedOnce_andNeverWithOtherContent(Backend backend) {
    try (Store store = Store.open(backend.newDatabase(folder))) {
      BudgetLedger ledger = new BudgetLedger(store, Clock.systemUTC());
      PolicySet terms = policies("people", budget("1", "0"), Optional.empty());

      for (int i = 0; i < 3; i++) {
        assertThat(isCharged(ledger.charge(charge("a", "ada", "1", STAYS), terms))).isTrue();
      }
      assertThatIllegalArgumentException()
          .isThrownBy(() -> ledger.charge(charge("a", "ada", "0.5", STAYS), terms));
      assertThat(isCharged(ledger.quote(charge("b", "ada", "0.1", STAYS), terms))).isFalse();
    }
  }

  /** The attack: rename the space or the frame, or leave the space, and begin at nothing. */
  @ParameterizedTest
  @EnumSource(Backend.class)
  void renamedSpacesAndFrames_haveSpentWhatTheySpent(Backend backend) {
    try (Store store = Store.open(backend.newDatabase(folder))) {
      BudgetLedger ledger = new BudgetLedger(store, Clock.systemUTC());
      var one = budget("1", "0");
      ledger.charge(charge("a", "ada", "1", STAYS), policies("people", one, Optional.of(one)));

      PolicySet otherSpace = policies("humans", one, Optional.of(one));
      PolicySet otherFrame = policies("humans", "visits", one, Optional.of(one), Map.of());
      assertThat(isCharged(ledger.charge(charge("b", "ada", "0.1", STAYS), otherSpace))).isFalse();
      assertThat(isCharged(ledger.charge(charge("c", "bob", "0.1", PATIENTS), otherSpace)))
          .isFalse();
      assertThat(
              isCharged(
                  ledger.charge(charge("d", "bob", "0.1", FrameName.of("visits")), otherFrame)))
          .isFalse();
      PolicySet raised = policies("humans", budget("1.5", "0"), Optional.empty());
      assertThat(isCharged(ledger.charge(charge("e", "bob", "0.5", STAYS), raised))).isTrue();
      assertThat(isCharged(ledger.charge(charge("f", "bob", "0.1", STAYS), raised))).isFalse();
    }
  }

  @ParameterizedTest
  @EnumSource(Backend.class)
  void windows_slide_andAClockThatGoesBackFreesNothing(Backend backend) {
    Instant start = Instant.parse("2026-01-10T00:00:00Z");
    AtomicReference<Instant> now = new AtomicReference<>(start);
    try (Store store = Store.open(backend.newDatabase(folder))) {
      BudgetLedger ledger = new BudgetLedger(store, now::get);
      PolicySet week = policies("people", window("1", Duration.ofDays(7)), Optional.empty());
      PolicySet month = policies("people", window("1", Duration.ofDays(30)), Optional.empty());

      assertThat(isCharged(ledger.charge(charge("a", "ada", "1", STAYS), week))).isTrue();
      now.set(start.minus(Duration.ofDays(60)));
      assertThat(isCharged(ledger.charge(charge("b", "ada", "1", STAYS), week))).isFalse();
      now.set(start.plus(Duration.ofDays(6)));
      assertThat(isCharged(ledger.charge(charge("c", "ada", "1", STAYS), week))).isFalse();
      now.set(start.plus(Duration.ofDays(8)));
      assertThat(isCharged(ledger.charge(charge("d", "ada", "1", STAYS), month))).isFalse();
      assertThat(isCharged(ledger.charge(charge("e", "ada", "1", STAYS), week))).isTrue();
    }
  }

  @ParameterizedTest
  @EnumSource(Backend.class)
  void frameWithALimitOfItsOwn_endsBeforeItsSpace(Backend backend) {
    try (Store store = Store.open(backend.newDatabase(folder))) {
      BudgetLedger ledger = new BudgetLedger(store, Clock.systemUTC());
      PolicySet terms =
          policies(
              "people",
              "stays",
              budget("9", "0"),
              Optional.empty(),
              Map.of(STAYS, budget("1", "0")));

      assertThat(isCharged(ledger.charge(charge("a", "ada", "2", PATIENTS), terms))).isTrue();
      assertThat(isCharged(ledger.charge(charge("b", "ada", "1", STAYS, PATIENTS), terms)))
          .isTrue();
      assertThat(isCharged(ledger.charge(charge("c", "ada", "0.1", STAYS), terms))).isFalse();
      assertThat(isCharged(ledger.charge(charge("d", "ada", "2", PATIENTS), terms))).isTrue();
    }
  }

  /** Two servers on one PostgreSQL, 64 threads, each charge a twentieth: twenty fit. */
  @ParameterizedTest
  @EnumSource(value = Backend.class, names = "POSTGRESQL")
  void manyAtOnce_onTwoServers_spendAllOfIt_andNoMore(Backend backend) throws Exception {
    StoreTerms database = backend.newDatabase(folder);
    PolicySet terms = policies("people", budget("1", "0"), Optional.of(budget("0.5", "0")));
    try (Store first = Store.open(database);
        Store second = Store.open(database)) {
      List<Boolean> admitted =
          Together.run(
              64,
              number -> {
                BudgetLedger ledger =
                    new BudgetLedger(number % 2 == 0 ? first : second, Clock.systemUTC());
                FrameName frame = number % 3 == 0 ? STAYS : PATIENTS;
                return isCharged(
                    retrying(
                        ledger, charge("op" + number, "p" + number % 4, "0.05", frame), terms));
              });

      assertThat(admitted.stream().filter(yes -> yes)).hasSize(20);
      assertThat(new BudgetLedger(first, Clock.systemUTC()).balances("p0", List.of(STAYS), terms))
          .first()
          .extracting(Balance::remaining)
          .isEqualTo("epsilon 0 of 1");
    }
  }

  /** Random charges against a sum in a variable. */
  @ParameterizedTest
  @EnumSource(Backend.class)
  void ledger_doesWhatASumInAVariableDoes(Backend backend) {
    try (Store store = Store.open(backend.newDatabase(folder))) {
      BudgetLedger ledger = new BudgetLedger(store, Clock.systemUTC());
      PolicySet terms = policies("people", budget("3", "0"), Optional.of(budget("1.2", "0")));
      Random random = new Random(5);
      int all = 0;
      int[] each = new int[3];
      for (int i = 0; i < 60; i++) {
        int who = random.nextInt(3);
        int tenths = 1 + random.nextInt(4);
        boolean fits = all + tenths <= 30 && each[who] + tenths <= 12;
        Charge charge = charge("op" + i, "p" + who, "0." + tenths, STAYS);
        assertThat(isCharged(ledger.quote(charge, terms))).isEqualTo(fits);
        assertThat(isCharged(ledger.charge(charge, terms))).isEqualTo(fits);
        all += fits ? tenths : 0;
        each[who] += fits ? tenths : 0;
      }
    }
  }

  /** A busy machine may time out; the operation's name makes trying again safe. */
  private static ChargeOutcome retrying(BudgetLedger ledger, Charge charge, PolicySet terms) {
    while (true) {
      try {
        return ledger.charge(charge, terms);
      } catch (StoreUnavailableException e) {
        Thread.onSpinWait();
      }
    }
  }
}
