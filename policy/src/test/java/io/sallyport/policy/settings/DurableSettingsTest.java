package io.sallyport.policy.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.sallyport.policy.frame.Frame;
import io.sallyport.policy.request.ApprovalTerms;
import io.sallyport.policy.store.StoreTerms;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The settings of all that outlives a query, and of who decides. */
final class DurableSettingsTest {
  private static final String P = "spark.sallyport.";

  @TempDir Path folder;
  private final Map<String, String> conf = new HashMap<>();

  @BeforeEach
  void people() throws IOException {
    String people =
        """
        principals:
          - {name: olga, role: owner, token-sha256: %s}
          - {name: rita, role: analyst, token-sha256: %s}
        """
            .formatted("a".repeat(64), "b".repeat(64));
    set("principals", write("principals.yaml", people));
    set("store", "/srv/store");
    set("frame.stays.table", "stays");
    set("frame.stays.privacy-unit", "row");
  }

  @Test
  void durable_withoutSettings_isInTheStoresDirectory() {
    Durable durable = Settings.load(conf).durable();
    assertThat(durable)
        .isEqualTo(
            new Durable(
                new StoreTerms(
                    "jdbc:h2:file:/srv/store/sallyport", Optional.empty(), Optional.empty()),
                "file:///srv/store/artifacts",
                Path.of("/srv/store/artifacts.key"),
                new ApprovalTerms(Duration.ofDays(7), Duration.ofDays(30), 20, 1000, 268435456L),
                Optional.empty(),
                Duration.ofSeconds(10)));
  }

  @Test
  void durable_withEverySetting_isReadWhole_andPrintsNoSecret() throws IOException {
    String key = write("k", "0".repeat(64));
    set("store.url", "jdbc:postgresql://db/sallyport");
    set("store.user", "gate");
    set("store.password-file", write("password", "hunter2\n"));
    set("artifacts.path", "s3a://bucket/results");
    set("artifacts.key-file", key);
    set("artifacts.expires-days", "365");
    set("approval.expires-days", "90");
    set("approval.webhook", "https://chat.example/hook/swordfish");
    set("reload-seconds", "0");
    set("limit.requests-per-principal", "1");
    set("limit.artifacts-per-principal", "2");
    set("limit.artifact-bytes-per-principal", "1099511627776");
    Settings settings = Settings.load(conf);
    assertThat(settings.durable())
        .isEqualTo(
            new Durable(
                new StoreTerms(
                    "jdbc:postgresql://db/sallyport", Optional.of("gate"), Optional.of("hunter2")),
                "s3a://bucket/results",
                Path.of(key),
                new ApprovalTerms(Duration.ofDays(90), Duration.ofDays(365), 1, 2, 1L << 40),
                Optional.of(URI.create("https://chat.example/hook/swordfish")),
                Duration.ZERO));
    assertThat(settings.toString()).doesNotContain("hunter2").doesNotContain("swordfish");
  }

  @Test
  void paths_inAYamlFile_areRelativeToItsFolder_butAUriIsNot() throws IOException {
    conf.remove(P + "store");
    write("k", "0".repeat(64));
    write("password", "p");
    String yaml = "artifacts: {path: %s, key-file: k}\nstore.password-file: password\n";
    set("policies", write("p.yaml", yaml.formatted("results")));
    Durable durable = Settings.load(conf).durable();
    assertThat(durable.artifactsPath()).isEqualTo("file://" + folder.resolve("results"));
    assertThat(durable.artifactsKeyFile()).isEqualTo(folder.resolve("k"));
    assertThat(durable.store().password()).contains("p");
    write("p.yaml", yaml.formatted("hdfs://nn/results"));
    assertThat(Settings.load(conf).durable().artifactsPath()).isEqualTo("hdfs://nn/results");
  }

  @Test
  void frame_withReviewers_isDecidedByThemAndItsOwner() throws IOException {
    set("frame.stays.owner", "olga");
    set("policies", write("p.yaml", "frame.stays.reviewers: [rita]"));
    set("frame.stays.votes-needed", "2");
    set("frame.stays.savable", "false");
    Frame frame = Settings.load(conf).policies().frames().get(0);
    assertThat(frame.deciders()).containsExactly("olga", "rita");
    assertThat(frame.votesNeeded()).isEqualTo(2);
    assertThat(frame.savable()).isFalse();
  }

