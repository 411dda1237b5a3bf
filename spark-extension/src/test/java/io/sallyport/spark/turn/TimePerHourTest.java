package io.sallyport.spark.turn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** Who had an hour's time waits; nobody else does. */
final class TimePerHourTest {

  private final AtomicReference<Instant> now =
      new AtomicReference<>(Instant.parse("2026-11-30T12:01:00Z"));
  private final TimePerHour hour = new TimePerHour(Duration.ofMillis(20), clock());

  @Test
  void principal_whoHadItsTime_isRefused_untilTheHourIsPast() {
    hour.require("eve");
    assertThat(hour.counted("eve", TimePerHourTest::slow)).isEqualTo(2);
    assertThatThrownBy(() -> hour.require("eve"))
        .hasMessageContaining("LIMIT_EXCEEDED")
        .hasMessageContaining("limit.seconds-per-hour");
    hour.require("ada");
    pass(Duration.ofMinutes(55));
    assertThatThrownBy(() -> hour.require("eve")).hasMessageContaining("LIMIT_EXCEEDED");
    pass(Duration.ofMinutes(5));
    hour.require("eve");
  }

  @Test
  void work_thatFails_counts() {
    assertThatThrownBy(
            () ->
                hour.counted(
                    "eve",
                    () -> {
                      slow();
                      throw new IllegalStateException("boom");
                    }))
        .hasMessage("boom");
    assertThatThrownBy(() -> hour.require("eve")).hasMessageContaining("LIMIT_EXCEEDED");
  }

  private static int slow() {
    try {
      TimeUnit.MILLISECONDS.sleep(30);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
    return 2;
  }

  private void pass(Duration time) {
    now.set(now.get().plus(time));
  }

  private Clock clock() {
    return new Clock() {
      @Override
      public Instant instant() {
        return now.get();
      }

      @Override
      public ZoneId getZone() {
        return ZoneOffset.UTC;
      }

      @Override
      public Clock withZone(ZoneId zone) {
        return this;
      }
    };
  }
}
