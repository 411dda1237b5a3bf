package io.sallyport.spark.weather;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The server is killed between any two steps of request, approve and fetch. What it had
 * acknowledged holds, what is there is whole and once, and nothing left that nobody let out.
 */
final class KilledServerTest {
  private static final List<Acknowledged.Kind> EVERY_STEP =
      List.of(
          Acknowledged.Kind.TOLD,
          Acknowledged.Kind.DECIDED,
          Acknowledged.Kind.STORED,
          Acknowledged.Kind.ROWS,
          Acknowledged.Kind.RELEASED);

  @TempDir Path directory;

  /** The checker is tried on what this leaves, so that it is known to be able to fail. */
  @Test
  @Timeout(value = 20, unit = TimeUnit.MINUTES)
  void server_thatIsKilledAFewTimes_keepsItsWord_andTheCheckWouldSeeIfNot() throws Exception {
    List<Acknowledged> acknowledged = kill(4, 20261122);
    new Mutations(directory, acknowledged).assertEachIsSeen();
  }

  @Tag("campaign")
  @Test
  @Timeout(value = 6, unit = TimeUnit.HOURS)
  void server_thatIsKilled200Times_keepsItsWord() throws Exception {
    kill(200, 20261123);
  }

  private List<Acknowledged> kill(int times, long seed) throws Exception {
    try (KillLoop loop = new KillLoop(directory, seed)) {
      for (int i = 0; i < times; i++) {
        assertThat(loop.once()).as("after kill %d, %s", i, loop.kills()).isEmpty();
      }
      for (int calms = 0; calms == 0 || !Mutations.canBeTried(directory, loop); calms++) {
        assertThat(calms).as("lives in which nothing stays open or decided").isLessThan(8);
        assertThat(loop.calm(EVERY_STEP)).as("after %s", loop.kills()).isEmpty();
      }
      System.Logger log = System.getLogger(KilledServerTest.class.getName());
      log.log(
          System.Logger.Level.INFO,
          "{0} kills, {1} steps acknowledged",
          loop.kills(),
          loop.acknowledged().size());
      return loop.acknowledged();
    }
  }
}
