package io.sallyport.policy.ledger;

import static io.sallyport.policy.ledger.Spending.budget;
import static io.sallyport.policy.ledger.Spending.charge;
import static io.sallyport.policy.ledger.Spending.files;
import static io.sallyport.policy.ledger.Spending.isCharged;
import static io.sallyport.policy.ledger.Spending.tables;
import static org.assertj.core.api.Assertions.assertThat;

import io.sallyport.policy.frame.Budget;
import io.sallyport.policy.frame.FrameName;
import io.sallyport.policy.frame.PolicySet;
import io.sallyport.policy.store.Backend;
import io.sallyport.policy.store.Store;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Names change one after the other, or all but one; what was spent stays spent, and is told. */
@Timeout(300)
final class RenamingTest {
  private static final Budget ONE = budget("1", "0");

  @TempDir Path folder;

  /** The attack: the space, then the frame, then another spelling of the path, then a copy. */
  @ParameterizedTest
  @EnumSource(Backend.class)
  void oneNameAfterTheOther_bringsNothingBack_whetherOrNotSomebodyAsksInBetween(Backend backend) {
    List<PolicySet> versions =
        List.of(
            files("people", "stays", "data/x.csv", ONE),
            files("humans", "stays", "data/x.csv", ONE),
            files("humans", "visits", "data/x.csv", ONE),
            files("humans", "visits", "data/../data/x.csv", ONE),
            files("humans", "visits", "copies/y.csv", ONE),
            files("persons", "calls", "./copies//y.csv", ONE));
    for (boolean asks : new boolean[] {true, false}) {
      try (Store store = Store.open(backend.newDatabase(folder.resolve(asks ? "a" : "b")))) {
        BudgetLedger ledger = new BudgetLedger(store, Clock.systemUTC());
        assertThat(isCharged(ask(ledger, "first", "ada", versions.get(0)))).isTrue();
        for (PolicySet version : versions) {
          ledger.takeUp(version, Map.of());
          if (asks) {
            assertThat(isCharged(ask(ledger, "next", "bob", version))).isFalse();
          }
        }
        for (PolicySet version : versions) {
          assertThat(isCharged(ask(ledger, "last", "cem", version))).isFalse();
          assertThat(ledger.balances("ada", names(version), version))
              .extracting(Balance::remaining)
              .containsExactly("epsilon 0 of 1", "epsilon 0 of 1");
        }
      }
    }
  }

  /** Without the steps between them, the spelling alone is one and the same place. */
  @ParameterizedTest
  @EnumSource(Backend.class)
  void anotherSpelling_withAllOtherNamesNew_isTheSamePlace(Backend backend) {
    try (Store store = Store.open(backend.newDatabase(folder))) {
      BudgetLedger ledger = new BudgetLedger(store, Clock.systemUTC());
      ask(ledger, "first", "ada", files("people", "stays", "data/x.csv", ONE));
      String absolute = "file:" + Path.of("data").toAbsolutePath() + "/./x.csv";
      int i = 0;
      for (String path : List.of("data/../data/x.csv", absolute, "data", "data/x.csv/")) {
        PolicySet renamed = files("humans" + i, "visits" + i, path, ONE);
        assertThat(isCharged(ask(ledger, "b", "bob", renamed))).as(path).isFalse();
        i++;
      }
      assertThat(isCharged(ask(ledger, "c", "bob", files("others", "calls", "z.csv", ONE))))
          .isTrue();
    }
  }

  /** A frame and its place at once, within the space; then the space. */
  @ParameterizedTest
  @EnumSource(Backend.class)
  void namesThatOnlyTheSpaceHasInCommon_hangTogetherToo(Backend backend) {
    try (Store store = Store.open(backend.newDatabase(folder))) {
      BudgetLedger ledger = new BudgetLedger(store, Clock.systemUTC());
      ask(ledger, "first", "ada", files("people", "stays", "x.csv", ONE));
      ledger.takeUp(files("people", "visits", "y.csv", ONE), Map.of());
      PolicySet last = files("humans", "visits", "y.csv", ONE);
      assertThat(isCharged(ask(ledger, "b", "bob", last))).isFalse();
    }
  }

