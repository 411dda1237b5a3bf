package io.sallyport.spark.weather;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/**
 * The moments between two steps at which a server can be told to stop, to be killed there. The
 * thread that reaches the one which is armed says so and goes no further; the others go on.
 */
enum FailurePoint {
  /** A result's bytes are on disk, under no name that anybody reads. */
  BYTES_UNNAMED,
  /** They have their name; no record names them. */
  BYTES_WITHOUT_ROW,
  /** A request is filed; nobody was told. */
  REQUEST_UNTOLD,
  /** It is in the audit as well; the analyst was not told. */
  REQUEST_RECORDED,
  /** A collected result is in the catalogue and not in the audit. */
  RESULT_UNRECORDED,
  /** A decision is in the audit and has no effect yet. */
  DECISION_RECORDED,
  /** It has; the owner was not told. */
  DECISION_UNTOLD,
  /** Approved rows are in the audit as released and have not left. */
  RELEASE_RECORDED;

  /** System property: which point is armed. */
  static final String ARMED = "sallyport.weather.point";

  /** System property: how often it is passed before. */
  static final String PASSES = "sallyport.weather.passes";

  private static final AtomicInteger LEFT = new AtomicInteger(Integer.getInteger(PASSES, 0));

  /** Goes on, unless this point is armed. */
  void reached() {
    if (name().equals(System.getProperty(ARMED)) && LEFT.getAndDecrement() == 0) {
      new Acknowledged(Acknowledged.Kind.STOPPED, "", "", name(), "").print();
      while (true) {
        LockSupport.park();
      }
    }
  }
}
