package io.sallyport.policy.advice;

import static org.assertj.core.api.Assertions.assertThat;

import io.sallyport.policy.rule.RuleParser;
import io.sallyport.policy.settings.Settings;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is in order and may not be meant. */
final class PolicyAdviceTest {
  private static final String P = "spark.sallyport.";

  @ParameterizedTest
  @ValueSource(
      strings = {
        "true",
        "any(true, aggregation(10))",
        "all(true)",
        "at-least(1, true, false)",
        "any(all(true, true), false)"
      })
  void everythingLeaves_isSaid(String rule) {
    assertThat(advice("stays", rule, "data/a"))
        .singleElement()
        .asString()
        .startsWith("frame stays: automatic lets everything out");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"aggregation(10)", "all(true, aggregation(10))", "all(true, false)", "false"})
  void whatBounds_isNotWarnedOf(String rule) {
    assertThat(advice("stays", rule, "data/a")).isEmpty();
  }

  @Test
  void aBudgetThatNothingIsChargedTo_isSaid() {
    Map<String, String> conf = frame("stays", "aggregation(10)", "data/a");
    conf.put(P + "budget.id.epsilon", "1");
    assertThat(advice(conf))
        .singleElement()
        .asString()
        .startsWith("budget id: it is never charged");
    conf.put(P + "frame.stays.automatic", "dp(epsilon = 1)");
    assertThat(advice(conf)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "data/a, data/a, true",
    "data/a, ./data/../data/a, true",
    "data, data/a, true",
    "data/a, data/b, false",
  })
  void exactAndNoisyOverTheSameData_isSaid(String exact, String noisy, boolean same) {
    Map<String, String> conf = frame("stays", "aggregation(10)", exact);
    conf.putAll(frame("study", "dp(epsilon = 1)", noisy));
    conf.put(P + "budget.id.epsilon", "1");
    assertThat(advice(conf).stream().filter(text -> text.contains("what the noise hides")))
        .hasSize(same ? 1 : 0)
        .allMatch(text -> text.startsWith("frame study") && text.contains("stays answers exactly"));
  }

  @Test
  void leastPeople_areTheSmallestOfARule() {
    assertThat(RuleReach.leastPeople(RuleParser.parse("any(aggregation(5), aggregation(20))")))
        .hasValue(5);
    assertThat(RuleReach.leastPeople(RuleParser.parse("true"))).isEmpty();
  }

  private static List<String> advice(String name, String rule, String path) {
    return advice(frame(name, rule, path));
  }

  private static List<String> advice(Map<String, String> conf) {
    Map<String, String> whole = new TreeMap<>(conf);
    return PolicyAdvice.of(Settings.load(whole).policies());
  }

  private static Map<String, String> frame(String name, String rule, String path) {
    Map<String, String> conf = new TreeMap<>();
    conf.put(P + "frame." + name + ".path", path);
    conf.put(P + "frame." + name + ".format", "csv");
    conf.put(P + "frame." + name + ".privacy-unit", "id");
    conf.put(P + "frame." + name + ".automatic", rule);
    return conf;
  }
}
