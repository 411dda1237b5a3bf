package io.sallyport.connect.server.gate;

import io.sallyport.policy.decision.RefusalCode;
import io.sallyport.spark.RefusedException;
import io.sallyport.spark.release.NoiseWish;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.spark.connect.proto.ConfigRequest;
import org.apache.spark.connect.proto.KeyValue;

/**
 * The session confs that analysts may write: how they would like their questions answered, within
 * what owners allow. They go to the session as Spark's own do.
 */
final class QuestionConfs {

  private static final Set<String> KEYS =
      Set.of(NoiseWish.EPSILON, NoiseWish.GROUPS, NoiseWish.ROWS, NoiseWish.INTERVALS);

  private QuestionConfs() {}

  /** Whether a request is about these keys, and about nothing else. */
  static boolean isAbout(ConfigRequest request) {
    List<String> keys = keys(request.getOperation());
    return !keys.isEmpty() && KEYS.containsAll(keys);
  }

  private static List<String> keys(ConfigRequest.Operation operation) {
    return switch (operation.getOpTypeCase()) {
      case SET -> names(operation.getSet().getPairsList());
      case GET -> operation.getGet().getKeysList();
      case GET_OPTION -> operation.getGetOption().getKeysList();
      case GET_WITH_DEFAULT -> names(operation.getGetWithDefault().getPairsList());
      case UNSET -> operation.getUnset().getKeysList();
      case IS_MODIFIABLE -> operation.getIsModifiable().getKeysList();
      case GET_ALL, OPTYPE_NOT_SET -> List.of();
    };
  }

  private static List<String> names(List<KeyValue> pairs) {
    return pairs.stream().map(KeyValue::getKey).toList();
  }

  /**
   * Checks the values that are written.
   *
   * @throws RefusedException PARAM_INVALID when one is none
   */
  static void requireValid(ConfigRequest request) {
    for (KeyValue pair : request.getOperation().getSet().getPairsList()) {
      if (!pair.hasValue()) {
        throw RefusedException.of(
            RefusalCode.PARAM_INVALID, pair.getKey() + " has no value", "a value, or unset");
      }
      NoiseWish.of(
          key -> key.equals(pair.getKey()) ? Optional.of(pair.getValue()) : Optional.empty());
    }
  }
}
