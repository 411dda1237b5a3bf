package io.sallyport.policy.settings;

import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A part of Spark that shows plans and texts of queries, with the constants in them, to whoever
 * reaches its port or files. Each is off unless the operator allows it by its name.
 */
public enum PlanView {
  /** Spark's web interface, on {@code spark.ui.port}. */
  WEB_UI("web-ui", "spark.ui.enabled"),
  /** Events for the history server, in {@code spark.eventLog.dir}. */
  EVENT_LOG("event-log", "spark.eventLog.enabled"),
  /** A copy of the driver's log, in {@code spark.driver.log.dfsDir}. */
  DRIVER_LOG("driver-log", "spark.driver.log.persistToDfs.enabled"),
  /** Submission of programs to a standalone master by HTTP, without a login. */
  REST_SUBMISSION("rest-submission", "spark.master.rest.enabled");

  private final String text;
  private final String conf;

  PlanView(String text, String conf) {
    this.text = text;
    this.conf = conf;
  }

  static Optional<PlanView> of(String name) {
    return Arrays.stream(values()).filter(view -> view.text.equals(name)).findFirst();
  }

  static String names() {
    return Arrays.stream(values()).map(PlanView::text).collect(Collectors.joining(", "));
  }

  /** Its name in {@code spark.sallyport.plans-shown-by}. */
  public String text() {
    return text;
  }

  /** The key of Spark's that turns it on. */
  public String conf() {
    return conf;
  }
}
