package io.sallyport.connect.server.operating;

import static org.assertj.core.api.Assertions.assertThat;

import com.codahale.metrics.Gauge;
import io.sallyport.connect.server.Governed;
import io.sallyport.connect.server.GovernedServer;
import io.sallyport.connect.server.Refused;
import io.sallyport.connect.server.plugin.SallyportPlugin;
import io.sallyport.policy.decision.RefusalCode;
import org.apache.spark.SparkEnv;
import org.apache.spark.metrics.source.Source;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;

/** The numbers that Spark's metrics sinks get. */
@Governed
class MeasuresTest {

  private final GovernedServer server;

  MeasuresTest(GovernedServer server) {
    this.server = server;
  }

  @Test
  void questions_areCounted_byVerdictAndCode_andNamedAfterNobody() {
    long questions = value("questions");
    long released = value("verdicts.released");
    long raw = value("codes.raw_output");
    long millis = value("chamber.millis");
    SparkSession ada = server.session("ada");
    assertThat(ada.table("visits").groupBy("day").count().collectAsList()).hasSize(7);
    Refused.by(RefusalCode.RAW_OUTPUT, () -> ada.table("people").collectAsList());
    ada.stop();
    assertThat(value("questions")).isGreaterThanOrEqualTo(questions + 2);
    assertThat(value("verdicts.released")).isGreaterThan(released);
    assertThat(value("codes.raw_output")).isGreaterThan(raw);
    assertThat(value("chamber.millis")).isGreaterThan(millis);
    assertThat(value("chamber.running")).isNotNegative();
    assertThat(value("chamber.waiting")).isZero();
    assertThat(value("requests.pending")).isNotNegative();
    assertThat(source().metricRegistry().getNames())
        .noneMatch(name -> name.contains("ada") || name.contains("people"));
  }

  private static long value(String name) {
    Gauge<?> gauge = source().metricRegistry().getGauges().get(name);
    return ((Number) gauge.getValue()).longValue();
  }

  private static Source source() {
    return SparkEnv.get()
        .metricsSystem()
        .getSourcesByName("plugin." + SallyportPlugin.class.getName())
        .apply(0);
  }
}
