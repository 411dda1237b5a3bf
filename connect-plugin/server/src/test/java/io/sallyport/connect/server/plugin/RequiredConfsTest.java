package io.sallyport.connect.server.plugin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sallyport.spark.PinnedConfs;
import org.apache.spark.SparkConf;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RequiredConfsTest {

  private static final String INTERCEPTORS = "spark.connect.grpc.interceptor.classes";
  private static final String OURS = "io.sallyport.connect.server.gate.SallyportInterceptor";

  @Test
  void emptyConf_getsEveryLine() {
    SparkConf conf = new SparkConf(false);

    RequiredConfs.complete(conf);

    assertThat(conf.get("spark.sql.extensions"))
        .isEqualTo("io.sallyport.spark.SallyportExtensions");
    assertThat(conf.get(INTERCEPTORS)).isEqualTo(OURS);
    assertThat(conf.get("spark.connect.extensions.relation.classes"))
        .isEqualTo("io.sallyport.connect.server.relation.SallyportRelationPlugin");
    assertThat(conf.get("spark.connect.extensions.command.classes"))
        .isEqualTo("io.sallyport.connect.server.relation.SallyportCommandPlugin");
    assertThat(conf.get("spark.connect.session.planCache.maxSize")).isEqualTo("0");
    PinnedConfs.values().forEach((key, value) -> assertThat(conf.get(key)).isEqualTo(value));
  }

  @Test
  void completeConf_isAcceptedAsItIs() {
    SparkConf conf = new SparkConf(false);
    RequiredConfs.complete(conf);

    assertThatCode(() -> RequiredConfs.complete(conf)).doesNotThrowAnyException();
  }

  @ParameterizedTest
  @CsvSource({
    "spark.sql.extensions, other.Extensions",
    "spark.sql.extensions, 'io.sallyport.spark.SallyportExtensions,other.Extensions'",
    "spark.connect.extensions.relation.classes, other.RelationPlugin",
    "spark.connect.extensions.command.classes, other.CommandPlugin",
    "spark.connect.extensions.expression.classes, other.ExpressionPlugin",
    "spark.connect.extensions.getStatus.classes, other.StatusPlugin",
    "spark.connect.ml.backend.classes, other.Backend",
    "spark.connect.grpc.debug.enabled, true",
    "spark.connect.session.planCache.maxSize, 32",
    "spark.connect.progress.reportInterval, 2s",
    "spark.sql.connect.enrichError.enabled, true",
    "spark.sql.ansi.enabled, true",
    "spark.scheduler.mode, FIFO",
    "spark.sql.maxBroadcastTableSize, 8GB",
    "spark.sql.parser.manageParserCaches, false",
    "spark.sql.analyzer.singlePassResolver.enabled, true",
    "spark.sql.optimizer.excludedRules, org.apache.spark.sql.X",
    "spark.connect.grpc.interceptor.classes, other.Interceptor",
    "spark.connect.grpc.interceptor.classes,"
        + " 'io.sallyport.connect.server.gate.SallyportInterceptor,other.Interceptor'"
  })
  void contradictingLine_keepsTheDriverFromStarting(String key, String value) {
    SparkConf conf = new SparkConf(false).set(key, value);

    assertThatThrownBy(() -> RequiredConfs.complete(conf))
        .isInstanceOf(RefusedToStart.class)
        .hasMessageContaining(key + "=");
  }

  @Test
  void anInterceptorInsideOurs_isAllowed() {
    SparkConf conf = new SparkConf(false).set(INTERCEPTORS, "other.Interceptor, " + OURS);

    assertThatCode(() -> RequiredConfs.complete(conf)).doesNotThrowAnyException();
  }

  @Test
  void everyContradiction_isNamedAtOnce() {
    SparkConf conf =
        new SparkConf(false)
            .set("spark.sql.ansi.enabled", "true")
            .set("spark.connect.grpc.debug.enabled", "true");

    assertThatThrownBy(() -> RequiredConfs.complete(conf))
        .hasMessageContaining("spark.sql.ansi.enabled=false")
        .hasMessageContaining("spark.connect.grpc.debug.enabled=false");
  }
}
