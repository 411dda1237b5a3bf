package io.sallyport.connect.server.gate;

import static org.assertj.core.api.Assertions.assertThat;

import io.sallyport.connect.server.egress.Closing;
import io.sallyport.policy.principal.Credential;
import io.sallyport.policy.principal.Principal;
import io.sallyport.policy.principal.Principals;
import io.sallyport.policy.principal.Role;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.sparkproject.connect.grpc.Context;
import org.sparkproject.connect.grpc.Status;

/** What ends from outside: with its credential, with its client, or because nothing comes. */
class CredentialWatchTest {

  private static final Principal ADA = new Principal("ada", Role.ANALYST);
  private static final Principal BOB = new Principal("bob", Role.ANALYST);
  private static final Credential OF_BOB = new Credential(BOB, "b".repeat(64));

  private final HandClock clock = new HandClock();
  private final HandState live = new HandState();
  private final Credential expiring =
      new Credential(ADA, "a".repeat(64), Optional.of(Instant.parse("2026-01-01T00:01:00Z")));
  private final AtomicReference<Principals> known =
      new AtomicReference<>(Principals.of(List.of(expiring, OF_BOB)));
  private final CredentialWatch watch = new CredentialWatch(known::get, live, clock);
  private final LiveCalls calls = new LiveCalls(live, watch, clock);
  private final List<Closing> ended = new ArrayList<>();

  CredentialWatchTest() {
    live.session("ada", "of ada", clock.instant(), true);
    live.session("bob", "of bob", clock.instant(), false);
    live.session("bob", "unseen", clock.instant(), false);
    watch.uses(expiring, "of ada");
    watch.uses(OF_BOB, "of bob");
  }

  @Test
  void sessionOfAnExpiredCredential_ends_withWhatRunsInIt() {
    watch.sweep();
    assertThat(live.sessionIds()).hasSize(3);
    clock.pass(Duration.ofMinutes(1));
    watch.sweep();

    assertThat(live.sessionIds()).containsExactly("of bob", "unseen");
  }

  @Test
  void sessionOfAnExchangedCredential_ends_andOneThatTheNewOneOpensDoesNot() {
    Credential fresh = new Credential(BOB, "c".repeat(64));
    known.set(Principals.of(List.of(expiring, fresh)));
    live.session("bob", "fresh", clock.instant(), false);
    watch.uses(fresh, "fresh");
    watch.sweep();

    assertThat(live.sessionIds()).containsExactlyInAnyOrder("of ada", "unseen", "fresh");
  }

  @Test
  void sessionsOfSomebodyWhoWasTakenOut_end_whateverOpenedThem() {
    known.set(Principals.of(List.of(expiring)));
    watch.sweep();

    assertThat(live.sessionIds()).containsExactly("of ada");
  }

  @Test
  void callOfACredentialThatIsNoLongerInForce_ends_andItsOperation() {
    OperationKey operation = new OperationKey("ada", "of ada", "1");
    LiveCall call = calls.begin(expiring, ended::add);
    call.enter();
    call.carries(operation);
    calls.sweep();
    assertThat(ended).isEmpty();

    clock.pass(Duration.ofMinutes(1));
    calls.sweep();
    assertThat(ended)
        .first()
        .satisfies(
            closing ->
                assertThat(closing.status().getCode()).isEqualTo(Status.Code.UNAUTHENTICATED));
    assertThat(live.ended).contains(operation);
  }

  @Test
  void callThatSaysNothing_endsAfterHalfAMinute_andOneThatWorksDoesNot() {
    calls.begin(OF_BOB, ended::add);
    calls.begin(OF_BOB, closing -> ended.add(null)).enter();
    clock.pass(Duration.ofSeconds(30));
    calls.sweep();
    assertThat(ended).isEmpty();
    clock.pass(Duration.ofSeconds(1));
    calls.sweep();

    assertThat(ended).hasSize(1).doesNotContainNull();
  }

  @Test
  void clientThatGoes_takesItsOperationAlong_alsoWhenThatBeginsLater() throws Exception {
    OperationKey operation = new OperationKey("bob", "of bob", "1");
    try (Context.CancellableContext context = Context.current().withCancellation()) {
      LiveCall call = context.call(() -> calls.begin(OF_BOB, ended::add));
      call.enter();
      context.cancel(null);
      call.carries(operation);
      calls.sweep();
      assertThat(live.ended).containsExactly(operation);

      call.leave();
      calls.sweep();
      live.ended.clear();
      calls.sweep();
      assertThat(live.ended).as("the call is forgotten").isEmpty();
    }
  }
}
