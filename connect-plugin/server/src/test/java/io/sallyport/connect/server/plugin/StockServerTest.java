package io.sallyport.connect.server.plugin;

import static io.sallyport.connect.server.Requests.execute;
import static io.sallyport.connect.server.Requests.id;
import static io.sallyport.connect.server.Requests.range;
import static io.sallyport.connect.server.Requests.sql;
import static io.sallyport.connect.server.Requests.table;
import static org.assertj.core.api.Assertions.assertThat;

import io.sallyport.connect.server.Frames;
import io.sallyport.connect.server.Governed;
import io.sallyport.connect.server.GovernedServer;
import io.sallyport.connect.server.RawClient;
import io.sallyport.connect.server.Refused;
import io.sallyport.connect.server.ServerProcess;
import io.sallyport.policy.decision.RefusalCode;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.spark.SparkConf;
import org.apache.spark.connect.proto.ExecutePlanResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sparkproject.connect.grpc.Status;
import org.sparkproject.connect.grpc.StatusRuntimeException;
import scala.Tuple2;

/** Spark's own Connect servers, with the plugin in their conf. */
@Governed
class StockServerTest {

  private static final String STOCK = "org.apache.spark.sql.connect.service.SparkConnectServer";
  private static final String OURS = "io.sallyport.connect.server.plugin.SallyportPlugin";

  private final GovernedServer server;
  private final int port = ServerProcess.freePort();

  StockServerTest(GovernedServer server) {
    this.server = server;
  }

  @Test
  void oneLine_governsTheStockServer_itsPreSharedKeyToo(@TempDir Path directory)
      throws InterruptedException {
    Map<String, String> conf = conf(directory);
    conf.put("spark.plugins", OURS);
    conf.put("spark.connect.authenticate.token", "a-key-that-no-analyst-has");
    try (ServerProcess process = ServerProcess.submit(STOCK, conf, directory)) {
      assertGoverned(process);
    }
  }

  @Test
  void allLines_governTheStockServerPlugin(@TempDir Path directory) throws InterruptedException {
    Map<String, String> conf = conf(directory);
    SparkConf complete = new SparkConf(false);
    RequiredConfs.complete(complete);
    for (Tuple2<String, String> line : complete.getAll()) {
      conf.put(line._1(), line._2());
    }
    conf.put("spark.plugins", OURS + ",org.apache.spark.sql.connect.SparkConnectPlugin");
    try (ServerProcess process =
        ServerProcess.submit(PluginHost.class.getName(), conf, directory)) {
      assertGoverned(process);
    }
  }

  @Test
  void pluginBehindTheServers_keepsTheDriverFromStarting(@TempDir Path directory)
      throws InterruptedException {
    Map<String, String> conf = conf(directory);
    conf.put("spark.plugins", "org.apache.spark.sql.connect.SparkConnectPlugin," + OURS);
    try (ServerProcess process =
        ServerProcess.submit(PluginHost.class.getName(), conf, directory)) {
      assertThat(process.awaitExit()).isNotZero();
      assertThat(process.output()).contains("Put Sallyport first: spark.plugins=" + OURS);
    }
  }

  @Test
  void interceptorWithoutThePlugin_keepsTheServerFromStarting(@TempDir Path directory)
      throws InterruptedException {
    Map<String, String> conf = conf(directory);
    conf.put(
        "spark.connect.grpc.interceptor.classes",
        "io.sallyport.connect.server.gate.SallyportInterceptor");
    try (ServerProcess process = ServerProcess.submit(STOCK, conf, directory)) {
      assertThat(process.awaitExit()).isNotZero();
      assertThat(process.output()).contains("Missing line: spark.plugins=" + OURS);
    }
  }

  private void assertGoverned(ServerProcess process) throws InterruptedException {
    process.awaitOutput("Sallyport is installed");
    try (RawClient ada = server.raw("ada", port);
        RawClient eve = RawClient.withToken(port, Optional.empty())) {
      awaitAnswer(ada);

      Refused.with(
          RefusalCode.UNAUTHENTICATED,
          eve.failure(stub -> stub.executePlan(execute(id(), range()))));
      Refused.with(
          RefusalCode.RAW_OUTPUT,
          ada.failure(stub -> stub.executePlan(execute(id(), table("people")))));
      assertThat(
              ada.execute(execute(id(), sql("SELECT day, count(*) AS n FROM visits GROUP BY day"))))
          .anyMatch(ExecutePlanResponse::hasArrowBatch)
          .noneMatch(ExecutePlanResponse::hasMetrics);
    }
  }

  /** The server listens a little later than the plugin is there. */
  private static void awaitAnswer(RawClient client) throws InterruptedException {
    for (int attempt = 0; ; attempt++) {
      try {
        assertThat(client.execute(execute(id(), range()))).isNotEmpty();
        return;
      } catch (StatusRuntimeException e) {
        if (attempt == 100 || e.getStatus().getCode() == Status.Code.PERMISSION_DENIED) {
          throw e;
        }
        Thread.sleep(500);
      }
    }
  }

  private Map<String, String> conf(Path directory) {
    Map<String, String> conf = new TreeMap<>(Frames.settings(server.directory()));
    conf.remove("spark.sallyport.public");
    conf.put("spark.connect.grpc.binding.address", "127.0.0.1");
    conf.put("spark.connect.grpc.binding.port", Integer.toString(port));
    conf.put("spark.sallyport.store", directory.resolve("store").toString());
    conf.put(
        "spark.sallyport.principals", server.directory().resolve("principals.yaml").toString());
    return conf;
  }
}