  @Test
  void frame_thatSaysNothing_needsOneVoteOfAnyOwner() {
    Frame frame = Settings.load(conf).policies().frames().get(0);
    assertThat(frame.deciders()).isEmpty();
    assertThat(frame.votesNeeded()).isEqualTo(1);
    assertThat(frame.savable()).isTrue();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "store.url | jdbc:mysql://h/d | this is no URL of a database that can be the store",
        "store.url | jdbc:h2:mem:x | this is no URL of a database that can be the store",
        "store.url | jdbc:postgresql://h/d?user=a&PassWord=hunter2 | a password stands in the URL",
        "store.password-file | /nowhere/p | there is no readable file /nowhere/p",
        "artifacts.key-file | /nowhere/k | there is no readable file /nowhere/k",
        "artifacts.expires-days | 0 | a whole number from 1 to 365",
        "artifacts.expires-days | 366 | a whole number from 1 to 365",
        "approval.expires-days | 91 | a whole number from 1 to 90",
        "approval.expires-days | -1 | a whole number from 1 to 90",
        "reload-seconds | 3601 | a whole number from 0 to 3600",
        "reload-seconds | 1s | a whole number from 0 to 3600",
        "approval.webhook | ftp://chat/hunter2 | this is no URL of a webhook",
        "approval.webhook | https:///hunter2 | this is no URL of a webhook",
        "approval.webhook | https://a:hunter2@chat/ | this is no URL of a webhook",
        "approval.webhook | http://chat/a b hunter2 | this is no URL of a webhook",
        "approval.web-hook | x | there is no such key, did you mean 'approval.webhook'",
        "store.password | hunter2 | there is no such key, did you mean 'store.password-file'",
        "frame.stays.reviewers | bob | there is no principal 'bob'",
        "frame.stays.reviewers | r b | 'r b' is no name of a principal",
        "frame.stays.reviewer | rita | there is no key 'reviewer', did you mean 'reviewers'",
        "frame.stays.votes-needed | 3 | a whole number from 1 to 2",
        "frame.stays.votes-needed | 0 | a whole number from 1 to 2",
        "frame.stays.votes-needed | 2 | there are fewer deciders than votes needed",
        "frame.stays.savable | yes | this is neither true nor false",
        "limit.artifact-bytes-per-principal | 1099511627777 | a whole number from 1 to",
      })
  void key_thatIsWrong_isToldWithoutItsSecret(String key, String value, String problem) {
    set(key, value);
    SettingsException error =
        catchThrowableOfType(SettingsException.class, () -> Settings.load(conf));
    assertThat(error.problems())
        .singleElement()
        .satisfies(
            text ->
                assertThat(text)
                    .startsWith(P + key + " (Spark conf): ")
                    .contains(problem)
                    .contains(". Valid: ")
                    .doesNotContain("hunter2"));
  }

  @ParameterizedTest
  @CsvSource({"olga, olga", "rita, rita"})
  void votes_ofOnePersonTwice_areNotEnough(String owner, String reviewer) {
    if (owner.equals("olga")) {
      set("frame.stays.owner", owner);
    }
    set("frame.stays.reviewers", reviewer);
    set("frame.stays.votes-needed", "2");
    SettingsException error =
        catchThrowableOfType(SettingsException.class, () -> Settings.load(conf));
    assertThat(error.problems())
        .singleElement()
        .satisfies(text -> assertThat(text).contains("fewer deciders than votes needed"));
  }

  @ParameterizedTest
  @CsvSource({"''", "'\n'", "'one\ntwo'"})
  void passwordFile_withoutOneLine_isRefused(String content) throws IOException {
    set("store.password-file", write("password", content));
    SettingsException error =
        catchThrowableOfType(SettingsException.class, () -> Settings.load(conf));
    assertThat(error.problems())
        .singleElement()
        .satisfies(text -> assertThat(text).contains("the file holds no password"));
  }

  private void set(String key, String value) {
    conf.put(P + key, value);
  }

  private String write(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text).toString();
  }
}
