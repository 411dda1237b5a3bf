package io.sallyport.connect.server.gate;

import io.sallyport.policy.decision.RefusalCode;
import io.sallyport.spark.RefusedException;
import io.sallyport.spark.release.NoiseWish;
import org.apache.spark.connect.proto.KeyValue;

/**
 * The session confs that analysts may write: how they would like their questions answered, within
 * what owners allow. They are kept in the session as Spark's own are.
 */
final class QuestionConfs {

  /** In front of the name of each, and of nothing else. */
  static final String PREFIX = "spark.sallyport.query.";

  private QuestionConfs() {}

  static boolean isOne(String key) {
    return NoiseWish.KEYS.contains(key);
  }

  /** All of them, for a refusal. */
  static String names() {
    return String.join(", ", NoiseWish.KEYS);
  }

  /**
   * Checks the value that is to be written.
   *
   * @throws RefusedException PARAM_INVALID when it is none
   */
  static void requireValid(KeyValue pair) {
    if (!pair.hasValue()) {
      throw RefusedException.of(
          RefusalCode.PARAM_INVALID, pair.getKey() + " has no value", "a value, or unset");
    }
    NoiseWish.requireValid(pair.getKey(), pair.getValue());
  }
}
