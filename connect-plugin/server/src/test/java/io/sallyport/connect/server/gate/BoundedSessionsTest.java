package io.sallyport.connect.server.gate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sallyport.policy.principal.Principal;
import io.sallyport.policy.principal.Role;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class BoundedSessionsTest {

  private static final Principal ADA = new Principal("ada", Role.ANALYST);
  private static final Principal BOB = new Principal("bob", Role.ANALYST);
  private static final Principal CEM = new Principal("cem", Role.ANALYST);

  private final HandState live = new HandState();
  private final HandClock clock = new HandClock();
  private final Slots slots = new Slots(SomeLimits.small(), live);
  private final BoundedSessions sessions =
      new BoundedSessions(
          (principal, session, observed) -> {
            live.session(principal.name(), session, clock.instant(), false);
            return null;
          },
          live,
          slots,
          SomeLimits.small(),
          clock);

  private void open(Principal principal, String session) {
    OpenSession unused = sessions.open(principal, session, Optional.empty());
    clock.pass(Duration.ofSeconds(1));
  }

  @Test
  void atOnesLimit_theLongestIdleSessionOfOnesOwn_makesRoom() {
    open(BOB, "of bob");
    open(ADA, "1");
    open(ADA, "2");
    open(ADA, "1");
    open(ADA, "3");

    assertThat(live.sessionIds()).containsExactlyInAnyOrder("of bob", "1", "3");
  }

  @Test
  void stockProgramRunNineTimes_isNeverRefused() {
    for (int i = 0; i < 9; i++) {
      open(ADA, "run " + i);
    }

    assertThat(live.sessionIds()).containsExactly("run 7", "run 8");
  }

  @Test
  void sessionInWhichSomethingRunsOrWaits_makesNoRoom() {
    open(ADA, "1");
    open(ADA, "2");
    slots.enter(ADA, new OperationKey("ada", "1", "operation"));
    live.session("ada", "2", clock.instant(), true);

    assertThatThrownBy(() -> open(ADA, "3"))
        .hasMessageContaining("LIMIT_EXCEEDED")
        .hasMessageContaining("limit.sessions-per-principal");
    assertThat(live.sessionIds()).containsExactlyInAnyOrder("1", "2");
  }

  @Test
  void atEverybodysLimit_nobodyElsesSession_makesRoom() {
    open(ADA, "1");
    open(ADA, "2");
    open(BOB, "3");

    assertThatThrownBy(() -> open(CEM, "4")).hasMessageContaining("(limit.sessions)");
    open(BOB, "5");
    assertThat(live.sessionIds()).containsExactlyInAnyOrder("1", "2", "5");
  }

  @Test
  void sessionThatSparkClosed_countsNoMore_andOneThatItMadeDoes() {
    open(ADA, "1");
    live.sessions.clear();
    live.session("ada", "made elsewhere", clock.instant(), true);
    live.session("ada", "made elsewhere too", clock.instant(), true);

    assertThatThrownBy(() -> open(ADA, "1")).hasMessageContaining("LIMIT_EXCEEDED");
  }

  @Test
  void idleSession_ends_butNotOneThatWasBusyMeanwhile() {
    open(ADA, "idle");
    open(ADA, "busy");
    live.session("ada", "busy", clock.instant(), true);
    clock.pass(Duration.ofMinutes(9));
    sessions.endIdle();
    assertThat(live.sessionIds()).containsExactlyInAnyOrder("idle", "busy");

    clock.pass(Duration.ofMinutes(1));
    sessions.endIdle();
    assertThat(live.sessionIds()).containsExactly("busy");

    live.session("ada", "busy", live.sessions.get(0).lastCall(), false);
    clock.pass(Duration.ofMinutes(9));
    sessions.endIdle();
    assertThat(live.sessionIds()).as("it was busy nine minutes ago").containsExactly("busy");
    clock.pass(Duration.ofMinutes(2));
    sessions.endIdle();
    assertThat(live.sessionIds()).isEmpty();
  }
}
