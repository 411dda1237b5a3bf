package io.sallyport.connect.server.gate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sallyport.policy.principal.Principal;
import io.sallyport.policy.principal.Role;
import org.junit.jupiter.api.Test;

class SlotsTest {

  private static final Principal ADA = new Principal("ada", Role.ANALYST);
  private static final Principal BOB = new Principal("bob", Role.ANALYST);

  private final HandState live = new HandState();
  private final Slots slots = new Slots(SomeLimits.small(), live);

  private static OperationKey key(Principal principal, String operation) {
    return new OperationKey(principal.name(), "session", operation);
  }

  /** An operation that runs when its call has come back. */
  private void run(Principal principal, OperationKey key) {
    slots.enter(principal, key);
    live.running.add(key);
    slots.leave(key);
  }

  @Test
  void whatRuns_keepsItsSlot_untilSparkRunsNothingOfIt() {
    run(ADA, key(ADA, "1"));
    run(ADA, key(ADA, "2"));

    assertThatThrownBy(() -> slots.enter(ADA, key(ADA, "3")))
        .hasMessageContaining("LIMIT_EXCEEDED")
        .hasMessageContaining("limit.operations-per-principal");
    live.running.remove(key(ADA, "1"));
    assertThatCode(() -> slots.enter(ADA, key(ADA, "3"))).doesNotThrowAnyException();
  }

  @Test
  void whatBegins_hasItsSlot_beforeSparkKnowsOfIt() {
    slots.enter(ADA, key(ADA, "1"));
    slots.enter(ADA, key(ADA, "2"));
    slots.free();

    assertThatThrownBy(() -> slots.enter(ADA, key(ADA, "3")))
        .hasMessageContaining("LIMIT_EXCEEDED");
  }

  @Test
  void whatIsLeftOver_isCancelled_butNotOfWhatJustBegins() {
    run(ADA, key(ADA, "1"));
    slots.enter(ADA, key(ADA, "2"));
    slots.sweep();

    assertThat(live.leftOver).containsExactly(key(ADA, "1"));
  }

  @Test
  void callThatStartedNothing_leavesNoSlot() {
    for (int i = 0; i < 10; i++) {
      slots.enter(ADA, key(ADA, "refused " + i));
      slots.leave(key(ADA, "refused " + i));
    }

    assertThat(slots.isBusy("ada", "session")).isFalse();
  }

  @Test
  void oneOperationId_inTwoSessions_takesTwoSlots() {
    run(ADA, new OperationKey("ada", "one", "1"));
    run(ADA, new OperationKey("ada", "two", "1"));

    assertThatThrownBy(() -> slots.enter(ADA, new OperationKey("ada", "three", "1")))
        .hasMessageContaining("LIMIT_EXCEEDED");
  }

  @Test
  void callThatIsSentAgain_findsItsSlot_butNotTwiceAtOnce() {
    run(ADA, key(ADA, "1"));
    run(ADA, key(ADA, "2"));
    slots.enter(ADA, key(ADA, "1"));

    assertThatThrownBy(() -> slots.enter(ADA, key(ADA, "1")))
        .hasMessageContaining("LIMIT_EXCEEDED")
        .hasMessageContaining("just beginning");
    slots.leave(key(ADA, "1"));
    assertThatThrownBy(() -> slots.enter(ADA, key(ADA, "3")))
        .as("the running operation kept its slot")
        .hasMessageContaining("limit.operations-per-principal");
  }

  @Test
  void everybodysLimit_bindsToo() {
    run(ADA, key(ADA, "1"));
    run(ADA, key(ADA, "2"));
    run(BOB, key(BOB, "3"));

    assertThatThrownBy(() -> slots.enter(BOB, key(BOB, "4")))
        .hasMessageContaining("(limit.operations)");
  }

  @Test
  void resultsThatNobodyReads_goLongestWaitingFirst_andThoseBeingReadAreNotTouched() {
    UnreadResults unread = new UnreadResults(SomeLimits.small(), live);
    live.unread.add(new LiveState.Unread(key(ADA, "old"), false));
    live.unread.add(new LiveState.Unread(key(ADA, "new"), false));
    live.unread.add(new LiveState.Unread(key(ADA, "read 1"), true));
    live.unread.add(new LiveState.Unread(key(ADA, "read 2"), true));

    unread.makeRoom(BOB);
    assertThat(live.ended).isEmpty();
    unread.makeRoom(ADA);
    assertThat(live.ended).containsExactly(key(ADA, "old"));
    live.unread.clear();
    for (int i = 0; i < 4; i++) {
      live.unread.add(new LiveState.Unread(key(ADA, "read " + i), true));
    }
    assertThatThrownBy(() -> unread.makeRoom(ADA)).hasMessageContaining("LIMIT_EXCEEDED");
  }
}
