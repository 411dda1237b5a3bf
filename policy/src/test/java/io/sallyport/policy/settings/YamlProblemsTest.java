package io.sallyport.policy.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What YAML files may not say. In the one-line examples, a tilde is a line feed. */
final class YamlProblemsTest {
  private static final String HASH = "a".repeat(64);
  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "# hello~publik: [a] | spark.sallyport.publik (p.yaml, line 2): there is no such key, did you mean 'public'",
        "foo: [a] | spark.sallyport.foo (p.yaml, line 1): there is no such key. Valid: spark.sallyport.{public",
        "frame.s: {table: t, privacy-unit: row, blaklist: [a]} | there is no key 'blaklist', did you mean 'blacklist'",
        "frame.s: {table: t, privacy-unit: row, column: {x: {value: [a]}}} | after 'column.' stand a column's name",
        "limit: {foo: [1]} | there is no such limit",
        "budget: {p: {epsilons: [1]}} | there is no such key of a budget, did you mean 'epsilon'",
        "budget: {p: {epsilon: 1}} | no frame has the unit space 'p'. Valid: the unit space of a frame, once a frame is in order",
        "public: a~public: b | spark.sallyport.public (p.yaml, line 2): the key is given twice, first in line 1",
        "frame:~  s: {table: t, privacy-unit: row}~frame.s.table: u | spark.sallyport.frame.s.table (p.yaml, line 3): the key is given twice, also as",
        "frame:~  s:~    table: t | spark.sallyport.frame.s.privacy-unit (p.yaml, line 3): nothing says what one person is",
        "frame.s: {table: t, privacy-unit: row,~  automatic: aggregation(1)} | spark.sallyport.frame.s.automatic (p.yaml, line 2): rule 'aggregation(1)', position 13",
        "frame.s: {table: [t], privacy-unit: row} | spark.sallyport.frame.s.table (p.yaml, line 1): a list is given",
        "public: [] | spark.sallyport.public (p.yaml, line 1): the list is empty",
        "public: ['a,b'] | spark.sallyport.public (p.yaml, line 1): this is no item of a list",
        "public: [[a]] | spark.sallyport.public (p.yaml, line 1): this is no item of a list",
        "public: | spark.sallyport.public (p.yaml, line 1): there is no value",
        "frame: {} | spark.sallyport.frame (p.yaml, line 1): there is no value",
        "frame.s.options.sep: | spark.sallyport.frame.s.options.sep (p.yaml, line 1): there is no value",
        "? [a]~: b | a key must be a text",
        "policies: other.yaml | spark.sallyport.policies (p.yaml, line 1): a policies file cannot name another",
        "spark.sallyport.public: a | (p.yaml, line 1): in YAML keys stand without spark.sallyport.",
        "store: &a x | spark.sallyport.policies (p.yaml, line 1): anchors, aliases and tags are not allowed",
        "store: !!java.io.File [x] | spark.sallyport.policies (p.yaml, line 1): anchors, aliases and tags",
        "store: !x y | spark.sallyport.policies (p.yaml, line 1): anchors, aliases and tags",
        "a: b~c: d: e | spark.sallyport.policies (p.yaml, line 2): this is no YAML: mapping values are not allowed here",
        "[a] | holds no map of keys",
        "# nothing | holds no map of keys",
        "a: b~---~c: d | (p.yaml, line 2): this is no YAML",
      })
  void policiesFile_thatIsWrong_isToldWithFileAndLine(String yaml, String problem)
      throws IOException {
    assertThat(problems("policies", yaml))
        .anySatisfy(text -> assertThat(text).contains(problem).contains(". Valid: "));
  }

  /** One mistake is one problem, whatever stands below it. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "frames:~  s: {table: t, privacy-unit: row}~  r: {table: u, privacy-unit: row} | spark.sallyport.frames (p.yaml, line 1): there is no such key, did you mean 'frame'. Valid: frame, budget, limit",
        "budgets:~  p: {epsilon: 1, delta: 0.1} | spark.sallyport.budgets (p.yaml, line 1): there is no such key, did you mean 'budget'. Valid: frame",
        "limits: {plan-bytes: 1} | spark.sallyport.limits (p.yaml, line 1): there is no such key, did you mean 'limit'. Valid: frame",
        "nonsense: {a: {b: c, d: [e]}} | spark.sallyport.nonsense (p.yaml, line 1): there is no such key. Valid: frame",
        "frame:~  s:~    table: t~    privacy-unit: row~    columns: {x: {lower: 0, upper: 1}} | spark.sallyport.frame.s.columns (p.yaml, line 5): there is no such key, did you mean 'column'. Valid: column.<column>.{lower",
      })
  void aKeyThatHoldsOthers_isOneProblem(String yaml, String problem) throws IOException {
    assertThat(problems("policies", yaml))
        .singleElement()
        .satisfies(text -> assertThat(text).startsWith(problem));
  }

  /** Values are data: spaces, commas and case are part of them. */
  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '`',
      value = {
        "[' Male', ' Female'];| Male| Female",
        "[m, M];|m|M",
        "['Paris, TX', \"Rome\"];|Paris, TX|Rome",
        "['', 01234, 1.50, true, 2026-01-31];||01234|1.50|true|2026-01-31",
        "['null', \"~\"];|null|~",
      })
  void declaredValues_areExact(String yaml, String expected) throws IOException {
    Settings settings =
        Settings.load(
            Map.of(
                "spark.sallyport.policies",
                write(
                    "frame: {s: {table: t, privacy-unit: row, column: {x: {values: "
                        + yaml
                        + "}}}}")));
    String all = expected.substring(expected.indexOf('|') + 1);
    assertThat(settings.policies().frames().get(0).facts().columns().get("x").values())
        .containsExactly(all.split("[|]", -1));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "[a, null]|this is no value",
        "[a, [b]]|this is no value",
        "[a, b, a]|the value 'a' is given twice",
        "[]|the list is empty",
      })
  void declaredValues_thatAreNone_areTold(String yaml, String problem) throws IOException {
    assertThat(
            problems(
                "policies",
                "frame: {s: {table: t, privacy-unit: row, column: {x: {values: " + yaml + "}}}}"))
        .singleElement()
        .satisfies(text -> assertThat(text).contains(problem));
  }

  @Test
  void aFrameMayHaveTheNameOfAMisspeltKey() throws IOException {
    Settings settings =
        Settings.load(
            Map.of(
                "spark.sallyport.policies",
                write("frame: {clinic: {columns: {table: t, privacy-unit: row}}}")));
    assertThat(settings.policies().frames())
        .extracting(frame -> frame.name().value())
        .containsExactly("clinic.columns");
  }

  @Test
  void key_inConfAndYaml_isADuplicate() throws IOException {
    String file = write("public: a");
    SettingsException error =
        catchThrowableOfType(
            SettingsException.class,
            () ->
                Settings.load(
                    Map.of("spark.sallyport.policies", file, "spark.sallyport.public", "b")));
    assertThat(error.problems())
        .containsExactly(
            "spark.sallyport.public (p.yaml, line 1): the key is given twice, also as"
                + " spark.sallyport.public (Spark conf). Valid: each key once, in the Spark conf or"
                + " in YAML");
  }

  @Test
  void file_thatIsTooLargeTooDeepOrNoText_isRefusedQuickly() throws IOException {
    assertThat(problems("policies", "a: " + "x".repeat(1 << 20)))
        .singleElement()
        .satisfies(text -> assertThat(text).contains("is too large"));
    assertThat(problems("policies", "[".repeat(100_000)))
        .singleElement()
        .satisfies(text -> assertThat(text).contains("nested too deep"));
    Files.write(folder.resolve("p.yaml"), "a: \u00e9".getBytes(StandardCharsets.ISO_8859_1));
    assertThat(load("policies"))
        .singleElement()
        .satisfies(text -> assertThat(text).contains("is no UTF-8 text"));
  }

  @Test
  void aliases_thatWouldGrowWithoutEnd_areRefused() throws IOException {
    assertThat(problems("policies", "a: &a [x,x]~b: &b [*a,*a]~c: [*b,*b]"))
        .allSatisfy(text -> assertThat(text).contains("anchors, aliases and tags"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{name: ada, role: analyst, token: HASH} | principals[1] (p.yaml, line 1): there is no key 'token'",
        "{name: ada, role: analyst} | principals[1].token-sha256 (p.yaml, line 1): the key is missing. Valid: name, role, token-sha256",
        "{name: a b, role: analyst, token-sha256: HASH} | principals[1].name (p.yaml, line 1): this is no name of a principal",
        "{name: ada, role: Analyst, token-sha256: HASH} | principals[1].role (p.yaml, line 1): there is no such role. Valid: owner or analyst",
        "{name: ada, role: [owner], token-sha256: HASH} | principals[1].role (p.yaml, line 1): the value is no text",
        "{name: ada, role: owner, token-sha256: HASHa} | principals[1].token-sha256 (p.yaml, line 1): this is no SHA-256",
        "{name: ada, role: owner, token-sha256: EMPTY} | principals[1].token-sha256 (p.yaml, line 1): this is the SHA-256 of an empty token",
        "{name: ada, role: owner, token-sha256: HASH, expires: soon} | principals[1].expires (p.yaml, line 1): this is no day and no time. Valid: a day such as 2027-01-31",
        "{name: ada, role: owner, token-sha256: HASH, expires: 2027-02-30} | principals[1].expires (p.yaml, line 1): this is no day and no time",
        "{name: ada, name: bob, role: owner, token-sha256: HASH} | principals[1].name (p.yaml, line 1): the key is given twice",
        "ada | principals[1] (p.yaml, line 1): this is no principal",
        "{name: ada, role: owner, token-sha256: HASH},~{name: ada, role: owner, token-sha256: OTHER} | principals[2].name (p.yaml, line 2): another principal has the same name (p.yaml, line 1)",
        "{name: ada, role: owner, token-sha256: HASH},~{name: bob, role: owner, token-sha256: HASH} | principals[2].token-sha256 (p.yaml, line 2): another principal has the same token (p.yaml, line 1)",
        "`` | principals (p.yaml, line 1): the file is no list of principals",
      })
  void principalsFile_thatIsWrong_isToldWithLineAndWithoutTheSecret(String list, String problem)
      throws IOException {
    String empty = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
    String yaml =
        "principals: ["
            + list.replace("HASH", HASH).replace("OTHER", "b".repeat(64)).replace("EMPTY", empty)
            + "]";
    assertThat(problems("principals", yaml))
        .anySatisfy(text -> assertThat(text).startsWith(problem).contains(". Valid: "))
        .noneSatisfy(text -> assertThat(text).containsAnyOf("aaaaaaaa", "e3b0c442"));
  }

  @Test
  void principalsFile_withAnotherKey_isRefused() throws IOException {
    String yaml = "principals: [{name: a, role: owner, token-sha256: " + HASH + "}]~admins: []";
    assertThat(problems("principals", yaml))
        .singleElement()
        .satisfies(text -> assertThat(text).contains("the file is no list of principals"));
  }

  private List<String> problems(String key, String yaml) throws IOException {
    write(yaml.replace('~', '\n'));
    return load(key);
  }

  private List<String> load(String key) {
    String file = folder.resolve("p.yaml").toString();
    return catchThrowableOfType(
            SettingsException.class, () -> Settings.load(Map.of("spark.sallyport." + key, file)))
        .problems();
  }

  private String write(String yaml) throws IOException {
    return Files.writeString(folder.resolve("p.yaml"), yaml).toString();
  }
}
