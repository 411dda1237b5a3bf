package io.sallyport.policy.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sallyport.policy.audit.StoreUnavailableException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What transactions promise, on both databases. */
@Timeout(60)
final class StoreTest {
  private static final String PLACE = "INSERT INTO principal_lock (principal) VALUES (?)";

  @TempDir Path folder;

  @ParameterizedTest
  @EnumSource(Backend.class)
  void transaction_thatEnds_isThereAfterARestart(Backend backend) {
    StoreTerms terms = backend.newDatabase(folder);
    try (Store store = Store.open(terms)) {
      assertThat(store.<Integer>inTransaction(tx -> tx.update(PLACE, "ada"))).isEqualTo(1);
    }
    try (Store store = Store.open(terms)) {
      assertThat(principals(store)).containsExactly("ada");
    }
  }

  @ParameterizedTest
  @EnumSource(Backend.class)
  void transaction_whoseWorkFails_isUndoneWhole_andTheFailurePassedOn(Backend backend) {
    try (Store store = Store.open(backend.newDatabase(folder))) {
      assertThatThrownBy(
              () ->
                  store.inTransaction(
                      tx -> {
                        tx.update(PLACE, "ada");
                        throw new IllegalStateException("no");
                      }))
          .isInstanceOf(IllegalStateException.class)
          .hasMessage("no");
      assertThat(principals(store)).isEmpty();
    }
  }

  @ParameterizedTest
  @EnumSource(Backend.class)
  void statement_thatTheDatabaseRefuses_isUnavailable_andUndoesTheRest(Backend backend) {
    try (Store store = Store.open(backend.newDatabase(folder))) {
      assertThatThrownBy(
              () ->
                  store.inTransaction(
                      tx -> {
                        tx.update(PLACE, "ada");
                        return tx.update("UPDATE nothing_of_this_name SET x = 1");
                      }))
          .isInstanceOf(StoreUnavailableException.class)
          .hasMessageContaining("does not do its work (SQL state 42");
      assertThat(principals(store)).isEmpty();
    }
  }

  @ParameterizedTest
  @EnumSource(Backend.class)
  void transaction_insideAnother_isRefusedRatherThanWaitedFor(Backend backend) {
    try (Store store = Store.open(backend.newDatabase(folder))) {
      assertThatThrownBy(() -> store.inTransaction(tx -> principals(store)))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("must not wait for another");
    }
  }

  /** Without the principal's lock, or without another try, some of these would be lost. */
  @ParameterizedTest
  @EnumSource(Backend.class)
  void transactions_ofManyThreads_whoReadAndThenWrite_loseNothing(Backend backend)
      throws Exception {
    try (Store store = Store.open(backend.newDatabase(folder))) {
      store.inTransaction(tx -> tx.update("CREATE TABLE counter (n INTEGER)"));
      store.inTransaction(tx -> tx.update("INSERT INTO counter VALUES (0)"));
      Together.run(
          50,
          i ->
              store.inTransaction(
                  tx -> {
                    PrincipalLock.acquire(tx, "ada");
                    long n =
                        tx.first(row -> row.number("n"), "SELECT n FROM counter").orElseThrow();
                    return tx.update("UPDATE counter SET n = ?", n + 1);
                  }));
      long count =
          store.inTransaction(
              tx -> tx.first(row -> row.number("n"), "SELECT n FROM counter").get());
      assertThat(count).isEqualTo(50);
    }
  }

  /** Two who lock in opposite orders: the database ends one, which is done again. */
  @ParameterizedTest
  @EnumSource(Backend.class)
  void transactions_thatWaitForEachOther_areBothDoneInTheEnd(Backend backend) throws Exception {
    try (Store store = Store.open(backend.newDatabase(folder))) {
      CountDownLatch bothHaveOne = new CountDownLatch(2);
      AtomicInteger tries = new AtomicInteger();
      Together.run(
          2,
          i ->
              store.inTransaction(
                  tx -> {
                    tries.incrementAndGet();
                    PrincipalLock.acquire(tx, i == 0 ? "ada" : "bob");
                    bothHaveOne.countDown();
                    await(bothHaveOne);
                    PrincipalLock.acquire(tx, i == 0 ? "bob" : "ada");
                    return 0;
                  }));
      assertThat(tries.get()).isGreaterThan(2);
      assertThat(principals(store)).containsExactlyInAnyOrder("ada", "bob");
    }
  }

