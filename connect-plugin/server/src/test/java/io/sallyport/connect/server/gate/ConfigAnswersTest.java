package io.sallyport.connect.server.gate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sallyport.spark.PinnedConfs;
import io.sallyport.spark.RefusedException;
import org.apache.spark.connect.proto.ConfigRequest;
import org.apache.spark.connect.proto.ConfigRequest.Operation;
import org.apache.spark.connect.proto.ConfigResponse;
import org.apache.spark.connect.proto.KeyValue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConfigAnswersTest {

  private static final String TIME_ZONE = "spark.sql.session.timeZone";

  @Test
  void listedKey_isAnsweredFromTheTable() {
    ConfigResponse response = ConfigAnswers.answer(request(get(TIME_ZONE)));

    assertThat(response.getPairsList())
        .containsExactly(KeyValue.newBuilder().setKey(TIME_ZONE).setValue("UTC").build());
  }

  @Test
  void pinnedConf_isAnsweredWithItsPinnedValue() {
    PinnedConfs.values()
        .forEach(
            (key, value) -> {
              try {
                assertThat(ConfigAnswers.answer(request(get(key))).getPairs(0).getValue())
                    .isEqualTo(value);
              } catch (RefusedException notListed) {
                assertThat(notListed).hasMessageContaining("CONF_NOT_ALLOWED");
              }
            });
  }

  @Test
  void clientsDefault_isNotEchoed() {
    Operation.Builder operation = Operation.newBuilder();
    operation
        .getGetWithDefaultBuilder()
        .addPairs(KeyValue.newBuilder().setKey(TIME_ZONE).setValue("Mars"));

    assertThat(ConfigAnswers.answer(request(operation)).getPairs(0).getValue()).isEqualTo("UTC");
  }

  @Test
  void nothing_isModifiable() {
    Operation.Builder operation = Operation.newBuilder();
    operation.getIsModifiableBuilder().addKeys(TIME_ZONE);

    assertThat(ConfigAnswers.answer(request(operation)).getPairs(0).getValue()).isEqualTo("false");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "spark.connect.authenticate.token",
        "spark.hadoop.fs.s3a.secret.key",
        "spark.sallyport.frame.stays.owner",
        "spark.sql.optimizer.excludedRules",
        "SPARK.SQL.SESSION.TIMEZONE",
        ""
      })
  void everyOtherKey_isRefusedInAllFourReads(String key) {
    KeyValue pair = KeyValue.newBuilder().setKey(key).setValue("x").build();
    Operation.Builder option = Operation.newBuilder();
    option.getGetOptionBuilder().addKeys(key);
    Operation.Builder usual = Operation.newBuilder();
    usual.getGetWithDefaultBuilder().addPairs(pair);
    Operation.Builder modifiable = Operation.newBuilder();
    modifiable.getIsModifiableBuilder().addKeys(key);

    for (Operation.Builder read : new Operation.Builder[] {get(key), option, usual, modifiable}) {
      assertRefused(read);
    }
  }

  @ParameterizedTest
  @EnumSource(Operation.OpTypeCase.class)
  void operationsThatReadNoKeys_areRefused(Operation.OpTypeCase kind) {
    Operation.Builder operation = Operation.newBuilder();
    switch (kind) {
      case SET -> operation.getSetBuilder().setSilent(true);
      case UNSET -> operation.getUnsetBuilder();
      case GET_ALL -> operation.getGetAllBuilder();
      case OPTYPE_NOT_SET -> {}
      case GET, GET_OPTION, GET_WITH_DEFAULT, IS_MODIFIABLE -> {
        return;
      }
    }
    assertRefused(operation);
  }

  private static void assertRefused(Operation.Builder operation) {
    assertThatThrownBy(() -> ConfigAnswers.answer(request(operation)))
        .isInstanceOf(RefusedException.class)
        .hasMessageStartingWith("[SALLYPORT.CONF_NOT_ALLOWED]");
  }

  private static Operation.Builder get(String key) {
    Operation.Builder operation = Operation.newBuilder();
    operation.getGetBuilder().addKeys(key);
    return operation;
  }

  private static ConfigRequest request(Operation.Builder operation) {
    return ConfigRequest.newBuilder().setSessionId("s").setOperation(operation).build();
  }
}
