package io.sallyport.connect.server.plugin;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sallyport.policy.settings.PlanView;
import io.sallyport.policy.settings.Settings;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import org.apache.spark.SparkConf;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** No plan is shown to people whom no policy knows, unless the operator says so. */
class PlanViewsTest {

  @ParameterizedTest
  @EnumSource
  void whatShowsPlans_keepsTheDriverFromStarting_unlessItIsAllowed(PlanView view) {
    SparkConf conf = new SparkConf(false).set(view.conf(), "true");
    Set<PlanView> others = EnumSet.complementOf(EnumSet.of(view));

    assertThatThrownBy(() -> PlanViews.require(conf, others))
        .isInstanceOf(RefusedToStart.class)
        .hasMessageContaining(view.conf() + "=true")
        .hasMessageContaining("spark.sallyport.plans-shown-by=" + view.text());
    assertThatCode(() -> PlanViews.require(conf, allowedBy(view.text())))
        .doesNotThrowAnyException();
    assertThatCode(() -> PlanViews.require(conf.set(view.conf(), "false"), Set.of()))
        .doesNotThrowAnyException();
  }

  @Test
  void unknownPart_isNoSetting() {
    assertThatThrownBy(() -> allowedBy("web-ui,shell"))
        .hasMessageContaining("'shell'")
        .hasMessageContaining("web-ui, event-log, driver-log, rest-submission");
  }

  private static Set<PlanView> allowedBy(String names) {
    return Settings.load(Map.of("spark.sallyport.plans-shown-by", names))
        .operating()
        .plansShownBy();
  }
}
