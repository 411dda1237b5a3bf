package io.sallyport.connect.server.gate;

import io.sallyport.policy.decision.RefusalCode;
import io.sallyport.spark.RefusedException;
import java.util.List;
import java.util.Optional;
import org.apache.spark.connect.proto.ConfigRequest.GetWithDefault;
import org.apache.spark.connect.proto.ConfigRequest.Operation;
import org.apache.spark.connect.proto.ConfigResponse;
import org.apache.spark.connect.proto.KeyValue;

/**
 * Answers every request about configuration. Read are the constants of {@link KnownConfs} and the
 * session's own wishes ({@link QuestionConfs}); of every other key a client is told its own
 * default, or that there is no value, and never the server's. Written are wishes only ({@link
 * ConfigWrites}).
 */
final class ConfigAnswers {

  private final OpenSession session;
  private final boolean isAtStart;

  /**
   * @param isAtStart whether nothing was asked in the session yet
   */
  ConfigAnswers(OpenSession session, boolean isAtStart) {
    this.session = session;
    this.isAtStart = isAtStart;
  }

  /**
   * The answer, without the ids of the session.
   *
   * @throws RefusedException CONF_NOT_ALLOWED for every listing and every write that is neither
   *     taken nor passed over; PARAM_INVALID for a wish that is none
   */
  ConfigResponse.Builder answer(Operation operation) {
    ConfigResponse.Builder response = ConfigResponse.newBuilder();
    switch (operation.getOpTypeCase()) {
      case GET -> get(operation.getGet().getKeysList(), response);
      case GET_OPTION ->
          operation.getGetOption().getKeysList().forEach(key -> add(response, key, value(key)));
      case GET_WITH_DEFAULT -> withDefaults(operation.getGetWithDefault(), response);
      case IS_MODIFIABLE ->
          operation
              .getIsModifiable()
              .getKeysList()
              .forEach(
                  key -> add(response, key, Optional.of(String.valueOf(QuestionConfs.isOne(key)))));
      case SET -> new ConfigWrites(session, isAtStart).set(operation.getSet(), response);
      case UNSET -> new ConfigWrites(session, isAtStart).unset(operation.getUnset());
      case GET_ALL -> throw refused("a client cannot list the server's configuration");
      case OPTYPE_NOT_SET -> throw refused("the configuration request asks for nothing");
    }
    return response;
  }

  /** Clients read some keys in this way for themselves, so one that is unknown is no refusal. */
  private void get(List<String> keys, ConfigResponse.Builder response) {
    for (String key : keys) {
      Optional<String> value = value(key);
      add(response, key, value);
      if (value.isEmpty()) {
        response.addWarnings(
            "[SALLYPORT."
                + RefusalCode.CONF_NOT_ALLOWED
                + "] "
                + key
                + " has no value here: the server's configuration is not read.");
      }
    }
  }

  private void withDefaults(GetWithDefault asked, ConfigResponse.Builder response) {
    for (KeyValue pair : asked.getPairsList()) {
      Optional<String> usual = pair.hasValue() ? Optional.of(pair.getValue()) : Optional.empty();
      add(response, pair.getKey(), value(pair.getKey()).or(() -> usual));
    }
  }

  private Optional<String> value(String key) {
    return QuestionConfs.isOne(key) ? session.conf(key) : KnownConfs.value(key);
  }

  private static void add(ConfigResponse.Builder response, String key, Optional<String> value) {
    KeyValue.Builder pair = KeyValue.newBuilder().setKey(key);
    value.ifPresent(pair::setValue);
    response.addPairs(pair);
  }

  private static RefusedException refused(String subject) {
    return RefusedException.of(
        RefusalCode.CONF_NOT_ALLOWED, subject, "spark.conf.get(key) of a key that you know");
  }
}