  @ParameterizedTest
  @EnumSource(Backend.class)
  void frameThatLeavesASpace_takesWhatWasSpentOnIt_andNotWhatTheOthersSpend(Backend backend) {
    try (Store store = Store.open(backend.newDatabase(folder))) {
      BudgetLedger ledger = new BudgetLedger(store, Clock.systemUTC());
      PolicySet one = tables(ONE, Map.of("stays", "people", "staff", "people"));
      PolicySet two = tables(ONE, Map.of("stays", "people", "staff", "nurses"));
      ledger.charge(charge("a", "ada", "0.6", FrameName.of("stays")), one);
      ledger.charge(charge("b", "ada", "0.3", FrameName.of("staff")), one);
      ledger.takeUp(two, Map.of());
      assertThat(ledger.balances("ada", List.of(FrameName.of("staff")), two))
          .extracting(Balance::remaining)
          .containsExactly("epsilon 0.7 of 1");
    }
  }

  @ParameterizedTest
  @EnumSource(Backend.class)
  void owner_isToldOnce_whatCountsOn(Backend backend) {
    try (Store store = Store.open(backend.newDatabase(folder))) {
      BudgetLedger ledger = new BudgetLedger(store, Clock.systemUTC());
      PolicySet before = files("people", "stays", "data/x.csv", ONE);
      PolicySet after = files("humans", "visits", "data/x.csv", ONE);
      assertThat(ledger.takeUp(before, Map.of())).isEmpty();
      ledger.charge(charge("a", "ada", "0.4", FrameName.of("stays")), before);
      assertThat(ledger.takeUp(before, Map.of())).isEmpty();
      assertThat(ledger.takeUp(after, Map.of()))
          .singleElement()
          .satisfies(
              told -> {
                assertThat(told.frame()).isEqualTo(FrameName.of("visits"));
                assertThat(told.text())
                    .isEqualTo(
                        "frame visits carries over what was spent as frame stays, unit"
                            + " space people: a new name brings no budget back. Left: unit space humans epsilon 0.6 of 1");
              });
      assertThat(ledger.takeUp(after, Map.of())).isEmpty();
      assertThat(ledger.takeUp(files("persons", "visits", "data/x.csv", ONE), Map.of())).hasSize(1);
    }
  }

  /** What the chamber knows of a table: where its files are. */
  @ParameterizedTest
  @EnumSource(Backend.class)
  void tableAndItsFiles_areOnePlace(Backend backend) {
    try (Store store = Store.open(backend.newDatabase(folder))) {
      BudgetLedger ledger = new BudgetLedger(store, Clock.systemUTC());
      PolicySet table = tables(ONE, Map.of("stays", "people"));
      ledger.takeUp(table, Map.of(FrameName.of("stays"), Set.of("file:/warehouse/t_stays")));
      ask(ledger, "a", "ada", table);
      PolicySet files = files("humans", "visits", "/warehouse/t_stays/part-0.csv", ONE);
      assertThat(isCharged(ask(ledger, "b", "ada", files))).isFalse();
    }
  }

  /** A store from before places had one name each. */
  @ParameterizedTest
  @EnumSource(Backend.class)
  void chargeUnderAnOldSpelling_isFound(Backend backend) {
    try (Store store = Store.open(backend.newDatabase(folder))) {
      BudgetLedger ledger = new BudgetLedger(store, Clock.systemUTC());
      ask(ledger, "a", "ada", files("people", "stays", "data/x.csv", ONE));
      String name = "source:" + SourcePlace.ofPath("data/x.csv").iterator().next();
      store.inTransaction(
          t -> {
            t.update("DELETE FROM budget_link");
            for (String whose : List.of("", "of ada ")) {
              t.update(
                  "UPDATE budget_subject SET subject = ? WHERE subject = ?",
                  whose + "source:data/y/../x.csv",
                  whose + name);
            }
            return true;
          });
      PolicySet after = files("humans", "visits", "data/x.csv", ONE);
      ledger.takeUp(after, Map.of());
      assertThat(ledger.balances("ada", names(after), after))
          .extracting(Balance::remaining)
          .containsExactly("epsilon 0 of 1", "epsilon 0 of 1");
    }
  }

  private static ChargeOutcome ask(
      BudgetLedger ledger, String operation, String principal, PolicySet policies) {
    FrameName[] frames = names(policies).toArray(new FrameName[0]);
    return ledger.charge(charge(operation, principal, "1", frames), policies);
  }

  private static List<FrameName> names(PolicySet policies) {
    return policies.frames().stream().map(frame -> frame.name()).toList();
  }
}