  /** Spark interrupts the threads of a cancelled query; H2's files close under an interrupt. */
  @ParameterizedTest
  @EnumSource(Backend.class)
  void interrupt_ofACaller_neitherLosesItsWorkNorHarmsTheStore(Backend backend) throws Exception {
    try (Store store = Store.open(backend.newDatabase(folder))) {
      for (int i = 0; i < 40; i++) {
        String name = "p" + i;
        Thread caller =
            new Thread(
                () -> {
                  Thread.currentThread().interrupt();
                  store.inTransaction(tx -> tx.update(PLACE, name));
                  assertThat(Thread.currentThread().isInterrupted()).isTrue();
                });
        AtomicInteger failures = new AtomicInteger();
        caller.setUncaughtExceptionHandler((thread, e) -> failures.incrementAndGet());
        caller.start();
        caller.join();
        assertThat(failures.get()).isZero();
      }
      assertThat(principals(store)).hasSize(40);
    }
  }

  @ParameterizedTest
  @EnumSource(Backend.class)
  void work_thatNeverEnds_isGivenUpInTime_andNeverCommitted(Backend backend) throws Exception {
    CountDownLatch end = new CountDownLatch(1);
    StoreTerms terms = backend.newDatabase(folder);
    try (Store store = Store.open(terms)) {
      long begin = System.nanoTime();
      assertThatThrownBy(
              () ->
                  store.inTransaction(
                      tx -> {
                        tx.update(PLACE, "ada");
                        await(end);
                        return 0;
                      }))
          .isInstanceOf(StoreUnavailableException.class)
          .hasMessageContaining("did not answer in time; nothing was done");
      assertThat((System.nanoTime() - begin) / 1_000_000L).isLessThan(5_000);
      end.countDown();
    }
    try (Store store = Store.open(terms)) {
      assertThat(principals(store)).isEmpty();
    }
  }

  @ParameterizedTest
  @EnumSource(Backend.class)
  void values_ofEveryType_comeBackAsTheyWere(Backend backend) {
    Instant time = Instant.parse("2026-02-28T23:59:59.123456789Z");
    String text = "Zeile\n\tée 😀 ' \\ \"".repeat(100_000);
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    try (Store store = Store.open(backend.newDatabase(folder))) {
      String type = backend == Backend.H2 ? "BINARY LARGE OBJECT" : "BYTEA";
      List<String> empty = List.of();
      store.inTransaction(
          tx -> {
            tx.update(
                "CREATE TABLE kept (t TEXT, o TEXT, n BIGINT, b BOOLEAN, x %s, i TIMESTAMP(6) WITH"
                        .formatted(type)
                    + " TIME ZONE, a VARCHAR ARRAY, e VARCHAR ARRAY)");
            return tx.update(
                "INSERT INTO kept VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                text,
                Optional.empty(),
                Long.MIN_VALUE,
                true,
                bytes,
                Optional.of(time),
                List.of("a,{}\"", "", "b\n"),
                empty);
          });
      List<Object> read =
          store.inTransaction(
              tx ->
                  tx.first(
                          row ->
                              List.<Object>of(
                                  row.text("t"),
                                  row.optionalText("o"),
                                  row.number("n"),
                                  row.truth("b"),
                                  new String(row.bytes("x"), StandardCharsets.UTF_8),
                                  row.time("i"),
                                  row.optionalTime("i"),
                                  row.texts("a"),
                                  row.texts("e")),
                          "SELECT * FROM kept")
                      .orElseThrow());
      Instant kept = Instant.parse("2026-02-28T23:59:59.123456Z");
      assertThat(read)
          .containsExactly(
              text,
              Optional.empty(),
              Long.MIN_VALUE,
              true,
              text,
              kept,
              Optional.of(kept),
              List.of("a,{}\"", "", "b\n"),
              empty);
    }
  }

  @ParameterizedTest
  @EnumSource(Backend.class)
  void text_thatOneOfTheDatabasesCannotHold_isRefusedByBoth(Backend backend) {
    try (Store store = Store.open(backend.newDatabase(folder))) {
      for (String text : List.of("a\0", "\ud83d", "\ude00\ud83d", "x\ud83dx")) {
        assertThatThrownBy(() -> store.inTransaction(tx -> tx.update(PLACE, text)))
            .isInstanceOf(IllegalArgumentException.class)
            .hasMessageContaining("no NUL character and no half of a surrogate pair");
      }
      assertThatThrownBy(() -> store.inTransaction(tx -> tx.update(PLACE, 1.5)))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("java.lang.Double");
    }
  }

  static List<String> principals(Store store) {
    return store.inTransaction(
        tx -> tx.query(row -> row.text("principal"), "SELECT principal FROM principal_lock"));
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
