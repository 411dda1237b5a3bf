package io.sallyport.connect.server.server;

import static io.sallyport.connect.server.Requests.execute;
import static io.sallyport.connect.server.Requests.id;
import static io.sallyport.connect.server.Requests.range;
import static io.sallyport.connect.server.Requests.table;
import static org.assertj.core.api.Assertions.assertThat;

import io.sallyport.connect.server.Certificate;
import io.sallyport.connect.server.Eventually;
import io.sallyport.connect.server.Frames;
import io.sallyport.connect.server.Governed;
import io.sallyport.connect.server.GovernedServer;
import io.sallyport.connect.server.RawClient;
import io.sallyport.connect.server.Refused;
import io.sallyport.connect.server.ServerProcess;
import io.sallyport.policy.decision.RefusalCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sparkproject.connect.grpc.Status;
import org.sparkproject.connect.grpc.StatusRuntimeException;

/** The server as operators start it: SparkSubmit, a conf, TLS; and SIGTERM. */
@Governed
class SallyportServerTest {

  private static final String MAIN = "io.sallyport.connect.server.server.SallyportServer";
  private static final Pattern LINE =
      Pattern.compile("(?m)^Sallyport is listening on sc://127\\.0\\.0\\.1:(\\d+)$");

  private final GovernedServer server;

  SallyportServerTest(GovernedServer server) {
    this.server = server;
  }

  @Test
  void withTls_itServes_andEndsWithSigterm(@TempDir Path directory) throws Exception {
    Certificate certificate = Certificate.make(directory);
    Map<String, String> conf = conf(directory);
    conf.put("spark.sallyport.tls.certificate", certificate.certificate().toString());
    conf.put("spark.sallyport.tls.key", certificate.key().toString());
    conf.put("spark.sallyport.reload-seconds", "1");
    try (ServerProcess process = ServerProcess.submit(MAIN, conf, directory)) {
      int port = port(process.awaitOutput("Sallyport is listening on sc://"));
      try (RawClient ada = server.rawOverTls("ada", port, certificate.certificate())) {
        assertThat(ada.execute(execute(id(), range()))).isNotEmpty();
        Refused.with(
            RefusalCode.RAW_OUTPUT,
            ada.failure(stub -> stub.executePlan(execute(id(), table("people")))));
      }
      takesUpAnotherCertificate(directory, certificate, port);
      try (RawClient plain = RawClient.withToken(port, Optional.empty())) {
        assertThat(
                plain
                    .failure(stub -> stub.executePlan(execute(id(), range())))
                    .getStatus()
                    .getCode())
            .isEqualTo(Status.Code.UNAVAILABLE);
      }
      process.terminate();

      assertThat(process.awaitExit()).isEqualTo(143);
      assertThat(process.output()).doesNotContain("Exception in thread");
    }
  }

  /** As who renews certificates replaces them: one file, and then the other. */
  private void takesUpAnotherCertificate(Path directory, Certificate old, int port)
      throws Exception {
    Certificate fresh = Certificate.make(Files.createDirectory(directory.resolve("fresh")));
    Path trusted = Files.copy(fresh.certificate(), directory.resolve("trusted.pem"));
    Files.move(fresh.certificate(), old.certificate(), StandardCopyOption.REPLACE_EXISTING);
    TimeUnit.MILLISECONDS.sleep(1500); // the pair does not fit: the old one is still shown
    try (RawClient ada = server.rawOverTls("ada", port, trusted)) {
      assertThat(
              ada.failure(stub -> stub.executePlan(execute(id(), range()))).getStatus().getCode())
          .isEqualTo(Status.Code.UNAVAILABLE);
    }
    Files.move(fresh.key(), old.key(), StandardCopyOption.REPLACE_EXISTING);
    Eventually.is(
        "the new certificate is shown",
        () -> {
          try (RawClient ada = server.rawOverTls("ada", port, trusted)) {
            return !ada.execute(execute(id(), range())).isEmpty();
          } catch (StatusRuntimeException | IOException e) {
            return false;
          }
        });
  }

  @Test
  void contradictingLine_keepsItFromStarting(@TempDir Path directory) throws Exception {
    Map<String, String> conf = conf(directory);
    conf.put("spark.sql.extensions", "io.sallyport.spark.SallyportExtensionz");
    try (ServerProcess process = ServerProcess.submit(MAIN, conf, directory)) {
      assertThat(process.awaitExit()).isNotZero();
      assertThat(process.output())
          .contains("spark.sql.extensions=io.sallyport.spark.SallyportExtensions")
          .doesNotContain("Sallyport is listening");
    }
  }

  private Map<String, String> conf(Path directory) {
    Map<String, String> conf = new TreeMap<>(Frames.settings(server.directory()));
    conf.remove("spark.sallyport.public");
    conf.put("spark.connect.grpc.binding.port", "0");
    conf.put("spark.sallyport.store", directory.resolve("store").toString());
    conf.put(
        "spark.sallyport.principals", server.directory().resolve("principals.yaml").toString());
    return conf;
  }

  private static int port(String output) {
    Matcher line = LINE.matcher(output);
    assertThat(line.find()).as("the line that scripts wait for").isTrue();
    return Integer.parseInt(line.group(1));
  }
}
