package io.sallyport.connect.server.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.core.Filter;
import org.apache.logging.log4j.core.LoggerContext;
import org.apache.logging.log4j.core.config.Configuration;
import org.apache.logging.log4j.core.filter.ThresholdFilter;
import org.apache.logging.log4j.core.impl.Log4jLogEvent;
import org.junit.jupiter.api.Test;

/** What an operator's filter lets through has passed ours before. */
final class FirstFilterTest {

  @Test
  void aConfiguredFilterThatAccepts_doesNotOvertakeOurs() {
    LoggerContext context = (LoggerContext) LogManager.getContext(false);
    Configuration config = context.getConfiguration();
    Filter all =
        ThresholdFilter.createFilter(Level.ALL, Filter.Result.ACCEPT, Filter.Result.ACCEPT);
    all.start();
    config.addFilter(all);
    QuietLogs logs = QuietLogs.install(List.of(), Optional.empty());
    try {
      assertThat(verdict(config, "org.apache.spark.scheduler.TaskSetManager"))
          .isEqualTo(Filter.Result.DENY);
      assertThat(verdict(config, "io.sallyport.spark.Health")).isEqualTo(Filter.Result.ACCEPT);
    } finally {
      logs.close();
      config.removeFilter(all);
    }
  }

  private static Filter.Result verdict(Configuration config, String logger) {
    return config
        .getFilter()
        .filter(Log4jLogEvent.newBuilder().setLoggerName(logger).setLevel(Level.WARN).build());
  }
}
