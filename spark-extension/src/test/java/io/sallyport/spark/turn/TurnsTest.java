package io.sallyport.spark.turn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Who runs, who waits, and who comes next. */
final class TurnsTest {

  private static final Duration LONG = Duration.ofSeconds(30);

  private final ExecutorService people = Executors.newCachedThreadPool();

  @AfterEach
  void end() {
    people.shutdownNow();
  }

  @Test
  void principal_runsNoMoreThanItsShare_andAllNoMoreThanAll() throws Exception {
    Turns turns = new Turns(2, 3, LONG, "limit.seconds");
    AtomicInteger ofEve = new AtomicInteger();
    AtomicInteger ofAll = new AtomicInteger();
    List<Integer> seen = Collections.synchronizedList(new ArrayList<>());
    List<Future<?>> asked = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      String who = i % 4 == 0 ? "ada" : "eve";
      asked.add(
          people.submit(
              () ->
                  turns.inTurn(
                      who,
                      () -> {
                        int own = who.equals("eve") ? ofEve.incrementAndGet() : 0;
                        int all = ofAll.incrementAndGet();
                        pause(2);
                        seen.add(Math.max(own > 2 ? 99 : 0, all));
                        ofAll.decrementAndGet();
                        return who.equals("eve") ? ofEve.decrementAndGet() : 0;
                      })));
    }
    for (Future<?> one : asked) {
      one.get(20, TimeUnit.SECONDS);
    }
    assertThat(seen).hasSize(40).allMatch(running -> running <= 3).contains(3);
  }

  @Test
  void freePlace_goesToWhoHasFewestRunning_notToWhoAskedFirst() throws Exception {
    Turns turns = new Turns(2, 2, LONG, "limit.seconds");
    CountDownLatch first = new CountDownLatch(1);
    CountDownLatch second = new CountDownLatch(1);
    List<String> order = Collections.synchronizedList(new ArrayList<>());
    Future<?> one = people.submit(() -> turns.inTurn("eve", () -> await(first)));
    Future<?> two = people.submit(() -> turns.inTurn("eve", () -> await(second)));
    pause(200);
    Future<?> third = people.submit(() -> turns.inTurn("eve", () -> order.add("eve")));
    pause(200);
    Future<?> ada = people.submit(() -> turns.inTurn("ada", () -> order.add("ada")));
    pause(200);
    first.countDown();
    one.get(10, TimeUnit.SECONDS);
    ada.get(10, TimeUnit.SECONDS);
    second.countDown();
    two.get(10, TimeUnit.SECONDS);
    third.get(10, TimeUnit.SECONDS);
    assertThat(order).containsExactly("ada", "eve");
  }

  @Test
  void whoWaitsTooLong_isTold_andLeavesNoTrace() throws Exception {
    Turns turns = new Turns(1, 1, Duration.ofMillis(100), "limit.seconds");
    CountDownLatch held = new CountDownLatch(1);
    Future<?> one = people.submit(() -> turns.inTurn("eve", () -> await(held)));
    pause(50);
    assertThatThrownBy(() -> turns.inTurn("ada", () -> 1))
        .hasMessageContaining("LIMIT_EXCEEDED")
        .hasMessageContaining("limit.seconds)");
    held.countDown();
    one.get(10, TimeUnit.SECONDS);
    assertThat(turns.inTurn("ada", () -> 1)).isEqualTo(1);
  }

  @Test
  void interrupted_whileWaiting_leavesNoTrace() throws Exception {
    Turns turns = new Turns(1, 1, LONG, "limit.seconds");
    CountDownLatch held = new CountDownLatch(1);
    Future<?> one = people.submit(() -> turns.inTurn("eve", () -> await(held)));
    pause(50);
    CountDownLatch ended = new CountDownLatch(1);
    Thread waits =
        new Thread(
            () -> {
              try {
                turns.inTurn("ada", () -> 1);
              } catch (CancellationException e) {
                ended.countDown();
              }
            });
    waits.start();
    pause(50);
    waits.interrupt();
    assertThat(ended.await(10, TimeUnit.SECONDS)).isTrue();
    held.countDown();
    one.get(10, TimeUnit.SECONDS);
    assertThat(turns.inTurn("eve", () -> 2)).isEqualTo(2);
  }

  @Test
  void failure_givesThePlaceBack() throws ExecutionException {
    Turns turns = new Turns(1, 1, LONG, "limit.seconds");
    assertThatThrownBy(
            () ->
                turns.inTurn(
                    "eve",
                    () -> {
                      throw new IllegalStateException("as it happens");
                    }))
        .isInstanceOf(IllegalStateException.class);
    assertThat(turns.inTurn("eve", () -> 3)).isEqualTo(3);
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
