package io.sallyport.spark.turn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sallyport.policy.settings.Limits;
import io.sallyport.policy.settings.Settings;
import io.sallyport.spark.RefusedException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Looking at what somebody sent takes one thread of theirs at a time, and time of their hour. */
final class AdmissionShareTest {

  private static final Duration LONG = Duration.ofSeconds(30);

  private final ExecutorService people = Executors.newCachedThreadPool();
  private final FairShare share = new FairShare(limits());

  @AfterEach
  void end() {
    people.shutdownNow();
    share.close();
  }

  @Test
  void requestsOfOnePrincipal_areLookedAtOneByOne_andNobodyElseWaits() throws Exception {
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch end = new CountDownLatch(1);
    AtomicInteger atOnce = new AtomicInteger();
    List<Future<Integer>> requests = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      requests.add(
          people.submit(
              () ->
                  share.admit(
                      "eve",
                      LONG,
                      () -> {
                        int now = atOnce.incrementAndGet();
                        begun.countDown();
                        await(end);
                        atOnce.decrementAndGet();
                        return now;
                      })));
    }
    assertThat(begun.await(20, TimeUnit.SECONDS)).isTrue();
    assertThat(share.admit("ada", LONG, () -> "ada")).isEqualTo("ada");
    end.countDown();

    for (Future<Integer> request : requests) {
      assertThat(request.get(20, TimeUnit.SECONDS)).isEqualTo(1);
    }
  }

  @Test
  void request_waitsNoLongerThanItsCallMayLast() throws Exception {
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch end = new CountDownLatch(1);
    Future<Boolean> first =
        people.submit(
            () ->
                share.admit(
                    "eve",
                    LONG,
                    () -> {
                      begun.countDown();
                      return await(end);
                    }));
    assertThat(begun.await(20, TimeUnit.SECONDS)).isTrue();

    assertThatThrownBy(() -> share.admit("eve", Duration.ofMillis(50), () -> 1))
        .isInstanceOf(RefusedException.class)
        .hasMessageContaining("limit.seconds-per-analysis");
    end.countDown();
    assertThat(first.get(20, TimeUnit.SECONDS)).isTrue();
    assertThat(share.admit("eve", LONG, () -> 2)).isEqualTo(2);
  }

  @Test
  void timeThatRefusedRequestsTake_isOfTheHour() {
    Supplier<Integer> refused =
        () -> {
          pause(1_100);
          throw new IllegalStateException("refused");
        };
    assertThatThrownBy(() -> share.admit("eve", LONG, refused)).hasMessage("refused");

    assertThatThrownBy(() -> share.admit("eve", LONG, () -> 1))
        .hasMessageContaining("LIMIT_EXCEEDED")
        .hasMessageContaining("limit.seconds-per-hour");
    assertThat(share.admit("ada", LONG, () -> 2)).isEqualTo(2);
  }

  private static Limits limits() {
    return Settings.load(Map.of("spark.sallyport.limit.seconds-per-hour", "1")).limits();
  }

  private static boolean await(CountDownLatch latch) {
    try {
      return latch.await(20, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void pause(long millis) {
    try {
      Thread.sleep(millis);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
