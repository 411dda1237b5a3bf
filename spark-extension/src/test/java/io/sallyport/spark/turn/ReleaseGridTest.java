package io.sallyport.spark.turn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What became of a question is told after whole steps. */
final class ReleaseGridTest {

  private static final Duration STEP = Duration.ofMillis(300);

  private final ReleaseGrid grid = new ReleaseGrid(STEP);

  @Test
  void whatIsLeft_makesAWholeNumberOfSteps() {
    long step = STEP.toNanos();
    for (long passed : new long[] {0, 1, step - 1, step, step + 1, 7 * step + 5}) {
      long left = grid.left(passed);
      assertThat(left).isBetween(0L, step - 1);
      assertThat((passed + left) % step).isZero();
    }
    assertThat(new ReleaseGrid(Duration.ofMillis(1)).left(1)).isLessThan(1_000_000);
  }

  @Test
  void answers_andFailures_waitAlike() {
    long start = System.nanoTime();
    assertThat(grid.run(() -> "answer")).isEqualTo("answer");
    assertThat(since(start)).isGreaterThanOrEqualTo(STEP);
    long again = System.nanoTime();
    assertThatThrownBy(
            () ->
                grid.run(
                    () -> {
                      throw new IllegalStateException("boom");
                    }))
        .hasMessage("boom");
    assertThat(since(again)).isGreaterThanOrEqualTo(STEP);
  }

  @Test
  void whoeverCallsItOff_isNotToldEarlier() {
    long start = System.nanoTime();
    Thread.currentThread().interrupt();
    assertThat(grid.run(() -> 1)).isEqualTo(1);
    assertThat(Thread.interrupted()).isTrue();
    assertThat(since(start)).isGreaterThanOrEqualTo(STEP);
  }

  private static Duration since(long start) {
    return Duration.ofNanos(System.nanoTime() - start);
  }
}
