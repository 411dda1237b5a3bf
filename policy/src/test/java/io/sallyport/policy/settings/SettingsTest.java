package io.sallyport.policy.settings;

import static org.assertj.core.api.Assertions.assertThat;

import io.sallyport.policy.frame.Frame;
import io.sallyport.policy.frame.FrameName;
import io.sallyport.policy.frame.FrameSource;
import io.sallyport.policy.frame.Policy;
import io.sallyport.policy.frame.PrivacyUnit;
import io.sallyport.policy.frame.PublicFacts;
import io.sallyport.policy.frame.SmallGroups;
import io.sallyport.policy.principal.Principal;
import io.sallyport.policy.principal.Role;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SettingsTest {
  private static final String PRINCIPALS =
      """
      principals:
        - {name: ada, role: analyst, token-sha256: %s}
        - name: olga
          role: owner
          token-sha256: %S
      """
          .formatted("a".repeat(64), "b".repeat(64));

  @TempDir Path folder;

  @Test
  void settings_ofAnEmptyConf_areTheDefaults() {
    Settings settings = Settings.load(Map.of("spark.app.name", "x"));
    assertThat(settings.policies().frames()).isEmpty();
    assertThat(settings.principals().all()).isEmpty();
    assertThat(settings.tls()).isEmpty();
    assertThat(settings.store()).isEqualTo(Path.of("sallyport-store"));
    assertThat(settings.limits())
        .isEqualTo(
            new Limits(
                8, 200, 4, 32, 10, 256, 1000, 1048576, 100, 5000, 65536, 4096, 10000, 1048576,
                100000, 33554432L, 1000000, 600, 3600, 1, 2, 8, 60, 60));
  }

  @Test
  void frame_withOnlyATableAndAUnit_hasTheDefaultPolicy() {
    Settings settings =
        Settings.load(
            Map.of(
                "spark.sallyport.frame.Stays.table", "clinic.stays",
                "spark.sallyport.frame.stays.privacy-unit", "row"));
    assertThat(settings.policies().frames())
        .containsExactly(
            new Frame(
                FrameName.of("stays"),
                new FrameSource.Table("clinic.stays"),
                Optional.empty(),
                new PrivacyUnit.Row(),
                Policy.defaults(),
                Set.of(),
                Set.of(),
                Set.of(),
                1,
                true));
  }

  @Test
  void frame_withEverythingInTheConf_isReadWhole() throws IOException {
    Map<String, String> conf = new HashMap<>();
    everything().forEach((key, value) -> conf.put("spark.sallyport.frame.hospital." + key, value));
    conf.put("spark.sallyport.principals", write("principals.yaml", PRINCIPALS));
    Settings settings = Settings.load(conf);
    Frame frame = settings.policies().frame(FrameName.of("hospital.stays")).orElseThrow();
    assertThat(frame.source())
        .isEqualTo(
            new FrameSource.Files("data/stays.csv", "csv", Map.of("header", "true", "sep", "\t")));
    assertThat(frame.owner()).contains("olga");
    assertThat(frame.unit()).isEqualTo(new PrivacyUnit.Column("PatientId"));
    assertThat(frame.policy().automatic().text()).isEqualTo("any(user(\"ada\"), aggregation(20))");
    assertThat(frame.policy().approval().text()).isEqualTo("false");
    assertThat(frame.policy().onSmallGroup()).isEqualTo(SmallGroups.SUPPRESS);
    assertThat(frame.blacklist()).containsExactly("name", "street");
    assertThat(settings.principals().all())
        .containsExactly(new Principal("ada", Role.ANALYST), new Principal("olga", Role.OWNER));
  }

  @Test
  void facts_ofKeysAndMissingValues_areReadFromConfAndYaml() throws IOException {
    String yaml =
        """
        frame.stays:
          table: stays
          privacy-unit: id
          unique: [Id, day]
          missing: public
          column: {Lab: {missing: private}, age: {lower: 0, upper: 120, missing: public}}
        """;
    String p = "spark.sallyport.frame.stays.";
    Map<String, String> conf =
        Map.of(
            p + "table", "stays",
            p + "privacy-unit", "id",
            p + "unique", "day, ID",
            p + "missing", "public",
            p + "column.LAB.missing", "private",
            p + "column.age.lower", "0",
            p + "column.age.upper", "120");
    PublicFacts ofYaml = facts("spark.sallyport.policies", write("facts.yaml", yaml));
    PublicFacts ofConf =
        Settings.load(conf).policies().frame(FrameName.of("stays")).orElseThrow().facts();
    for (PublicFacts facts : List.of(ofYaml, ofConf)) {
      assertThat(facts.unique()).containsExactly("day", "id");
      assertThat(facts.uniqueUnit()).isFalse();
      assertThat(facts.isMissingPublic("LAB")).isFalse();
      assertThat(facts.isMissingPublic("Age")).isTrue();
      assertThat(facts.isMissingPublic("other")).isTrue();
      assertThat(facts.columns()).containsOnlyKeys("age");
    }
  }

  @Test
  void facts_thatAreNotDeclared_areTheStrictOnes_andAColumnAloneCanBeFreed() throws IOException {
    String yaml =
        "frame.s: {table: s, privacy-unit: row, unique: id, column: {Lab: {missing: public}}}";
    PublicFacts facts = facts("spark.sallyport.policies", write("one.yaml", yaml));
    assertThat(facts.unique()).containsExactly("id");
    assertThat(facts.isMissingPublic("lab")).isTrue();
    assertThat(facts.isMissingPublic("age")).isFalse();
    PublicFacts none =
        PublicFacts.undeclared(FrameName.of("s"), new PrivacyUnit.Column("patient_id"));
    assertThat(none.unique()).isEmpty();
    assertThat(none.isMissingPublic("lab")).isFalse();
  }

  private static PublicFacts facts(String key, String value) {
    return Settings.load(Map.of(key, value)).policies().frames().get(0).facts();
  }

  @Test
  void yaml_inAnyOfItsForms_saysTheSameAsTheConf() throws IOException {
    String nested =
        """
        public: [zips]
        frame:
          hospital.stays: {path: s.parquet, format: parquet, privacy-unit: id, blacklist: [name, zip]}
          visits:
            table: visits
            privacy-unit: row
            automatic: all(aggregation(10), true)
        """;
    String dotted =
        """
        frame.hospital:
          stays.path: s.parquet
          stays.format: parquet
          stays.privacy-unit: id
          stays.blacklist: name, zip
        frame.visits.table: visits
        frame.visits.privacy-unit: "row"
        frame.visits.automatic: >
          all(aggregation(10), true)
        public: zips
        """;
    Settings first = Settings.load(Map.of("spark.sallyport.policies", write("a.yaml", nested)));
    Settings second = Settings.load(Map.of("spark.sallyport.policies", write("b.yaml", dotted)));
    assertThat(first.policies()).isEqualTo(second.policies());
    assertThat(first.policies().frames()).hasSize(2);
    assertThat(first.policies().isPublic(FrameName.of("zips"))).isTrue();
  }

  @Test
  void paths_inAYamlFile_areRelativeToItsFolder_butAFramesPathIsSparks() throws IOException {
    write("principals.yaml", PRINCIPALS);
    write("cert.pem", "x");
    write("key.pem", "x");
    String yaml =
        """
        principals: principals.yaml
        tls: {certificate: cert.pem, key: key.pem}
        store: state
        frame.stays: {path: data/stays, format: parquet, privacy-unit: row}
        """;
    Settings settings =
        Settings.load(Map.of("spark.sallyport.policies", write("policies.yaml", yaml)));
    assertThat(settings.tls())
        .contains(new Tls(folder.resolve("cert.pem"), folder.resolve("key.pem")));
    assertThat(settings.store()).isEqualTo(folder.resolve("state"));
    assertThat(settings.principals().all()).hasSize(2);
    assertThat(settings.policies().frames().get(0).source())
        .isEqualTo(new FrameSource.Files("data/stays", "parquet", Map.of()));
  }

  @Test
  void option_inYaml_mayBeBlankAndKeepsItsBlanks() throws IOException {
    String yaml =
        "frame.s: {path: s, format: csv, privacy-unit: row, options: {nullValue: '', sep: ' '}}";
    Settings settings = Settings.load(Map.of("spark.sallyport.policies", write("p.yaml", yaml)));
    assertThat(settings.policies().frames().get(0).source())
        .isEqualTo(new FrameSource.Files("s", "csv", Map.of("nullValue", "", "sep", " ")));
  }

  @Test
  void limits_thatAreGiven_replaceTheDefaultsOfTheirOwnKeysOnly() {
    Settings usual = Settings.load(Map.of());
    for (Limit limit : Limit.values()) {
      Settings given = Settings.load(Map.of("spark.sallyport.limit." + limit.key(), "7"));
      assertThat(given.limits()).isEqualTo(Limits.of(Map.of(limit, 7L)));
      assertThat(!given.limits().equals(usual.limits()))
          .isNotEqualTo(!given.durable().equals(usual.durable()));
    }
  }

  private static Map<String, String> everything() {
    return Map.of(
        "stays.path", "data/stays.csv",
        "stays.format", "csv",
        "stays.options.header", "true",
        "stays.options.sep", "\t",
        "stays.owner", "olga",
        "stays.privacy-unit", "PatientId",
        "stays.automatic", "any(user(\"ada\"), aggregation(20))",
        "stays.approval", "false",
        "stays.on-small-group", "suppress",
        "stays.blacklist", "Name, Street");
  }

  private String write(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text).toString();
  }
}
