package io.sallyport.connect.server.gate;

import io.sallyport.policy.decision.RefusalCode;
import io.sallyport.spark.PinnedConfs;
import io.sallyport.spark.RefusedException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.apache.spark.connect.proto.ConfigRequest;
import org.apache.spark.connect.proto.ConfigResponse;
import org.apache.spark.connect.proto.KeyValue;

/**
 * What becomes of a write of configuration keys. All pairs are judged before the first is applied.
 *
 * <p>Wishes are checked and applied. What holds already may be said again. Other keys never reach
 * Spark: with {@code silent} they are ignored with a warning, as {@code
 * builder.config(...).getOrCreate()} of PySpark asks for. Other clients' builders write aloud, as
 * the first thing in a session: there, too, a conf of queries that no promise rests on is ignored
 * with a warning. Everything else is refused.
 */
final class ConfigWrites {

  private static final String APPLICATION = "spark.app.name";
  private static final String QUERIES = "spark.sql.";

  private final OpenSession session;
  private final boolean isAtStart;

  ConfigWrites(OpenSession session, boolean isAtStart) {
    this.session = session;
    this.isAtStart = isAtStart;
  }

  /**
   * @throws RefusedException CONF_NOT_ALLOWED, or PARAM_INVALID for a wish that is none; nothing
   *     was applied then
   */
  void set(ConfigRequest.Set set, ConfigResponse.Builder response) {
    List<KeyValue> wishes = new ArrayList<>();
    for (KeyValue pair : set.getPairsList()) {
      if (QuestionConfs.isOne(pair.getKey())) {
        QuestionConfs.requireValid(pair);
        wishes.add(pair);
      } else if (!holds(pair)) {
        if (!mayBeIgnored(pair.getKey(), set.getSilent())) {
          throw refused(pair.getKey(), "set");
        }
        response.addWarnings(ignored(pair.getKey()));
      }
    }
    wishes.forEach(pair -> session.setConf(pair.getKey(), pair.getValue()));
  }

  /**
   * @throws RefusedException CONF_NOT_ALLOWED for a key that is no wish; nothing was unset then
   */
  void unset(ConfigRequest.Unset unset) {
    for (String key : unset.getKeysList()) {
      if (!QuestionConfs.isOne(key)) {
        throw refused(key, "unset");
      }
    }
    unset.getKeysList().forEach(session::unsetConf);
  }

  private static boolean holds(KeyValue pair) {
    Optional<String> value = KnownConfs.value(pair.getKey());
    return pair.hasValue()
        && value.filter(known -> known.equalsIgnoreCase(pair.getValue().strip())).isPresent();
  }

  /** A wish that is misspelt is never passed over: its question would cost what it should not. */
  private boolean mayBeIgnored(String key, boolean silent) {
    if (key.toLowerCase(Locale.ROOT).startsWith(QuestionConfs.PREFIX)) {
      return false;
    }
    boolean isHarmless =
        key.equals(APPLICATION)
            || (key.startsWith(QUERIES) && !PinnedConfs.values().containsKey(key));
    return silent || (isAtStart && isHarmless);
  }

  private static String ignored(String key) {
    return "[SALLYPORT."
        + RefusalCode.CONF_NOT_ALLOWED
        + "] "
        + key
        + " is ignored: the server's configuration is its operator's.";
  }

  private static RefusedException refused(String key, String verb) {
    return RefusedException.of(
        RefusalCode.CONF_NOT_ALLOWED,
        key + " cannot be " + verb + " here: the server's configuration is its operator's",
        "the program without this line; what can be set is " + QuestionConfs.names());
  }
}
