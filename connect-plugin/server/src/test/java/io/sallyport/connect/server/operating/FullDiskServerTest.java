package io.sallyport.connect.server.operating;

import static io.sallyport.connect.server.Requests.execute;
import static io.sallyport.connect.server.Requests.id;
import static io.sallyport.connect.server.Requests.sql;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.sallyport.connect.server.Eventually;
import io.sallyport.connect.server.Governed;
import io.sallyport.connect.server.GovernedServer;
import io.sallyport.connect.server.RawClient;
import io.sallyport.connect.server.Refused;
import io.sallyport.connect.server.ServerProcess;
import io.sallyport.policy.audit.AuditVerifier;
import io.sallyport.policy.decision.RefusalCode;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.spark.connect.proto.ExecutePlanRequest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sparkproject.connect.grpc.StatusRuntimeException;
import org.sparkproject.connect.grpc.health.v1.HealthCheckResponse.ServingStatus;

/** A server whose disk is full, and then has room again. Only root can make such a disk. */
@Governed
class FullDiskServerTest {

  private final GovernedServer data;

  FullDiskServerTest(GovernedServer data) {
    this.data = data;
  }

  @Test
  void fullDisk_stopsAnswers_andSaysSo_andRoomBringsThemBack(@TempDir Path directory)
      throws Exception {
    Path disk = Files.createDirectory(directory.resolve("disk"));
    assumeThat(run("mount", "-t", "tmpfs", "-o", "size=8m", "tmpfs", disk.toString()))
        .as("mounting a small disk of memory is allowed")
        .isZero();
    try (ServerProcess process =
        ServerProcess.submit(
            OneServer.MAIN, OneServer.conf(data, disk.resolve("store")), directory)) {
      int port = OneServer.port(process);
      try (RawClient ada = data.raw("ada", port)) {
        assertThat(ada.execute(question())).isNotEmpty();
        Probe probe = Probe.of(process);
        probe.await("/readyz", 200);

        Path filler = disk.resolve("filler");
        fill(filler);
        StatusRuntimeException refused = untilRefused(ada);
        Refused.with(RefusalCode.STORE_UNAVAILABLE, refused);
        assertThat(probe.await("/readyz", 503)).contains("the server's log says why");
        untilItIsTheRecord(ada, probe);
        assertThat(probe.get("/livez").statusCode()).isEqualTo(200);
        assertThat(Probe.grpc(ada.channel(), "readiness")).isEqualTo(ServingStatus.NOT_SERVING);
        assertThat(process.output()).contains("The audit log", "No space left on device");

        Files.delete(filler);
        probe.await("/readyz", 200);
        assertThat(ada.execute(question())).isNotEmpty();
        assertThat(process.output()).contains("can be written again");
        assertThat(AuditVerifier.verify(disk.resolve("store/audit"))).isEmpty();
      }
      process.terminate();
      process.awaitExit();
    } finally {
      assertThat(run("umount", "-l", disk.toString())).isZero();
    }
  }

  /** The last page of the record has room for a few questions more. */
  private static StatusRuntimeException untilRefused(RawClient ada) {
    for (int i = 0; i < 100; i++) {
      try {
        assertThat(ada.execute(question())).isNotEmpty();
      } catch (StatusRuntimeException e) {
        return e;
      }
    }
    throw new AssertionError("A full disk takes records without end");
  }

  /** The database of the store may be the first that finds no room. */
  private static void untilItIsTheRecord(RawClient ada, Probe probe) {
    Eventually.is(
        "the record has no room",
        () -> {
          ask(ada);
          return body(probe).contains("The audit log cannot be written");
        });
  }

  private static void ask(RawClient ada) {
    try {
      assertThat(ada.execute(question())).isNotEmpty();
    } catch (StatusRuntimeException refused) {
      Refused.with(RefusalCode.STORE_UNAVAILABLE, refused);
    }
  }

  private static String body(Probe probe) {
    try {
      return probe.get("/readyz").body();
    } catch (IOException | InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private static ExecutePlanRequest question() {
    return execute(id(), sql("SELECT day, count(*) AS n FROM visits GROUP BY day"));
  }

  private static void fill(Path filler) throws IOException {
    try (OutputStream out = Files.newOutputStream(filler)) {
      while (true) {
        out.write(new byte[4096]);
      }
    } catch (IOException full) {
      assertThat(Files.size(filler)).isPositive();
    }
  }

  private static int run(String... command) throws IOException, InterruptedException {
    try {
      return new ProcessBuilder(command)
          .redirectErrorStream(true)
          .redirectOutput(ProcessBuilder.Redirect.DISCARD)
          .start()
          .waitFor();
    } catch (IOException e) {
      return -1; // there is no such program
    }
  }
}
