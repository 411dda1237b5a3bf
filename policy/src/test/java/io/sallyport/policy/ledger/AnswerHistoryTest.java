package io.sallyport.policy.ledger;

import static io.sallyport.policy.ledger.Spending.budget;
import static io.sallyport.policy.ledger.Spending.charge;
import static io.sallyport.policy.ledger.Spending.files;
import static io.sallyport.policy.ledger.Spending.isCharged;
import static org.assertj.core.api.Assertions.assertThat;

import io.sallyport.policy.frame.Budget;
import io.sallyport.policy.frame.Budgets;
import io.sallyport.policy.frame.FrameName;
import io.sallyport.policy.frame.PolicySet;
import io.sallyport.policy.frame.SpaceBudget;
import io.sallyport.policy.store.Backend;
import io.sallyport.policy.store.Store;
import io.sallyport.policy.store.Together;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What somebody already has is found by its data, whichever server let it out. */
@Timeout(300)
final class AnswerHistoryTest {
  private static final Budget ONE = budget("1", "0");
  private static final Instant THEN = Instant.parse("2026-03-01T08:00:00Z");

  @TempDir Path folder;

  @ParameterizedTest
  @EnumSource(Backend.class)
  void anAnswer_isFoundByItsData_underAnotherName_onAnotherServer(Backend backend) {
    PolicySet before = files("people", "stays", "data/x.csv", ONE);
    PolicySet after = files("humans", "visits", "./data//x.csv", ONE);
    PolicySet others = files("people", "others", "data/y.csv", ONE);
    try (Store store = Store.open(backend.newDatabase(folder))) {
      AnswerHistory one = new AnswerHistory(store);
      AnswerHistory other = new AnswerHistory(store);
      BudgetLedger ledger = new BudgetLedger(store, Clock.systemUTC());
      assertThat(ledger.takeUp(before, Map.of())).isEmpty();
      one.given(answer("ada", 0, "the old one", "stays"), "q0", before);
      one.given(answer("ada", 1, "the new one, where ward is not 'burns'", "stays"), "q1", before);
      one.given(answer("bob", 2, "another's", "stays"), "q2", before);
      one.given(answer("ada", 3, "of other data", "others"), "q3", others);
      assertThat(ledger.takeUp(after, Map.of())).isEmpty();

      AnswerHistory.Earlier earlier =
          other.about("ada", names("visits"), names("visits"), after, 10);
      assertThat(earlier.count()).isEqualTo(2);
      assertThat(earlier.newest())
          .extracting(GivenAnswer::words)
          .containsExactly("the new one, where ward is not 'burns'", "the old one");
      assertThat(earlier.newest().get(0))
          .isEqualTo(answer("ada", 1, "the new one, where ward is not 'burns'", "stays"));
      AnswerHistory.Earlier first = other.about("ada", names("visits"), names("visits"), after, 1);
      assertThat(first.count()).isEqualTo(2);
      assertThat(first.newest()).hasSize(1);
      assertThat(other.about("cem", names("visits"), names("visits"), after, 10).count()).isZero();
    }
  }

  /** Repeating a question neither flushes the list nor fills the table. */
  @ParameterizedTest
  @EnumSource(Backend.class)
  void theSameAnswerAgain_isTheSameRow_withItsLastTime(Backend backend) throws Exception {
    PolicySet policies = files("people", "stays", "data/x.csv", ONE);
    try (Store store = Store.open(backend.newDatabase(folder))) {
      AnswerHistory history = new AnswerHistory(store);
      history.given(answer("ada", 0, "another", "stays"), "another", policies);
      Together.run(
          12,
          i -> {
            history.given(answer("ada", 1, "the same", "stays"), "same", policies);
            return i;
          });
      history.given(answer("ada", 9, "the same", "stays"), "same", policies);
      AnswerHistory.Earlier earlier =
          history.about("ada", names("stays"), names("stays"), policies, 10);
      assertThat(earlier.count()).isEqualTo(2);
      assertThat(earlier.newest())
          .extracting(GivenAnswer::words)
          .containsExactly("the same", "another");
      assertThat(earlier.newest()).extracting(GivenAnswer::times).containsExactly(13L, 1L);
      assertThat(earlier.newest().get(0).at()).isEqualTo(THEN.plusSeconds(9));
      assertThat(earlier.newest().get(0).request()).contains("r-0123456789abcdef");
    }
  }

