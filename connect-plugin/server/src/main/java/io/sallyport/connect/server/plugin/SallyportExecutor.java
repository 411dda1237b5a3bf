package io.sallyport.connect.server.plugin;

import io.sallyport.connect.server.log.QuietLogs;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.SparkContext$;
import org.apache.spark.api.plugin.ExecutorPlugin;
import org.apache.spark.api.plugin.PluginContext;

/**
 * Keeps rows out of an executor's log: what a task failed of is told by the driver, in the
 * operator's log. Nothing else of ours runs in executors.
 */
final class SallyportExecutor implements ExecutorPlugin {

  /** What the driver sends along: loggers that the operator lets speak, joined by commas. */
  static final String LOGGERS = "loggers";

  private Optional<QuietLogs> logs = Optional.empty();

  @Override
  public void init(PluginContext context, Map<String, String> fromDriver) {
    if (!context.executorID().equals(SparkContext$.MODULE$.DRIVER_IDENTIFIER())) {
      List<String> loggers =
          Arrays.stream(fromDriver.getOrDefault(LOGGERS, "").split(",", -1))
              .filter(name -> !name.isEmpty())
              .toList();
      logs = Optional.of(QuietLogs.install(loggers, Optional.empty()));
    }
  }

  @Override
  public void shutdown() {
    logs.ifPresent(QuietLogs::close);
  }
}
