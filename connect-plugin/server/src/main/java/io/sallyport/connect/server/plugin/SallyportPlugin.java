package io.sallyport.connect.server.plugin;

import org.apache.spark.api.plugin.DriverPlugin;
import org.apache.spark.api.plugin.ExecutorPlugin;
import org.apache.spark.api.plugin.SparkPlugin;

/**
 * The one line that puts Sallyport into Spark: {@code
 * spark.plugins=io.sallyport.connect.server.plugin.SallyportPlugin}. With other plugins, first.
 */
public final class SallyportPlugin implements SparkPlugin {

  @Override
  public DriverPlugin driverPlugin() {
    return new SallyportDriver();
  }

  /** Executors are trusted, and run nothing of ours but what keeps their logs quiet. */
  @Override
  public ExecutorPlugin executorPlugin() {
    return new SallyportExecutor();
  }
}
