package io.sallyport.connect.server.gate;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class StrangersTest {

  private final HandClock clock = new HandClock();
  private final List<String> recorded = new ArrayList<>();
  private final List<String> many = new ArrayList<>();
  private final List<Duration> delays = new ArrayList<>();
  private final StrangersRecord record =
      new StrangersRecord(
          recorded::add, (address, count) -> many.add(address + " " + count), clock);
  private final Strangers strangers =
      new Strangers(
          new FailedLogins(clock),
          record,
          (delay, work) -> {
            delays.add(delay);
            work.run();
          });
  private int ended;

  private void call(String address, String beginning) {
    strangers.turnAway(address, beginning, closing -> ended++);
  }

  @Test
  void oneTokenThatFails_waitsTwiceAsLongEachTime_upToTenSeconds() {
    for (int i = 0; i < 20; i++) {
      call("10.0.0.1", "same");
    }

    assertThat(ended).isEqualTo(20);
    assertThat(delays.subList(0, 4))
        .containsExactly(
            Duration.ofMillis(100),
            Duration.ofMillis(200),
            Duration.ofMillis(400),
            Duration.ofMillis(800));
    assertThat(delays).hasSize(17).last().isEqualTo(Duration.ofSeconds(10));
  }

  @Test
  void callsThatWouldWaitTogether_areFew_andTheOthersEndAtOnce() {
    List<Runnable> later = new ArrayList<>();
    Strangers busy =
        new Strangers(new FailedLogins(clock), record, (delay, work) -> later.add(work));
    for (int i = 0; i < 1_000; i++) {
      busy.turnAway("10.0.0." + i % 4, "same", closing -> ended++);
    }

    assertThat(later).hasSize(16);
    assertThat(ended).isEqualTo(984);
    later.forEach(Runnable::run);
    assertThat(ended).isEqualTo(1_000);
  }

  @Test
  void manyGuesses_fromOneAddress_waitTheLonger() {
    for (int i = 0; i < 40; i++) {
      call("10.0.0.1", "guess " + i);
    }

    assertThat(delays).hasSize(20).last().isEqualTo(Duration.ofSeconds(10));
  }

  @Test
  void anotherAddress_andAnotherTokenOfTheSame_areNotSlowed() {
    for (int i = 0; i < 10; i++) {
      call("10.0.0.1", "same");
    }
    delays.clear();
    call("10.0.0.1", "typo");
    call("10.0.0.2", "same");

    assertThat(delays).isEmpty();
  }

  @Test
  void afterTenQuietMinutes_allIsForgotten() {
    for (int i = 0; i < 10; i++) {
      call("10.0.0.1", "same");
    }
    clock.pass(Duration.ofMinutes(10));
    delays.clear();
    call("10.0.0.1", "same");

    assertThat(delays).isEmpty();
  }

  @Test
  void callsAreOnRecord_theFirstAtOnce_andTheirNumberWhenTheMinuteIsOver() {
    for (int i = 0; i < 500; i++) {
      call("10.0.0.1", "guess " + i);
    }
    call("10.0.0.2", "");
    assertThat(recorded)
        .containsExactly(
            "a call without a known credential from 10.0.0.1 in the minute of 2026-01-01T00:00:00Z",
            "a call without a known credential from 10.0.0.2 in the minute of"
                + " 2026-01-01T00:00:00Z");

    recorded.clear();
    record.sweep();
    assertThat(recorded).isEmpty();
    clock.pass(Duration.ofMinutes(1));
    record.sweep();
    assertThat(recorded)
        .containsExactly(
            "500 calls without a known credential from 10.0.0.1 in the minute of"
                + " 2026-01-01T00:00:00Z");
  }

  @Test
  void addressOfVeryManyCalls_isTold_onceAMinute() {
    for (int i = 0; i < 29; i++) {
      call("10.0.0.1", "guess " + i);
      call("10.0.0.2", "guess " + i);
    }
    assertThat(many).isEmpty();
    for (int i = 0; i < 100; i++) {
      call("10.0.0.1", "guess " + i);
    }
    assertThat(many).containsExactly("10.0.0.1 30");
    clock.pass(Duration.ofMinutes(1));
    for (int i = 0; i < 30; i++) {
      call("10.0.0.1", "guess " + i);
    }
    assertThat(many).hasSize(2);
  }

  @Test
  void veryManyAddresses_areCountedTogether() {
    for (int i = 0; i < 1_000; i++) {
      call("10.0.0." + i, "");
    }
    record.flush();

    assertThat(recorded).hasSize(102).last().asString().startsWith("900 calls");
  }
}
