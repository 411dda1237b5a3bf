package io.sallyport.connect.server.log;

import java.beans.PropertyChangeListener;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.core.Filter;
import org.apache.logging.log4j.core.LoggerContext;
import org.apache.logging.log4j.core.config.Configuration;

/**
 * Keeps literals, rows and tokens out of this JVM's logs at INFO and above, whatever the log's
 * configuration says, and also when it is read anew. What is at DEBUG and below is for who turns it
 * on.
 */
public final class QuietLogs implements AutoCloseable {

  private final LoggerContext context;
  private final QuietFilter filter;
  private final Optional<Path> operatorFile;
  private final PropertyChangeListener again =
      change -> {
        if (LoggerContext.PROPERTY_CONFIG.equals(change.getPropertyName())) {
          apply();
        }
      };
  private Optional<Configuration> applied = Optional.empty();

  private QuietLogs(LoggerContext context, QuietFilter filter, Optional<Path> operatorFile) {
    this.context = context;
    this.filter = filter;
    this.operatorFile = operatorFile;
  }

  /**
   * Makes the logs of this JVM quiet.
   *
   * @param further loggers that the operator lets speak
   * @param operatorFile where the reasons of failures go; empty where there are none
   * @throws IllegalArgumentException when the file cannot be made, or the logs are not those of
   *     log4j2, which Spark comes with: then nobody knows what would stand in them
   */
  public static QuietLogs install(List<String> further, Optional<Path> operatorFile) {
    if (!(LogManager.getContext(false) instanceof LoggerContext context)) {
      throw new IllegalArgumentException(
          "The logs of this JVM are not written by log4j2's core, which Spark comes with: put no"
              + " other one on the classpath");
    }
    QuietFilter filter = new QuietFilter(new HarmlessLoggers(further));
    filter.start();
    QuietLogs logs = new QuietLogs(context, filter, operatorFile);
    logs.apply();
    context.addPropertyChangeListener(logs.again);
    return logs;
  }

  private synchronized void apply() {
    Configuration config = context.getConfiguration();
    if (applied.filter(config::equals).isPresent()) {
      return;
    }
    addFirst(config);
    operatorFile.ifPresent(file -> OperatorFile.open(config, file));
    context.updateLoggers();
    applied = Optional.of(config);
  }

  /** Before the configuration's own, of which one that accepts would have the last word. */
  private void addFirst(Configuration config) {
    Filter configured = config.getFilter();
    config.removeFilter(configured);
    config.addFilter(filter);
    if (configured != null) {
      config.addFilter(configured);
    }
  }

  @Override
  public synchronized void close() {
    context.removePropertyChangeListener(again);
    applied.ifPresent(
        config -> {
          config.removeFilter(filter);
          OperatorFile.close(config);
          context.updateLoggers();
        });
    applied = Optional.empty();
  }
}
