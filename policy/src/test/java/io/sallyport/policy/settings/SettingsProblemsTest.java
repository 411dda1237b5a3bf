package io.sallyport.policy.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a Spark conf may not say, and how the operator is told. */
final class SettingsProblemsTest {
  private static final String P = "spark.sallyport.";
  private static final Map<String, String> GOOD =
      Map.of(P + "frame.stays.table", "stays", P + "frame.stays.privacy-unit", "id");

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "frame.stays.privacy_unit | x | there is no key 'privacy_unit', did you mean 'privacy-unit'",
        "frame.stays.Automatic | true | there is no key 'Automatic', did you mean 'automatic'",
        "frame.stays.budget | 1 | there is no key 'budget'. Valid: spark.sallyport.frame.<frame>.<key>",
        "frame.table | x | before the key word 'table' stands no name of a frame",
        "frame.my stays.table | x | before the key word 'table' stands no name of a frame",
        "frame.a.table.path | x | nothing may follow the key word 'table'",
        "frame.stays.options | x | the name of the option is missing",
        "frame.stays.automatic | aggregation(1) | rule 'aggregation(1)', position 13: k must be at least 2. Valid: k from 2",
        "frame.stays.approval | dp(epsilon = 1) | dp(...) is a rule for automatic answers",
        "frame.stays.automatic | user(\"bob\") | there is no principal 'bob'",
        "frame.stays.owner | olga | there is no principal 'olga' with the role owner",
        "frame.stays.owner | o l | this is no name of a principal",
        "frame.stays.on-small-group | drop | there is no such way with small groups. Valid: approval or suppress",
        "frame.stays.blacklist | a,,b | a name is empty",
        "frame.stays.blacklist | a, A | 'A' is named twice",
        "frame.stays.identifiers | `` | there is no value",
        "frame.stays.column.days.lower | -1e271 | this is no number that noise can be fitted to. Valid:"
            + " a number such as 0, -1.5 or 1e6, from -1e270 to 1e270",
        "frame.stays.column.days.lower | 1 | one of lower and upper is missing. Valid: both, or neither",
        "frame.stays.column.days.complete | true | there are no values that could be complete. Valid: values beside it",
        "frame.stays.column.days.complete | yes | true or false",
        "frame.stays.column.days.whole | true | values, complete, missing",
        "frame.stays.unique | a, A | 'A' is named twice",
        "frame.stays.unique | a,,b | a name is empty. Valid: names of columns, joined by commas",
        "frame.stays.unique.a | true | nothing may follow the key word 'unique'",
        "frame.stays.missing | true | this does not say whether a missing value tells anything. Valid: public",
        "frame.stays.column.days.missing | Public | this does not say whether a missing value tells anything",
        "frame.stays.mising | public | there is no key 'mising', did you mean 'missing'",
        "frame.stays.path | x | the frame is a table already. Valid: either table, or path with format",
        "frame.stays.format | csv | the frame is a table already",
        "frame.stays.options.header | true | the frame is a table already",
        "frame.STAYS.table | x | the key is given twice, also as spark.sallyport.frame.",
        "frames.stays.table | x | there is no such key, did you mean 'frame'",
        "desk.address | 127.0.0.1 | there is no port with it, so the desk listens nowhere",
        "desk.port | 65536 | a whole number from 0 to 65535",
        "polices | x | there is no such key, did you mean 'policies'",
        "public | a b | 'a b' is no name of a table",
        "public | STAYS | 'stays' is governed as frame stays",
        "public | default.stays | 'default.stays' is governed as frame stays",
        "policies | /nowhere/p.yaml | there is no readable file /nowhere/p.yaml",
        "principals | /nowhere/p.yaml | there is no readable file /nowhere/p.yaml",
        "tls.certificate | /nowhere/c.pem | one of tls.certificate and tls.key is missing. Valid: both, or neither",
        "tls.key | /nowhere/k.pem | there is no readable file /nowhere/k.pem",
        "limit.session | 3 | there is no such limit, did you mean 'sessions'",
        "limit.sessions | 0 | the limit is out of its range or no number. Valid: a whole number from 1 to 100000",
        "limit.sessions | -1 | the limit is out of its range or no number",
        "limit.sessions | 100001 | the limit is out of its range or no number",
        "limit.sessions | 99999999999999 | the limit is out of its range or no number",
        "limit.sessions | ten | the limit is out of its range or no number",
        "store | `` | there is no value",
      })
  void key_thatIsWrong_isToldWithItsPlaceAndWhatIsValid(String key, String value, String problem) {
    Map<String, String> conf = new HashMap<>(GOOD);
    conf.put(P + key, value);
    assertThat(problems(conf))
        .anySatisfy(
            text ->
                assertThat(text)
                    .startsWith(P + "")
                    .contains(" (Spark conf): ")
                    .contains(problem)
                    .contains(". Valid: "));
  }

  @ParameterizedTest
  @CsvSource({
    "table, nothing says what the frame is",
    "privacy-unit, nothing says what one person is",
  })
  void frame_withoutWhatItNeeds_isToldAtThePlaceOfTheFrame(String missing, String problem) {
    Map<String, String> conf = new HashMap<>(GOOD);
    conf.remove(P + "frame.stays." + missing);
    assertThat(problems(conf))
        .singleElement()
        .satisfies(
            text ->
                assertThat(text)
                    .startsWith(P + "frame.stays." + missing + " (Spark conf): " + problem));
  }

  @ParameterizedTest
  @CsvSource({
    "path, there is no format with it",
    "format, there is no path with it",
    "options.header, there is no path with it",
  })
  void frame_ofHalfAFile_isContradictory(String key, String problem) {
    Map<String, String> conf =
        Map.of(P + "frame.stays." + key, "x", P + "frame.stays.privacy-unit", "row");
    assertThat(problems(conf))
        .singleElement()
        .satisfies(text -> assertThat(text).contains(key + " (Spark conf): " + problem));
  }

  @ParameterizedTest
  @CsvSource({"spark.sallyport", "spark.Sallyport.public", "spark.sallyports.public"})
  void key_besideThePrefix_isNotOverlooked(String key) {
    assertThat(problems(Map.of(key, "x")))
        .singleElement()
        .satisfies(
            text -> assertThat(text).startsWith(key + " (Spark conf): there is no such key"));
  }

  @Test
  void problems_ofSeveralKeys_areAllToldAtOnce() {
    Map<String, String> conf = new TreeMap<>();
    conf.put(P + "frame.a.table", "t");
    conf.put(P + "frame.a.automatic", "agregation(10)");
    conf.put(P + "limit.plan-depth", "1001");
    conf.put(P + "stor", "x");
    SettingsException error =
        catchThrowableOfType(SettingsException.class, () -> Settings.load(conf));
    assertThat(error.problems()).hasSize(4);
    assertThat(error)
        .hasMessageStartingWith("Sallyport does not start, there are 4 problems in its settings:\n")
        .hasMessageContaining(
            "\n  - " + P + "frame.a.automatic (Spark conf): rule 'agregation(10)'")
        .hasMessageContaining("\n  - " + P + "frame.a.privacy-unit (Spark conf): ")
        .hasMessageContaining("\n  - " + P + "limit.plan-depth (Spark conf): ")
        .hasMessageContaining(
            "\n  - " + P + "stor (Spark conf): there is no such key, did you mean 'store'");
  }

  @Test
  void problem_withAnOption_neverPrintsItsValue() {
    Map<String, String> conf =
        Map.of(
            P + "frame.stays.options.password", "hunter2",
            P + "frame.stays.options.PASSWORD", "hunter2");
    SettingsException error =
        catchThrowableOfType(SettingsException.class, () -> Settings.load(conf));
    assertThat(error).hasMessageContaining("given twice").hasMessageNotContaining("hunter2");
    assertThat(new Setting(P + "x", "hunter2", "here").toString()).doesNotContain("hunter2");
  }

  @Test
  void key_withControlCharacters_cannotForgeALineOfTheMessage() {
    assertThat(problems(Map.of(P + "x\n  - all is well", "y")))
        .singleElement()
        .satisfies(text -> assertThat(text).doesNotContain("\n"));
  }

  private static List<String> problems(Map<String, String> conf) {
    return catchThrowableOfType(SettingsException.class, () -> Settings.load(conf)).problems();
  }
}
