package io.sallyport.connect.server.plugin;

import org.apache.spark.sql.classic.SparkSession;

/** A driver program that knows nothing of Sallyport: its session, and whatever plugins it has. */
public final class PluginHost {

  private PluginHost() {}

  /** Waits until it is killed. */
  public static void main(String[] arguments) throws InterruptedException {
    new SparkSession.Builder().appName("host").getOrCreate();
    System.out.println("The host is up");
    Thread.currentThread().join();
  }
}
