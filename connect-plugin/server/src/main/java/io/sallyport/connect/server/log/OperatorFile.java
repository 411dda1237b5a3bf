package io.sallyport.connect.server.log;

import io.sallyport.policy.files.PrivateFiles;
import io.sallyport.spark.OperatorLog;
import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.core.appender.RollingFileAppender;
import org.apache.logging.log4j.core.appender.rolling.DefaultRolloverStrategy;
import org.apache.logging.log4j.core.appender.rolling.SizeBasedTriggeringPolicy;
import org.apache.logging.log4j.core.config.Configuration;
import org.apache.logging.log4j.core.config.LoggerConfig;
import org.apache.logging.log4j.core.layout.PatternLayout;

/**
 * The file in which the operator finds why an operation failed: {@code operator.log} in the store,
 * mode 0600, 16 MB and then four older ones. What is in it may quote rows.
 */
final class OperatorFile {

  private static final String APPENDER = "sallyport-operator";
  private static final String LONGEST = "16MB";
  private static final String OLDER = "4";

  private OperatorFile() {}

  /**
   * Gives the operator's logger its file, unless the operator's own configuration has that logger.
   */
  static void open(Configuration config, Path file) {
    if (config.getLoggers().containsKey(OperatorLog.NAME)) {
      return;
    }
    try {
      PrivateFiles.file(file);
    } catch (IOException e) {
      throw new IllegalArgumentException(
          "The operator's log %s cannot be made: %s".formatted(file, e.getMessage()), e);
    }
    RollingFileAppender appender = appender(config, file);
    appender.start();
    config.addAppender(appender);
    LoggerConfig own = new LoggerConfig(OperatorLog.NAME, Level.INFO, false);
    own.addAppender(appender, null, null);
    config.addLogger(OperatorLog.NAME, own);
  }

  /** Takes it out again. */
  static void close(Configuration config) {
    RollingFileAppender appender = config.getAppender(APPENDER);
    if (appender != null) {
      config.removeLogger(OperatorLog.NAME);
      config.getAppenders().remove(APPENDER);
      appender.stop();
    }
  }

  private static RollingFileAppender appender(Configuration config, Path file) {
    boolean hasModes = FileSystems.getDefault().supportedFileAttributeViews().contains("posix");
    RollingFileAppender.Builder<?> builder = RollingFileAppender.newBuilder();
    builder.setName(APPENDER);
    builder.setConfiguration(config);
    builder.setLayout(
        PatternLayout.newBuilder()
            .withPattern("%d{yyyy-MM-dd'T'HH:mm:ss.SSSX} %m%n%ex")
            .withConfiguration(config)
            .build());
    builder.withFileName(file.toString());
    builder.withFilePattern(file + ".%i");
    builder.withPolicy(SizeBasedTriggeringPolicy.createPolicy(LONGEST));
    builder.withStrategy(
        DefaultRolloverStrategy.newBuilder().withMax(OLDER).withConfig(config).build());
    if (hasModes) {
      builder.withFilePermissions("rw-------");
    }
    return builder.build();
  }
}