  /** What was asked of another owner's data may quote it: the reader learns that there is some. */
  @ParameterizedTest
  @EnumSource(Backend.class)
  void answersAboutOthersData_areCounted_andNotShown(Backend backend) {
    PolicySet stays = files("people", "stays", "data/x.csv", ONE);
    PolicySet secret = files("people", "secret", "data/y.csv", ONE);
    List<FrameName> both = List.of(FrameName.of("stays"), FrameName.of("secret"));
    try (Store store = Store.open(backend.newDatabase(folder))) {
      AnswerHistory history = new AnswerHistory(store);
      history.given(answer("ada", 0, "own", "stays"), "own", stays);
      history.given(answer("ada", 1, "of others", "secret"), "others", secret);
      history.given(
          new GivenAnswer(THEN, "ada", "joined", both, 1, Optional.empty(), Optional.empty(), 1),
          "joined",
          stays);
      AnswerHistory.Earlier earlier = history.about("ada", both, names("stays"), stays, 10);
      assertThat(earlier.count()).isEqualTo(3);
      assertThat(earlier.others()).isEqualTo(2);
      assertThat(earlier.newest()).extracting(GivenAnswer::words).containsExactly("own");
      assertThat(history.about("ada", both, List.of(), stays, 10).newest()).isEmpty();
    }
  }

  @ParameterizedTest
  @EnumSource(Backend.class)
  void spending_isToldByAnalyst_theLargestFirst(Backend backend) {
    PolicySet policies = files("people", "stays", "data/x.csv", budget("2", "0"));
    FrameName stays = FrameName.of("stays");
    try (Store store = Store.open(backend.newDatabase(folder))) {
      BudgetLedger ledger = new BudgetLedger(store, Clock.systemUTC());
      assertThat(isCharged(ledger.charge(charge("1", "ada", "0.25", stays), policies))).isTrue();
      assertThat(isCharged(ledger.charge(charge("2", "bob", "0.5", stays), policies))).isTrue();
      assertThat(isCharged(ledger.charge(charge("3", "ada", "0.125", stays), policies))).isTrue();

      List<AnalystSpending> spending = ledger.spending(List.of("people"), policies);
      assertThat(spending).extracting(AnalystSpending::principal).containsExactly("bob", "ada");
      assertThat(spending).extracting(AnalystSpending::questions).containsExactly(1L, 2L);
      assertThat(spending.get(1).spent().pure().value()).isEqualByComparingTo("0.375");
    }
  }

  /** Any advice but about the account that has least would be wrong. */
  @ParameterizedTest
  @EnumSource(Backend.class)
  void ofSeveralThatLackThePrice_theOneWithTheLeastLeftIsNamed(Backend backend) {
    PolicySet total = files("people", "stays", "data/x.csv", budget("2", "0"));
    PolicySet policies =
        PolicySet.of(
            total.frames(),
            Set.of(),
            new Budgets(
                Map.of(
                    "people", new SpaceBudget(budget("2", "0"), Optional.of(budget("0.5", "0")))),
                Map.of()));
    FrameName stays = FrameName.of("stays");
    try (Store store = Store.open(backend.newDatabase(folder))) {
      BudgetLedger ledger = new BudgetLedger(store, Clock.systemUTC());
      assertThat(isCharged(ledger.charge(charge("1", "ada", "0.5", stays), policies))).isTrue();
      String account =
          ledger
              .charge(charge("2", "ada", "1.75", stays), policies)
              .fold(charged -> "charged", exhausted -> exhausted.balance().account());
      assertThat(account).startsWith("ada in");
    }
  }

  private static GivenAnswer answer(String who, int second, String words, String frame) {
    return new GivenAnswer(
        THEN.plusSeconds(second),
        who,
        words,
        names(frame),
        17,
        Optional.of("r-0123456789abcdef"),
        Optional.empty(),
        1);
  }

  private static List<FrameName> names(String frame) {
    return List.of(FrameName.of(frame));
  }
}
