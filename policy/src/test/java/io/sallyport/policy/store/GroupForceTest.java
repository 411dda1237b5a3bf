package io.sallyport.policy.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.SQLException;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Whoever returns has what it committed, or read, on disk. */
@Timeout(60)
final class GroupForceTest {
  private final GroupForce disk = new GroupForce();
  private final Set<Integer> memory = ConcurrentHashMap.newKeySet();
  private final Set<Integer> onDisk = ConcurrentHashMap.newKeySet();
  private final AtomicInteger forces = new AtomicInteger();

  @Test
  void commits_ofManyThreads_areOnDiskWhenTheyReturn_inFewerForces() throws Exception {
    int each = 50;
    Together.run(
        10,
        thread -> {
          for (int i = 0; i < each; i++) {
            int value = thread * each + i;
            disk.commit(() -> memory.add(value), this::force);
            assertThat(onDisk).contains(value);
          }
          return each;
        });
    assertThat(onDisk).hasSize(10 * each);
    assertThat(forces.get()).isBetween(each, 10 * each - 1);
  }

  @Test
  void reader_neverReturnsBeforeWhatItReadIsOnDisk() throws Exception {
    Together.run(
        8,
        thread -> {
          Random random = new Random(thread);
          for (int i = 0; i < 200; i++) {
            if (thread < 3) {
              int value = thread * 1_000 + i;
              disk.commit(() -> memory.add(value), this::force);
            } else {
              Set<Integer> read = Set.copyOf(memory);
              disk.commitReads(() -> {}, this::force);
              assertThat(onDisk).containsAll(read);
            }
            TimeUnit.MICROSECONDS.sleep(random.nextInt(200));
          }
          return thread;
        });
  }

  @Test
  void reader_ofWhatIsOnDisk_doesNotForceAgain() throws Exception {
    disk.commit(() -> memory.add(1), this::force);
    disk.commitReads(() -> {}, this::force);
    assertThat(forces.get()).isEqualTo(1);
  }

  /** What may not be on disk stays so until somebody has forced it. */
  @Test
  void readers_afterAFailedForce_forceThemselves() throws Exception {
    assertThatThrownBy(
            () ->
                disk.commit(
                    () -> memory.add(1),
                    () -> {
                      throw new SQLException("disk full");
                    }))
        .isInstanceOf(SQLException.class);
    assertThatThrownBy(
            () ->
                disk.commitReads(
                    () -> {},
                    () -> {
                      throw new SQLException("disk full");
                    }))
        .isInstanceOf(SQLException.class);
    disk.commitReads(() -> {}, this::force);
    assertThat(onDisk).containsExactly(1);
  }

  private void force() {
    Set<Integer> now = Set.copyOf(memory);
    forces.incrementAndGet();
    try {
      TimeUnit.MICROSECONDS.sleep(300);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
    onDisk.addAll(now);
  }
}
