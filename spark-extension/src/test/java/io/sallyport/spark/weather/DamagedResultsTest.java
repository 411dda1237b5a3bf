package io.sallyport.spark.weather;

import static io.sallyport.policy.decision.RefusalCode.APPROVAL_MISMATCH;
import static io.sallyport.spark.weather.Person.refusedTo;
import static org.assertj.core.api.Assertions.assertThat;

import io.sallyport.policy.principal.Role;
import io.sallyport.policy.request.ApprovalRequest;
import io.sallyport.policy.request.RequestState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Stored results that are not what was stored: never approved, never shown; the rest goes on. */
@Timeout(value = 10, unit = TimeUnit.MINUTES)
final class DamagedResultsTest {
  private static final String COUNT = "SELECT count(*) AS %s FROM asked.patients";

  @TempDir static Path directory;
  private static ClinicServer server;
  private static Person ada;
  private static Person olga;

  @BeforeAll
  static void open() {
    server = ClinicServer.open(ClinicServer.spark(directory, 1), directory, Map.of());
    ada = new Person(server, "ada", Role.ANALYST);
    olga = new Person(server, "olga", Role.OWNER);
  }

  @AfterAll
  static void close() {
    server.close();
  }

  private enum Damage {
    ONE_BIT {
      @Override
      void in(Path file, Path other) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        bytes[bytes.length / 2] ^= 1;
        Files.write(file, bytes);
      }
    },
    CUT_BY_ONE_BYTE {
      @Override
      void in(Path file, Path other) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        Files.write(file, Arrays.copyOf(bytes, bytes.length - 1));
      }
    },
    LONGER_BY_ONE_BYTE {
      @Override
      void in(Path file, Path other) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        Files.write(file, Arrays.copyOf(bytes, bytes.length + 1));
      }
    },
    HEADER_ONLY {
      @Override
      void in(Path file, Path other) throws IOException {
        Files.write(file, Arrays.copyOf(Files.readAllBytes(file), 24));
      }
    },
    EMPTY {
      @Override
      void in(Path file, Path other) throws IOException {
        Files.write(file, new byte[0]);
      }
    },
    ANOTHER_RESULT {
      @Override
      void in(Path file, Path other) throws IOException {
        Files.write(file, Files.readAllBytes(other));
      }
    },
    MISSING {
      @Override
      void in(Path file, Path other) throws IOException {
        Files.delete(file);
      }
    };

    abstract void in(Path file, Path other) throws IOException;
  }

  @ParameterizedTest
  @EnumSource(Damage.class)
  void result_thatWasDamaged_isNeitherApprovedNorShown_andTheRestGoesOn(Damage damage)
      throws IOException {
    String waits = rows(damage, "waits");
    String granted = rows(damage, "granted");
    String whole = rows(damage, "whole");
    String pending = ada.pending(waits);
    String approved = ada.pending(granted);
    String other = ada.pending(whole);
    olga.call("approve('" + approved + "')");
    olga.call("approve('" + other + "')");
    assertThat(ada.ask(granted)).hasSize(4);
    String count = ada.collect(COUNT.formatted(damage));
    assertThat(ada.fetch(count)).hasSize(1);

    for (Path file : new Path[] {file(of(pending)), file(of(approved)), file(count)}) {
      damage.in(file, file(of(other)));
    }

    refusedTo(() -> olga.call("approve('" + pending + "')"), APPROVAL_MISMATCH);
    assertThat(request(pending).state()).isEqualTo(RequestState.PENDING);
    assertThat(request(pending).votes()).isEmpty();
    refusedTo(
        () -> olga.ask("SELECT * FROM sallyport.preview.`" + pending + "`"), APPROVAL_MISMATCH);
    refusedTo(() -> ada.ask(granted), APPROVAL_MISMATCH);
    refusedTo(() -> ada.fetch(count), APPROVAL_MISMATCH);
    assertThat(ada.pending(waits)).as("it still waits").isEqualTo(pending);

    assertThat(ada.ask(whole)).as("another approved result").hasSize(4);
    assertThat(
            olga.ask("SELECT evidence FROM sallyport.requests WHERE request = '" + pending + "'"))
        .as("the owner sees why it cannot be approved")
        .allSatisfy(row -> assertThat(row.getString(0)).contains("cannot be read"));
    assertThat(olga.call("reject('" + pending + "', 'ask anew')").state())
        .isEqualTo(RequestState.REJECTED);
    assertThat(ada.fetch(ada.collect(COUNT.formatted(damage)))).hasSize(1);
  }

  /** What is approved is a result by its hash: the same result, made anew, is that result. */
  @ParameterizedTest
  @EnumSource(Damage.class)
  void approvedResult_thatWasDamaged_isServedWhenItIsCollectedAnew(Damage damage)
      throws IOException {
    String query = rows(damage, "anew") + " ORDER BY age";
    String request = ada.pending(query);
    olga.call("approve('" + request + "')");
    damage.in(file(of(request)), file(of(ada.pending(rows(damage, "beside")))));
    refusedTo(() -> ada.ask(query), APPROVAL_MISMATCH);
    assertThat(ada.fetch(ada.collect(query)))
        .hasSize(4)
        .allSatisfy(row -> assertThat(row.getString(0)).isEqualTo(damage + "-anew"));
  }

  @Test
  void aDirectoryThatIsGone_isNotApprovedFrom_andItsReturnIsNoticed() throws IOException {
    String query = "SELECT 'moved' AS canary, age FROM asked.patients WHERE age < 24";
    String request = ada.pending(query);
    Path artifacts = directory.resolve("store").resolve("artifacts");
    Path elsewhere = directory.resolve("elsewhere");
    Files.move(artifacts, elsewhere);
    refusedTo(() -> olga.call("approve('" + request + "')"), APPROVAL_MISMATCH);
    Files.move(elsewhere, artifacts);
    olga.call("approve('" + request + "')");
    assertThat(ada.ask(query)).hasSize(4);
  }

  private static String rows(Damage damage, String canary) {
    return "SELECT '%s-%s' AS canary, age FROM asked.patients WHERE age < 24"
        .formatted(damage, canary);
  }

  private static ApprovalRequest request(String id) {
    return server.durable().desk().find(id).orElseThrow();
  }

  private static String of(String request) {
    return request(request).artifactId();
  }

  private static Path file(String artifact) {
    return directory.resolve("store").resolve("artifacts").resolve(artifact + ".artifact");
  }
}
