package io.sallyport.connect.server.log;

import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.Marker;
import org.apache.logging.log4j.core.LogEvent;
import org.apache.logging.log4j.core.Logger;
import org.apache.logging.log4j.core.filter.AbstractFilter;
import org.apache.logging.log4j.message.Message;

/** Drops what a logger says that may quote data, before any appender sees it. */
final class QuietFilter extends AbstractFilter {

  private final transient HarmlessLoggers harmless;

  QuietFilter(HarmlessLoggers harmless) {
    this.harmless = harmless;
  }

  private Result verdict(String logger, Level level) {
    return harmless.mayLog(logger, level) ? Result.NEUTRAL : Result.DENY;
  }

  @Override
  public Result filter(LogEvent event) {
    return verdict(event.getLoggerName(), event.getLevel());
  }

  @Override
  public Result filter(
      Logger logger, Level level, Marker marker, Message message, Throwable thrown) {
    return verdict(logger.getName(), level);
  }

  @Override
  public Result filter(
      Logger logger, Level level, Marker marker, Object message, Throwable thrown) {
    return verdict(logger.getName(), level);
  }

  /** Those with one parameter to ten come here as well. */
  @Override
  public Result filter(
      Logger logger, Level level, Marker marker, String message, Object... parameters) {
    return verdict(logger.getName(), level);
  }
}
