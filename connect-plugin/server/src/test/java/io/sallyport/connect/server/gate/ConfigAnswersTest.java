package io.sallyport.connect.server.gate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sallyport.spark.PinnedConfs;
import io.sallyport.spark.RefusedException;
import io.sallyport.spark.release.NoiseWish;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.spark.connect.proto.ConfigRequest.Operation;
import org.apache.spark.connect.proto.ConfigResponse;
import org.apache.spark.connect.proto.KeyValue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Reads and writes of confs, by messages. */
class ConfigAnswersTest {

  private static final String TIME_ZONE = "spark.sql.session.timeZone";
  private static final String PARTITIONS = "spark.sql.shuffle.partitions";
  private static final String ANSI = "spark.sql.ansi.enabled";

  private final Map<String, String> kept = new HashMap<>();

  @Test
  void listedKey_isAnsweredFromTheTable_inEveryRead() {
    for (ConfigResponse read : reads(TIME_ZONE, "Mars")) {
      assertThat(read.getPairsList()).containsExactly(pair(TIME_ZONE, "UTC"));
    }
  }

  @Test
  void pinnedConf_isAnsweredWithItsPinnedValue_orWithNone() {
    PinnedConfs.values()
        .forEach(
            (key, value) ->
                assertThat(KnownConfs.value(key)).isIn(Optional.of(value), Optional.empty()));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "spark.connect.authenticate.token",
        "spark.hadoop.fs.s3a.secret.key",
        "spark.sallyport.frame.stays.owner",
        "spark.sql.optimizer.excludedRules",
        "spark.python.sql.dataFrameDebugging.enabled",
        "SPARK.SQL.SESSION.TIMEZONE",
        PARTITIONS
      })
  void everyOtherKey_hasTheClientsOwnDefault_orNoValue(String key) {
    assertThat(answer(false, o -> o.getGetWithDefaultBuilder().addPairs(pair(key, "mine"))))
        .extracting(ConfigResponse::getPairsList)
        .isEqualTo(List.of(pair(key, "mine")));
    KeyValue none = KeyValue.newBuilder().setKey(key).build();
    assertThat(answer(false, o -> o.getGetWithDefaultBuilder().addPairs(none)).getPairsList())
        .containsExactly(none);
    assertThat(answer(false, o -> o.getGetOptionBuilder().addKeys(key)).getPairsList())
        .containsExactly(none);
    ConfigResponse read = answer(false, o -> o.getGetBuilder().addKeys(key).addKeys(TIME_ZONE));
    assertThat(read.getPairsList()).containsExactly(none, pair(TIME_ZONE, "UTC"));
    assertThat(read.getWarningsList()).singleElement().asString().contains(key, "CONF_NOT_ALLOWED");
  }

  @Test
  void wishes_areModifiable_andNothingElseIs() {
    ConfigResponse answer =
        answer(
            false, o -> o.getIsModifiableBuilder().addKeys(NoiseWish.EPSILON).addKeys(TIME_ZONE));

    assertThat(answer.getPairsList())
        .containsExactly(pair(NoiseWish.EPSILON, "true"), pair(TIME_ZONE, "false"));
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void wish_isApplied_readAndUnset(boolean silent) {
    assertThat(set(silent, false, pair(NoiseWish.EPSILON, "0.5")).getWarningsList()).isEmpty();
    for (ConfigResponse read : reads(NoiseWish.EPSILON, "7")) {
      assertThat(read.getPairsList()).containsExactly(pair(NoiseWish.EPSILON, "0.5"));
    }
    answer(false, o -> o.getUnsetBuilder().addKeys(NoiseWish.EPSILON));
    assertThat(kept).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void wishThatIsNone_isRefused_andNothingWithItIsApplied(boolean silent) {
    KeyValue good = pair(NoiseWish.GROUPS, "2");

    assertRefused("PARAM_INVALID", () -> set(silent, true, good, pair(NoiseWish.EPSILON, "much")));
    assertRefused(
        "CONF_NOT_ALLOWED",
        () -> set(silent, true, good, pair("spark.sallyport.query.epsilom", "1")));
    assertThat(kept).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"spark.app.name", PARTITIONS, ANSI, "spark.executor.memory", "my.key"})
  void otherKey_writtenSilently_isIgnoredWithAWarning(String key) {
    ConfigResponse answer = set(true, false, pair(key, "7"), pair(NoiseWish.GROUPS, "2"));

    assertThat(answer.getWarningsList()).singleElement().asString().contains(key, "ignored");
    assertThat(kept).containsExactly(Map.entry(NoiseWish.GROUPS, "2"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"spark.app.name", PARTITIONS, ANSI, "spark.job.tags", "my.key"})
  void otherKey_writtenAloud_isRefused(String key) {
    assertRefused("CONF_NOT_ALLOWED", () -> set(false, false, pair(key, "7")));
    assertRefused(
        "CONF_NOT_ALLOWED", () -> set(false, false, pair(NoiseWish.GROUPS, "2"), pair(key, "7")));
    assertRefused("CONF_NOT_ALLOWED", () -> answer(false, o -> o.getUnsetBuilder().addKeys(key)));
    assertThat(kept).isEmpty();
  }

  @Test
  void builderThatWritesAloud_isHeardOut_unlessAPromiseRestsOnTheKey() {
    assertThat(set(false, true).getWarningsList()).isEmpty();
    assertThat(set(false, true, pair(PARTITIONS, "4"), pair("spark.app.name", "x")))
        .extracting(ConfigResponse::getWarningsCount)
        .isEqualTo(2);
    for (String key :
        List.of(ANSI, TIME_ZONE, "spark.sql.optimizer.excludedRules", "spark.job.tags")) {
      assertRefused("CONF_NOT_ALLOWED", () -> set(false, true, pair(key, "7")));
    }
    assertThat(kept).isEmpty();
  }

  @Test
  void whatHoldsAlready_maybeSaidAgain() {
    assertThat(set(false, false, pair(ANSI, "FALSE")).getWarningsList()).isEmpty();
    assertThat(kept).isEmpty();
  }

  @Test
  void listing_isRefused() {
    assertRefused("CONF_NOT_ALLOWED", () -> answer(true, o -> o.getGetAllBuilder()));
    assertRefused("CONF_NOT_ALLOWED", () -> answer(true, o -> {}));
  }

  private static void assertRefused(String code, Runnable action) {
    assertThatThrownBy(action::run)
        .isInstanceOf(RefusedException.class)
        .hasMessageStartingWith("[SALLYPORT." + code + "]");
  }

  private List<ConfigResponse> reads(String key, String usual) {
    return List.of(
        answer(false, o -> o.getGetBuilder().addKeys(key)),
        answer(false, o -> o.getGetOptionBuilder().addKeys(key)),
        answer(false, o -> o.getGetWithDefaultBuilder().addPairs(pair(key, usual))));
  }

  private ConfigResponse set(boolean silent, boolean isAtStart, KeyValue... pairs) {
    return answer(isAtStart, o -> o.getSetBuilder().setSilent(silent).addAllPairs(List.of(pairs)));
  }

  private ConfigResponse answer(boolean isAtStart, Consumer<Operation.Builder> change) {
    Operation.Builder operation = Operation.newBuilder();
    change.accept(operation);
    return new ConfigAnswers(new Session(kept), isAtStart).answer(operation.build()).build();
  }

  private static KeyValue pair(String key, String value) {
    return KeyValue.newBuilder().setKey(key).setValue(value).build();
  }

  private record Session(Map<String, String> kept) implements OpenSession {

    @Override
    public String serverSideId() {
      return "server";
    }

    @Override
    public Optional<String> conf(String key) {
      return Optional.ofNullable(kept.get(key));
    }

    @Override
    public void setConf(String key, String value) {
      kept.put(key, value);
    }

    @Override
    public void unsetConf(String key) {
      kept.remove(key);
    }
  }
}
