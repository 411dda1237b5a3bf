package io.sallyport.policy.rule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class RuleParserTest {

  @Test
  void parse_ofTheTextOfAnyRule_isThatRule() {
    assertThat(RandomRules.of(7, 2_000))
        .allSatisfy(rule -> assertThat(RuleParser.parse(rule.text())).isEqualTo(rule));
  }

  @Test
  void parse_everyKindWithBlanksAnywhere_isTheTree() {
    Rule rule =
        RuleParser.parse(
            " at-least ( 2 , all( true,aggregation ( 20 ) ) ,\tany(user( \"ada\" ), false))");
    assertThat(rule)
        .isEqualTo(
            new Rule.AtLeast(
                2,
                List.of(
                    new Rule.All(List.of(new Rule.Always(), new Rule.Aggregation(20))),
                    new Rule.Any(List.of(new Rule.User("ada"), new Rule.Never())))));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '`',
      value = {
        "``; 1; the rule ends here",
        "aggregation(1); 13; k must be at least 2",
        "aggregation(0); 13; k must be at least 2",
        "aggregation(-5); 13; '-' is not expected here",
        "aggregation(10 x); 16; 'x' is not expected here",
        "az09AZ-_(1); 1; there is no rule 'az09AZ-_'",
        "aggregation(99999999999); 13; the number is too large",
        "aggregation(10; 15; the rule ends here",
        "aggregation(10, 3); 17; there is no option '3'",
        "aggregation(10,); 16; ')' is not expected here",
        "aggregation(10, dof); 20; ')' is not expected here",
        "aggregation(10, dof = 0); 23; dof must be at least 1",
        "aggregation(10, dof = 9, dof = 9); 26; the option 'dof' is given twice",
        "aggregation(10, functions = count); 29; 'c' is not expected here",
        "aggregation(10, functions = []); 30; ']' is not expected here",
        "aggregation(10, functions = [count, max]); 37; 'max' is no function that can be released",
        "aggregation(10, functions = [count); 35; ')' is not expected here",
        "aggregation(10, functions = [Count]); 30; 'Count' is no function that can be released",
        "aggregation(10, quantiles = 1); 29; quantiles is true or false",
        "aggregation(10, functions = [count, quantile]); 37; 'quantile' is no function that can be released",
        "aggregation(10, dominance = 10); 29; there is no rule '10'",
        "aggregation(10, dominance = p(0)); 31; p must be at least 1",
        "aggregation(10, dominance = p(101)); 31; p must be at most 100",
        "aggregation(10, dominance = p(5.5)); 32; '.' is not expected here",
        "aggregation(10, dominance = nk(2)); 33; ')' is not expected here",
        "aggregation(10, dominance = nk(11, 90)); 32; n must be at most 10",
        "aggregation(10, dominance = nk(2, 100)); 35; k must be at most 99",
        "aggregation(10, dominance = [p(10) nk(2, 90)]); 36; 'n' is not expected here",
        "aggregation(10, dominance = -); 29; there is no rule '-'",
        "aggregation; 12; the rule ends here",
        "aggregation(١٢); 13; '١' is not expected here",
        "Aggregation(10); 1; there is no rule 'Aggregation'",
        "agregation(10); 1; there is no rule 'agregation'",
        "dp(1.0); 4; '1' is no option of dp, or given twice",
        "dp(delta = 1e-8); 4; dp has no epsilon",
        "dp(epsilon = 0); 4; a number of dp(...) is out of its range",
        "dp(epsilon = 101); 4; a number of dp(...) is out of its range",
        "dp(epsilon = 1, delta = 0.01); 4; a number of dp(...) is out of its range",
        "dp(epsilon = 1, rows = 1.5); 4; a number of dp(...) is out of its range",
        "dp(epsilon = 1, epsilon = 1); 17; 'epsilon' is no option of dp, or given twice",
        "dp(epsilon = -1); 14; '-' is not expected here",
        "all(true, dp(1)); 14; '1' is no option of dp, or given twice",
        "all(); 5; ')' is not expected here",
        "any(true,); 10; ')' is not expected here",
        "any(true; 9; the rule ends here",
        "at-least(0, true); 10; n is out of range",
        "at-least(3, true, false); 10; n is out of range",
        "at-least(1); 11; ')' is not expected here",
        "user(ada); 6; 'a' is not expected here",
        "user(\"ada); 7; the quote is not closed",
        "user(\"\"); 7; this is no name of a principal",
        "user(\"a b\"); 7; this is no name of a principal",
        "true false; 6; 'f' is not expected here",
        "true); 5; ')' is not expected here",
      })
  void parse_ofWhatIsNoRule_saysWhereAndWhatIsValid(String text, int position, String problem) {
    RuleSyntaxException error =
        catchThrowableOfType(RuleSyntaxException.class, () -> RuleParser.parse(text));
    assertThat(error.position()).isEqualTo(position);
    assertThat(error)
        .hasMessageStartingWith("rule '" + text + "', position " + position + ": " + problem)
        .hasMessageContaining(". Valid: ");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "aggregation( 10 ,dof=5,functions =[ sum,count ] ); aggregation(10, functions = [count, sum], dof = 5)",
        "aggregation(10, dominance = [p(10)]); aggregation(10, dominance = p(10))",
        "aggregation(10,quantiles=true ); aggregation(10, quantiles = true)",
        "aggregation(10, quantiles = false); aggregation(10)",
        "aggregation(9, quantiles = true, functions = [sum]); aggregation(9, functions = [sum], quantiles = true)",
        "aggregation(10, dominance = [p(5), nk(2,90), p(10)]); aggregation(10, dominance = [nk(2, 90), p(10)])",
        "aggregation(10, dof = 10, functions = [count, sum, avg, stddev, variance, covar, corr, regr]); aggregation(10)",
        "aggregation(10, functions = [product,sum,count]); aggregation(10, functions = [count, sum, product])",
        "aggregation(10, functions = [count, sum, avg, stddev, variance, covar, corr, regr, product]);"
            + " aggregation(10, functions = [count, sum, avg, stddev, variance, covar, corr, regr, product])",
      })
  void text_ofARuleWithOptions_isCanonical(String written, String canonical) {
    assertThat(RuleParser.parse(written).text()).isEqualTo(canonical);
    assertThat(RuleParser.parse(written)).isEqualTo(RuleParser.parse(canonical));
  }

  @Test
  void parse_ofRulesNestedAsDeepAsAllowed_passesAndOneDeeperDoesNot() {
    int deepest = RuleParser.MAX_DEPTH - 1;
    String allowed = "all(".repeat(deepest) + "true" + ")".repeat(deepest);
    assertThat(RuleParser.parse(allowed).text()).isEqualTo(allowed);
    for (String deeper : List.of("all(" + allowed + ")", "any(true, " + allowed + ")")) {
      assertThatExceptionOfType(RuleSyntaxException.class)
          .isThrownBy(() -> RuleParser.parse(deeper))
          .withMessageContaining("nested too deep");
    }
  }

  @Test
  void parse_ofAVeryLongText_isRefusedWithoutQuotingItAll() {
    assertThatThrownBy(() -> RuleParser.parse("all(".repeat(1_000_000)))
        .isInstanceOf(RuleSyntaxException.class)
        .hasMessageContaining("is too long")
        .satisfies(error -> assertThat(error.getMessage()).hasSizeLessThan(500));
  }

  @Test
  void rule_ofImpossibleNumbers_isNotMade() {
    assertThatThrownBy(() -> new Rule.Aggregation(1)).hasMessageContaining("at least 2");
    assertThatThrownBy(() -> new Rule.Aggregation(2, List.of(), List.of(), 1))
        .hasMessageContaining("At least one function");
    assertThatThrownBy(() -> new Rule.Aggregation(2, List.of(AggregateFamily.SUM), List.of(), 0))
        .hasMessageContaining("dof must be at least 1");
    assertThatThrownBy(() -> new Dominance.Percent(0)).hasMessageContaining("p must be");
    assertThatThrownBy(() -> new Dominance.Share(0, 90)).hasMessageContaining("n must be");
    assertThatThrownBy(() -> new Dominance.Share(1, 100)).hasMessageContaining("k must be");
    assertThatThrownBy(() -> new Rule.All(List.of())).hasMessageContaining("At least one rule");
    assertThatThrownBy(() -> new Rule.AtLeast(2, List.of(new Rule.Always())))
        .hasMessageContaining("n must be from 1 to the number of rules, 1");
    assertThatThrownBy(() -> new Rule.User("a\"b")).hasMessageContaining("A principal's name");
  }
}
