package io.sallyport.spark.weather;

import static io.sallyport.policy.decision.RefusalCode.STORE_UNAVAILABLE;
import static io.sallyport.spark.weather.Person.refusedTo;
import static org.assertj.core.api.Assertions.assertThat;

import io.sallyport.policy.principal.Role;
import io.sallyport.policy.request.RequestFilter;
import io.sallyport.policy.request.RequestState;
import io.sallyport.policy.store.PostgresServer;
import io.sallyport.policy.store.StoreTerms;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The database goes away while questions are asked, and comes back. */
@Timeout(value = 10, unit = TimeUnit.MINUTES)
final class StoreOutageTest {
  private static final Duration AT_MOST = Duration.ofSeconds(6);
  private static final String COUNT = "SELECT count(*) AS n FROM asked.patients";
  private static final String WARDS = "SELECT * FROM wards";

  @TempDir static Path directory;
  private static PostgresServer database;
  private static ClinicServer server;
  private static Person ada;
  private static Person olga;

  @BeforeAll
  static void open() {
    database = PostgresServer.start();
    StoreTerms terms = database.newDatabase();
    server =
        ClinicServer.open(
            ClinicServer.spark(directory, 1),
            directory,
            Map.of(
                "spark.sallyport.store.url",
                terms.url(),
                "spark.sallyport.store.user",
                terms.user().orElseThrow()));
  }

  @AfterAll
  static void close() {
    server.close();
    database.stop();
  }

  @BeforeEach
  void sessions() {
    ada = new Person(server, "ada", Role.ANALYST);
    olga = new Person(server, "olga", Role.OWNER);
  }

  @Test
  void whileItIsAway_governedQuestionsAreRefusedInTime_publicOnesAnswered_andNothingIsLost() {
    String granted = rows("granted");
    String waiting = rows("waiting");
    String approved = ada.pending(granted);
    olga.call("approve('" + approved + "')");
    String pending = ada.pending(waiting);
    String kept = ada.collect(COUNT);
    assertThat(ada.ask(granted)).hasSize(3);
    assertThat(ada.ask(COUNT)).hasSize(1);
    assertThat(ada.ask(WARDS)).hasSize(5);
    List<String> files = server.durable().files().ids();

    database.stop();
    for (Person.Deed deed :
        List.<Person.Deed>of(
            () -> ada.ask(granted),
            () -> ada.ask(waiting),
            () -> ada.ask(COUNT),
            () -> ada.ask(rows("new")),
            () -> ada.collect(COUNT),
            () -> ada.fetch(kept),
            () -> ada.ask("SELECT * FROM results.`" + kept + "`"),
            () -> ada.call("withdraw('" + pending + "')"),
            () -> olga.ask("SELECT * FROM sallyport.requests"),
            () -> olga.call("approve('" + pending + "')"))) {
      long start = System.nanoTime();
      refusedTo(deed, STORE_UNAVAILABLE);
      assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(AT_MOST);
      assertThat(ada.ask(WARDS)).as("public, meanwhile").hasSize(5);
    }

    database.resume();
    assertThat(server.durable().files().ids()).as("no bytes went").containsAll(files);
    assertThat(ada.ask(granted)).hasSize(3);
    assertThat(ada.ask(COUNT)).hasSize(1);
    assertThat(ada.fetch(kept)).hasSize(1);
    assertThat(ada.pending(waiting)).isEqualTo(pending);
    assertThat(olga.call("approve('" + pending + "')").state()).isEqualTo(RequestState.APPROVED);
    assertThat(ada.ask(waiting)).hasSize(3);
    String anew = ada.pending(rows("new"));
    assertThat(server.durable().desk().list(RequestFilter.newest(100)))
        .filteredOn(request -> List.of(approved, pending, anew).contains(request.id()))
        .hasSize(3);
  }

  @Test
  void droppedConnections_areNobodysTrouble() {
    String query = rows("dropped");
    String request = ada.pending(query);
    database.dropConnections();
    olga.call("approve('" + request + "')");
    database.dropConnections();
    assertThat(ada.ask(query)).hasSize(3);
  }

  private static String rows(String canary) {
    return "SELECT '%s' AS canary, age FROM asked.patients WHERE age < 23".formatted(canary);
  }
}
