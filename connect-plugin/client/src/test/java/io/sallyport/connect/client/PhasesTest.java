package io.sallyport.connect.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.sallyport.connect.client.Progress.Phase;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

final class PhasesTest {

  @Test
  void phase_isToldAgain_whileItLasts() throws Exception {
    CountDownLatch told = new CountDownLatch(4);
    List<Phase> phases = Collections.synchronizedList(new ArrayList<>());
    Progress progress =
        (phase, elapsed) -> {
          phases.add(phase);
          told.countDown();
        };

    try (Phases ticking = new Phases(progress, System::nanoTime, Duration.ofMillis(5))) {
      ticking.enter(Phase.RUNNING);
      assertThat(told.await(30, TimeUnit.SECONDS)).isTrue();
    }

    assertThat(phases).contains(Phase.RUNNING).doesNotContain(Phase.DONE);
  }

  @Test
  void elapsed_isSinceTheBeginning() {
    AtomicLong nanos = new AtomicLong(7);
    List<Duration> elapsed = new ArrayList<>();

    try (Phases phases = new Phases((phase, since) -> elapsed.add(since), nanos::get, HOUR)) {
      phases.enter(Phase.SENT);
      nanos.addAndGet(Duration.ofSeconds(3).toNanos());
      phases.enter(Phase.DONE);
    }

    assertThat(elapsed).containsExactly(Duration.ZERO, Duration.ofSeconds(3));
  }

  @Test
  void nobodyIsTold_afterTheEnd() {
    List<Phase> told = new ArrayList<>();
    Phases phases = new Phases((phase, elapsed) -> told.add(phase), System::nanoTime, HOUR);
    phases.close();

    phases.enter(Phase.DONE);

    assertThat(told).isEmpty();
  }

  @Test
  void progress_canOnlyTellPhasesAndTime() throws Exception {
    assertThat(Progress.class.getMethod("on", Phase.class, Duration.class)).isNotNull();
    assertThat(Phase.values())
        .extracting(Phase::name)
        .containsExactly("SENT", "RUNNING", "STORED", "WAITING_FOR_OWNER", "FETCHING", "DONE");
  }

  private static final Duration HOUR = Duration.ofHours(1);
}
