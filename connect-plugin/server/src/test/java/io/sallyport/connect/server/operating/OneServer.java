package io.sallyport.connect.server.operating;

import io.sallyport.connect.server.Frames;
import io.sallyport.connect.server.GovernedServer;
import io.sallyport.connect.server.ServerProcess;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Our server in a process of its own, over the data and the people of another. */
final class OneServer {

  static final String MAIN = "io.sallyport.connect.server.server.SallyportServer";
  private static final Pattern LINE =
      Pattern.compile("(?m)^Sallyport is listening on sc://127\\.0\\.0\\.1:(\\d+)$");

  private OneServer() {}

  static Map<String, String> conf(GovernedServer data, Path store) {
    Map<String, String> conf = new TreeMap<>(Frames.settings(data.directory()));
    conf.remove("spark.sallyport.public");
    conf.put("spark.connect.grpc.binding.port", "0");
    conf.put("spark.sql.shuffle.partitions", "2");
    conf.put("spark.sallyport.store", store.toString());
    conf.put("spark.sallyport.health.port", "0");
    conf.put("spark.sallyport.principals", data.directory().resolve("principals.yaml").toString());
    return conf;
  }

  /** Waits until it listens; its port. */
  static int port(ServerProcess process) throws InterruptedException {
    Matcher line = LINE.matcher(process.awaitOutput("Sallyport is listening on sc://"));
    if (!line.find()) {
      throw new AssertionError(process.output());
    }
    return Integer.parseInt(line.group(1));
  }
}
