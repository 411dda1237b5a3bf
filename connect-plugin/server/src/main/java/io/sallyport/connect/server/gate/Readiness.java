package io.sallyport.connect.server.gate;

import io.sallyport.spark.Installation;
import org.apache.spark.SparkContext;
import org.apache.spark.SparkContext$;
import org.apache.spark.sql.classic.SparkSession;
import scala.Option;

/**
 * Whether every part of Sallyport is in force. Spark only warns when an extension's class is
 * missing, so the gate asks before each call.
 */
public final class Readiness {

  private final Installation installation;

  /** Of this installation. */
  public Readiness(Installation installation) {
    this.installation = installation;
  }

  /**
   * Makes sure that every part is in force; cheap once it is.
   *
   * @throws IllegalStateException saying what is missing
   */
  public void require() {
    Option<SparkContext> context = SparkContext$.MODULE$.getActive();
    if (context.isEmpty()) {
      throw new IllegalStateException("The SparkContext is not up");
    }
    // The session that Connect's sessions are made from: they share its extensions.
    SparkSession base = new SparkSession.Builder().sparkContext(context.get()).getOrCreate();
    installation.requireReady(base);
  }
}
