package io.sallyport.connect.server.gate;

import io.sallyport.connect.server.egress.Closing;
import io.sallyport.policy.decision.RefusalCode;
import io.sallyport.spark.RefusedException;
import java.time.Duration;
import java.util.function.Consumer;

/**
 * Turns away who is not known: on record, and the more slowly the oftener they tried. Safe for
 * threads.
 */
final class Strangers {

  private static final String UNAUTHENTICATED =
      RefusedException.of(
              RefusalCode.UNAUTHENTICATED,
              "this call carries no credential of a known principal, or more than one",
              "the token that you were given, in the connection string: sc://host:port/;token=...")
          .refusal()
          .text();

  /** Does something later. */
  interface Later {
    void run(Duration delay, Runnable work);
  }

  private final FailedLogins failures;
  private final StrangersRecord record;
  private final Later later;
  private final WaitingStrangers waiting = new WaitingStrangers();

  Strangers(FailedLogins failures, StrangersRecord record, Later later) {
    this.failures = failures;
    this.record = record;
    this.later = later;
  }

  /** What a call is told that nobody known makes. */
  static Closing closing() {
    return Closing.refused(UNAUTHENTICATED);
  }

  /**
   * Turns a call away.
   *
   * @param address where it comes from
   * @param beginning the first characters of what it gave as a token
   * @param end ends the call
   */
  void turnAway(String address, String beginning, Consumer<Closing> end) {
    Duration delay = failures.failed(address, beginning);
    record.count(address);
    if (delay.isZero() || !waiting.enter(address)) {
      end.accept(closing());
      return;
    }
    later.run(
        delay,
        () -> {
          waiting.leave(address);
          end.accept(closing());
        });
  }
}
