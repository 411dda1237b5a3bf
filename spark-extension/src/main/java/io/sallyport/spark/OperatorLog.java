package io.sallyport.spark;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where the reasons of failures go, under the id of the operation that an analyst was told. A
 * reason may quote rows: the driver plugin gives this logger a file of its own, which is the
 * operator's alone, and keeps it out of every other log.
 */
public final class OperatorLog {

  /** The logger's name, for who configures logs. */
  public static final String NAME = "io.sallyport.operator";

  private static final Logger LOG = LoggerFactory.getLogger(NAME);

  private OperatorLog() {}

  /** An operation failed, and this is why. */
  public static void failed(String operation, Throwable reason) {
    LOG.error("Operation {} failed", operation, reason);
  }

  /** Something went wrong that no operation is the reason of. */
  public static void trouble(String what, Throwable reason) {
    LOG.error("{}", what, reason);
  }

  /** An operation failed, and Spark said no more than this about it. */
  public static void failed(String operation, String reason) {
    LOG.error("Operation {} failed: {}", operation, reason);
  }
}
