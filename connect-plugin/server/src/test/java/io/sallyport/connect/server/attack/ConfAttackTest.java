package io.sallyport.connect.server.attack;

import static io.sallyport.connect.server.Requests.config;
import static io.sallyport.connect.server.Requests.execute;
import static io.sallyport.connect.server.Requests.id;
import static io.sallyport.connect.server.Requests.sql;
import static io.sallyport.connect.server.Requests.sqlCommand;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sallyport.connect.server.Governed;
import io.sallyport.connect.server.GovernedServer;
import io.sallyport.connect.server.RawClient;
import io.sallyport.connect.server.Refused;
import io.sallyport.policy.decision.RefusalCode;
import io.sallyport.spark.release.NoiseWish;
import java.util.NoSuchElementException;
import org.apache.spark.connect.proto.ConfigRequest.Operation;
import org.apache.spark.connect.proto.ConfigResponse;
import org.apache.spark.connect.proto.KeyValue;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.connect.service.SparkConnectService$;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Confs read, and confs written, by RPC and by SQL. */
@Governed
class ConfAttackTest {

  private final GovernedServer server;

  ConfAttackTest(GovernedServer server) {
    this.server = server;
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "spark.hadoop.fs.s3a.secret.key",
        "spark.connect.authenticate.token",
        "spark.sallyport.principals",
        "spark.sallyport.frame.people.owner"
      })
  void secretOrPolicy_isNotRead(String key) {
    SparkSession bob = server.session("bob");

    assertThatThrownBy(() -> bob.conf().get(key))
        .isInstanceOf(NoSuchElementException.class)
        .hasMessageNotContaining(GovernedServer.SECRET);
    assertThat(bob.conf().getOption(key).isEmpty()).isTrue();
    assertThat(bob.conf().get(key, "mine")).isEqualTo("mine");
  }

  @Test
  void allConfs_areNotListed() {
    Refused.by(RefusalCode.CONF_NOT_ALLOWED, () -> server.session("bob").conf().getAll());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "spark.sql.optimizer.excludedRules",
        "spark.sql.analyzer.singlePassResolver.enabled",
        "spark.sql.ansi.enabled",
        "spark.job.tags",
        "spark.connect.ml.backend.classes",
        "spark.sql.session.timeZone"
      })
  void conf_isNotWritten(String key) {
    Refused.by(RefusalCode.CONF_NOT_ALLOWED, () -> server.session("bob").conf().set(key, "true"));
    Refused.by(RefusalCode.CONF_NOT_ALLOWED, () -> server.session("bob").conf().unset(key));
  }

  /** How a question is answered with noise is the analyst's to say, and nothing beside it. */
  @Test
  void wishesForNoise_areTaken_andNothingWithThem() {
    SparkSession ada = server.session("ada");
    ada.conf().set(NoiseWish.EPSILON, "0.5");
    ada.conf().set(NoiseWish.GROUPS, "2");
    assertThat(ada.conf().get(NoiseWish.EPSILON)).isEqualTo("0.5");
    ada.conf().unset(NoiseWish.EPSILON);
    Refused.by(RefusalCode.PARAM_INVALID, () -> ada.conf().set(NoiseWish.EPSILON, "much"));

    Operation.Builder both = Operation.newBuilder();
    both.getSetBuilder()
        .addPairs(KeyValue.newBuilder().setKey(NoiseWish.ROWS).setValue("1"))
        .addPairs(KeyValue.newBuilder().setKey("spark.sql.ansi.enabled").setValue("true"));
    try (RawClient bob = server.raw("bob")) {
      Refused.with(
          RefusalCode.CONF_NOT_ALLOWED,
          bob.failure(stub -> stub.config(config(id(), both.build()))));
    }
  }

  @Test
  void silentWrite_isIgnored_whateverTheKey() {
    String key = "spark.sql.optimizer.excludedRules";
    Operation.Builder operation = Operation.newBuilder();
    operation
        .getSetBuilder()
        .setSilent(true)
        .addPairs(KeyValue.newBuilder().setKey(key).setValue("x"));
    String session = id();
    try (RawClient bob = server.raw("bob")) {
      ConfigResponse answer = bob.stub().config(config(session, operation.build()));

      assertThat(answer.getWarningsList()).singleElement().asString().contains(key, "ignored");
      assertThat(
              SparkConnectService$.MODULE$
                  .getOrCreateIsolatedSession("bob", session)
                  .session()
                  .conf()
                  .get(key, ""))
          .isEmpty();
    }
  }

  @Test
  void writeAfterAQuestion_isRefused_whateverTheKey() {
    SparkSession bob = server.session("bob");
    bob.range(1).count();

    Refused.by(
        RefusalCode.CONF_NOT_ALLOWED, () -> bob.conf().set("spark.sql.shuffle.partitions", "4"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SET spark.sql.ansi.enabled=false",
        "SET spark.sql.optimizer.excludedRules=x",
        "SET -v",
        "SET",
        "RESET",
        "RESET spark.sql.ansi.enabled"
      })
  void confBySql_isNeitherReadNorWritten(String text) {
    Refused.by(RefusalCode.CONF_NOT_ALLOWED, () -> server.session("bob").sql(text).collect());
    try (RawClient bob = server.raw("bob")) {
      Refused.with(
          RefusalCode.CONF_NOT_ALLOWED,
          bob.failure(stub -> stub.executePlan(execute(id(), sql(text)))));
      Refused.with(
          RefusalCode.CONF_NOT_ALLOWED,
          bob.failure(stub -> stub.executePlan(execute(id(), sqlCommand(text)))));
    }
  }
}
