package io.sallyport.policy.store;

import static io.sallyport.policy.store.StoreTest.principals;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sallyport.policy.audit.StoreUnavailableException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The database goes away, and comes back, while the store is open. */
@Timeout(120)
final class StoreOutageTest {
  private static final String PLACE = "INSERT INTO principal_lock (principal) VALUES (?)";
  private static final Duration AT_MOST = Duration.ofSeconds(5);

  private static PostgresServer server;

  @TempDir Path folder;

  @BeforeAll
  static void startServer() {
    server = PostgresServer.start();
  }

  /** The store makes its file private by the name it is told, whose scheme only H2 knows. */
  @AfterAll
  static void removeFileNamedWithItsScheme() throws IOException {
    Path named = Path.of(FailingDisk.SCHEME + ":");
    if (Files.exists(named)) {
      try (Stream<Path> all = Files.walk(named)) {
        List<Path> innerFirst = all.sorted(Comparator.reverseOrder()).toList();
        for (Path path : innerFirst) {
          Files.delete(path);
        }
      }
    }
  }

  @Test
  void postgresql_thatIsStopped_isUnavailableInTime_andUsedAgainWhenItIsBack() {
    try (Store store = Store.open(server.newDatabase())) {
      store.inTransaction(tx -> tx.update(PLACE, "before"));
      server.stop();
      for (int i = 0; i < 3; i++) {
        failsInTime(store);
      }
      server.resume();
      assertThat(store.<Integer>inTransaction(tx -> tx.update(PLACE, "after"))).isEqualTo(1);
      assertThat(principals(store)).containsExactlyInAnyOrder("before", "after");
    }
  }

  @Test
  void everyCaller_ofManyAtOnce_isToldInTime() throws Exception {
    try (Store store = Store.open(server.newDatabase())) {
      server.stop();
      Together.run(
          50,
          i -> {
            failsInTime(store);
            return i;
          });
      server.resume();
      assertThat(principals(store)).isEmpty();
    }
  }

  /** Connections that died while they rested in the pool are not the caller's trouble. */
  @Test
  void postgresql_thatWasRestartedMeanwhile_isNotNoticed() throws Exception {
    try (Store store = Store.open(server.newDatabase())) {
      Together.run(10, i -> store.inTransaction(tx -> tx.update(PLACE, "p" + i)));
      server.stop();
      server.resume();
      Together.run(10, i -> store.inTransaction(tx -> tx.update(PLACE, "q" + i)));
      assertThat(principals(store)).hasSize(20);
    }
  }

  @Test
  void work_whoseConnectionBreaksBeforeItsCommit_isDoneAgain_once() {
    AtomicInteger tries = new AtomicInteger();
    try (Store store = Store.open(server.newDatabase())) {
      store.inTransaction(
          tx -> {
            if (tries.incrementAndGet() == 1) {
              tx.update(PLACE, "ada");
              server.dropConnections();
            }
            return tx.update(PLACE, "ada");
          });
      assertThat(tries.get()).isEqualTo(2);
      assertThat(principals(store)).containsExactly("ada");
    }
  }

  /** A network that swallows everything: no reset, no answer. */
  @Test
  void postgresql_thatFallsSilent_isUnavailableInTime() throws Exception {
    try (SilentRelay relay = SilentRelay.before(server);
        Store store = Store.open(relay.terms())) {
      store.inTransaction(tx -> tx.update(PLACE, "before"));
      relay.silence(true);
      failsInTime(store);
      failsInTime(store);
      relay.silence(false);
      assertThat(eventually(store)).containsExactly("before");
    }
  }

  /** The commit was sent and its answer never came: nobody knows, and it says so. */
  @Test
  void commit_withoutAnAnswer_isToldAsUnknown() throws Exception {
    try (SilentRelay relay = SilentRelay.before(server);
        Store store = Store.open(relay.terms())) {
      assertThatThrownBy(
              () ->
                  store.inTransaction(
                      tx -> {
                        tx.update(PLACE, "ada");
                        relay.silence(true);
                        return 0;
                      }))
          .isInstanceOf(StoreUnavailableException.class)
          .hasMessageContaining("whether it was done is unknown");
      relay.silence(false);
    }
  }

  @Test
  void h2_whoseDiskFails_isUnavailable_andWorksAgainWithItsDisk_losingNothing() throws Exception {
    FailingDisk.register();
    StoreTerms terms =
        new StoreTerms(
            "jdbc:h2:file:" + FailingDisk.SCHEME + ":" + folder.resolve("store"),
            Optional.empty(),
            Optional.empty());
    try (Store store = Store.open(terms)) {
      store.inTransaction(tx -> tx.update(PLACE, "before"));
      FailingDisk.fail(true);
      for (int i = 0; i < 3; i++) {
        failsInTime(store);
      }
      FailingDisk.fail(false);
      assertThat(eventually(store)).containsExactly("before");
      assertThat(store.<Integer>inTransaction(tx -> tx.update(PLACE, "after"))).isEqualTo(1);
    }
    try (Store store = Store.open(terms)) {
      assertThat(principals(store)).containsExactlyInAnyOrder("before", "after");
    } finally {
      FailingDisk.fail(false);
    }
  }

  @Test
  void store_thatIsClosed_saysSo() {
    Store store = Store.open(Backend.H2.newDatabase(folder));
    store.close();
    assertThatThrownBy(() -> principals(store))
        .isInstanceOf(StoreUnavailableException.class)
        .hasMessageContaining("is closed; nothing was done");
    store.close();
  }

  private static void failsInTime(Store store) {
    long begin = System.nanoTime();
    assertThatThrownBy(() -> store.inTransaction(tx -> tx.update(PLACE, "lost")))
        .isInstanceOf(StoreUnavailableException.class)
        .hasMessageContaining("The store jdbc:");
    assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(AT_MOST);
  }

  /** What is there as soon as the store answers, which it must within a few tries. */
  private static Iterable<String> eventually(Store store) throws InterruptedException {
    for (int i = 0; i < 5; i++) {
      try {
        return principals(store);
      } catch (StoreUnavailableException e) {
        TimeUnit.MILLISECONDS.sleep(200);
      }
    }
    return principals(store);
  }
}
