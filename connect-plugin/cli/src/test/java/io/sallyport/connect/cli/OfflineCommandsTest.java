package io.sallyport.connect.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.sallyport.policy.audit.AuditRecord;
import io.sallyport.policy.audit.FileAuditLog;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Checking policies and the record, without a server. */
final class OfflineCommandsTest {

  @TempDir Path directory;

  @Test
  void policyCheck_saysTheTermsInPlainWords() throws IOException {
    Ran ran = Ran.offline("policy", "check", policies("aggregation(10, functions = [count, sum])"));
    assertThat(ran.code()).isZero();
    assertThat(ran.out())
        .contains(
            "OK  ",
            "version ",
            "stays\n",
            "owner                   marta",
            "one person is           one value of patient_id",
            "leaves by itself when   each row of the answer rests on at least 10 people, by count,"
                + " sum only",
            "else                    owners are asked when ada asks",
            "rows on too few people  are left out, the others are shown",
            "never shown             name",
            "no two rows agree in    day, patient_id",
            "missing tells nothing   in any column but lab",
            "  reference.wards");
  }

  @ParameterizedTest
  @ValueSource(strings = {"aggregation(1)", "aggregation(10", "nonsense", "aggregation(10, k = 3)"})
  void policyCheck_namesFileLineKeyAndWhatIsValid(String rule) throws IOException {
    Ran ran = Ran.offline("policy", "check", policies(rule));
    assertThat(ran.code()).isOne();
    assertThat(ran.out())
        .contains("1 problem in ", "(policies.yaml, line 8)", ".automatic ", "Valid:");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "people.csv|privacy-unit: id|OK  ",
        "peeple.csv|privacy-unit: id|path: there is no file or folder peeple.csv",
        "people.csv|privacy-unit: person|privacy-unit: the data have no column 'person'. Valid: id, Name, code",
        "people.csv|privacy-unit: id, blacklist: [nam]|blacklist: the data have no column 'nam'",
        "people.csv|privacy-unit: ID, identifiers: [CODE]|OK  ",
        "people.csv|privacy-unit: id, column: {coode: {lower: 0, upper: 1}}|column.coode: the data have no column 'coode'",
        "people.csv|privacy-unit: id, unique: [cod]|unique: the data have no column 'cod'",
      })
  void policyCheck_looksAtTheData_whereItCan(String path, String keys, String says)
      throws IOException {
    Files.writeString(directory.resolve("people.csv"), "id,\"Name\",code\n1,a,b\n");
    Path file =
        Files.writeString(
            directory.resolve("p.yaml"),
            "frame: {s: {path: %s, format: csv, options: {header: true}, %s}}"
                .formatted(path, keys));
    Ran ran = Ran.offline("policy", "check", file.toString());
    assertThat(ran.out()).contains(says);
    assertThat(ran.code()).isEqualTo(says.startsWith("OK") ? 0 : 1);
    assertThat(Ran.offline("policy", "check", "--without-data", file.toString()).code()).isZero();
  }

  /** The footer as parquet-format describes it: a struct, a list of structs, names. */
  @ParameterizedTest
  @CsvSource({"patient, OK", "person, the data have no column 'person'. Valid: id; patient"})
  void policyCheck_readsTheColumnsOfParquet(String unit, String says) throws IOException {
    ByteArrayOutputStream footer = new ByteArrayOutputStream();
    footer.write(new byte[] {0x15, 2, 0x19, 0x4c}); // version 1; a list of 4 structs
    element(footer, "schema", 2);
    element(footer, "id", 0);
    element(footer, "patient", 1);
    element(footer, "within", 0);
    footer.write(0);
    Files.createDirectory(directory.resolve("data"));
    ByteBuffer file =
        ByteBuffer.allocate(footer.size() + 12)
            .order(ByteOrder.LITTLE_ENDIAN)
            .put("PAR1".getBytes(StandardCharsets.US_ASCII))
            .put(footer.toByteArray())
            .putInt(footer.size())
            .put("PAR1".getBytes(StandardCharsets.US_ASCII));
    Files.write(directory.resolve("data/part-0.parquet"), file.array());
    Path policies =
        Files.writeString(
            directory.resolve("p.yaml"),
            "frame: {s: {path: data, format: parquet, privacy-unit: %s}}".formatted(unit));
    assertThat(Ran.offline("policy", "check", policies.toString()).out())
        .contains(says.replace(';', ','))
        .doesNotContain("Looked at by the server only");
  }

  private static void element(ByteArrayOutputStream footer, String name, int children) {
    footer.write(0x48); // field 4, binary
    footer.write(name.length());
    footer.writeBytes(name.getBytes(StandardCharsets.US_ASCII));
    if (children > 0) {
      footer.write(0x15); // field 5, i32
      footer.write(2 * children);
    }
    footer.write(0);
  }

  @Test
  void policyCheck_saysBudgetsBoundsSpaces_whatToThinkAbout_andWhatItCouldNotSee()
      throws IOException {
    Path file =
        Files.writeString(
            directory.resolve("p.yaml"),
            """
            frame:
              stays: {table: t, privacy-unit: id, automatic: aggregation(10)}
              all: {table: u, privacy-unit: id, automatic: true}
              study:
                table: t
                privacy-unit: id
                automatic: dp(epsilon = 1)
                column: {days: {lower: 0, upper: 60}, ward: {values: [a, b]}}
            budget:
              id: {epsilon: 2, delta: 0.000001, principal-epsilon: 1, window-days: 30}
            """);
    Ran ran = Ran.offline("policy", "check", file.toString());
    assertThat(ran.code()).isZero();
    assertThat(ran.out())
        .contains(
            "counted together as     id",
            "public of days          counts as at least 0 and at most 60",
            "public of ward          has the values 'a', 'b'",
            "charged to              the budget of id",
            "Budget of id\n",
            "all questions together  epsilon 2, delta 0.000001 within 30 days",
            "each analyst's questions",
            "To think about",
            "frame all: automatic lets everything out",
            "frame study answers with noise",
            "Looked at by the server only, when it starts",
            "stays: the table t");
  }

  @Test
  void policyCheck_tellsEveryProblem() throws IOException {
    Path file =
        Files.writeString(
            directory.resolve("bad.yaml"), "frame:\n  stays:\n    tabel: x\n    ownr: y\nfoo: 1\n");
    Ran ran = Ran.offline("policy", "check", file.toString());
    assertThat(ran.code()).isOne();
    assertThat(ran.out()).contains("tabel", "ownr", "foo");
  }

  @Test
  void policyCheck_ofAMissingFile_isAProblem() {
    Ran ran = Ran.offline("policy", "check", directory.resolve("none.yaml").toString());
    assertThat(ran.code()).isOne();
    assertThat(ran.out()).contains("none.yaml");
  }

  @Test
  void auditVerify_ofAWholeRecord_isOk() {
    record("ada", "ben", "ada");
    Ran ran = Ran.offline("audit", "verify", directory.toString());
    assertThat(ran.code()).isZero();
    assertThat(ran.out()).startsWith("OK");
    assertThat(Ran.offline("audit", "verify", directory.resolve("audit").toString()).code())
        .isZero();
  }

  @Test
  void auditVerify_namesAChangedLine() throws IOException {
    record("ada", "ben", "ada");
    List<String> lines = new ArrayList<>(Files.readAllLines(log()));
    lines.set(1, lines.get(1).replace("ben", "eve"));
    assertBroken(lines, "line 2 ");
  }

  @Test
  void auditVerify_namesARemovedLine() throws IOException {
    record("ada", "ben", "ada");
    List<String> lines = new ArrayList<>(Files.readAllLines(log()));
    lines.remove(1);
    assertBroken(lines, "line 2 ");
  }

  @Test
  void auditVerify_namesAMissingEnd() throws IOException {
    record("ada", "ben", "ada");
    assertBroken(Files.readAllLines(log()).subList(0, 2), "line 3 is missing");
  }

  @Test
  void auditVerify_namesReorderedLines() throws IOException {
    record("ada", "ben", "ada");
    List<String> lines = new ArrayList<>(Files.readAllLines(log()));
    Collections.swap(lines, 0, 1);
    assertBroken(lines, "line 1 ");
  }

  /** Whoever can write the whole folder makes a new record to fit; a saved head tells. */
  @Test
  void auditVerify_withASavedHead_findsARecordThatWasMadeAnew() throws IOException {
    record("ada", "ben");
    Path saved = Files.copy(log().resolveSibling("audit.head"), directory.resolve("saved"));
    String store = directory.toString();
    record("ada");
    assertThat(Ran.offline("audit", "verify", store, "--head", saved.toString()).code()).isZero();

    Files.delete(log());
    Files.delete(log().resolveSibling("audit.head"));
    record("ada", "eve", "ada");
    assertThat(Ran.offline("audit", "verify", store).code()).isZero();
    Ran ran = Ran.offline("audit", "verify", store, "--head", saved.toString());
    assertThat(ran.code()).isOne();
    assertThat(ran.out()).startsWith("BROKEN").contains("line 2 ", "the saved head");

    Files.delete(log());
    Files.delete(log().resolveSibling("audit.head"));
    record("ada");
    assertThat(Ran.offline("audit", "verify", store, "--head", saved.toString()).out())
        .contains("is missing: the saved head names record 2");
    Ran none = Ran.offline("audit", "verify", store, "--head", store + "/none");
    assertThat(none.code()).isOne();
    assertThat(none.err()).contains("is no copy of an audit.head");
  }

  @Test
  void auditVerify_withoutARecord_isAProblem() {
    Ran ran = Ran.offline("audit", "verify", directory.toString());
    assertThat(ran.code()).isOne();
    assertThat(ran.err()).contains("There is no record");
  }

  @Test
  void auditExport_writesTheLinesThatAreWanted_asTheyStand() throws IOException {
    record("ada", "ben", "ada");
    List<String> lines = Files.readAllLines(log());
    String store = directory.toString();
    assertThat(Ran.offline("audit", "export", store).out().lines())
        .containsExactlyElementsOf(lines);
    assertThat(Ran.offline("audit", "export", store, "--principal", "ben").out().lines())
        .containsExactly(lines.get(1));
    assertThat(Ran.offline("audit", "export", store, "--since", "2026-11-02").out().lines())
        .containsExactly(lines.get(1), lines.get(2));
    assertThat(
            Ran.offline("audit", "export", store, "--until", "2026-11-02T00:00:00Z").out().lines())
        .containsExactly(lines.get(0));
  }

  @Test
  void auditExport_ofABrokenRecord_writesNothing() throws IOException {
    record("ada", "ben");
    Files.write(log(), List.of(Files.readAllLines(log()).get(1)));
    Ran ran = Ran.offline("audit", "export", directory.toString());
    assertThat(ran.code()).isOne();
    assertThat(ran.out()).isEmpty();
    assertThat(ran.err()).contains("The record is broken: line 1");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "policy",
        "audit",
        "policy check",
        "audit verify",
        "audit export D --since=yesterday"
      })
  void wrongUsage_is2(String line) {
    Ran ran = Ran.offline(line.isEmpty() ? new String[0] : line.split(" "));
    assertThat(ran.code()).isEqualTo(2);
    assertThat(ran.err()).contains("sallyport");
  }

  @Test
  void help_isThere() {
    Ran ran = Ran.offline("--help");
    assertThat(ran.code()).isZero();
    assertThat(ran.out()).contains("requests", "show", "approve", "reject", "return", "withdraw");
    assertThat(Ran.offline("show", "--help").out())
        .contains("--token-file")
        .doesNotContain("--token=");
  }

  private void assertBroken(List<String> lines, String expected) throws IOException {
    Files.write(log(), lines);
    Ran ran = Ran.offline("audit", "verify", directory.toString());
    assertThat(ran.code()).isOne();
    assertThat(ran.out()).startsWith("BROKEN").contains(expected);
  }

  private Path log() {
    return directory.resolve("audit/audit.jsonl");
  }

  private void record(String... principals) {
    try (FileAuditLog log = FileAuditLog.open(directory.resolve("audit"))) {
      for (int i = 0; i < principals.length; i++) {
        log.append(
            new AuditRecord(
                Instant.parse("2026-11-0" + (i + 1) + "T12:00:00Z"),
                principals[i],
                "session",
                "operation",
                "question",
                "hash",
                "version",
                List.of("stays"),
                "REFUSED",
                Optional.of("RAW_OUTPUT"),
                List.of(),
                Optional.empty(),
                OptionalLong.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty()));
      }
    }
  }

  private String policies(String automatic) throws IOException {
    Files.writeString(
        directory.resolve("principals.yaml"),
        """
        principals:
          - {name: marta, role: owner, token-sha256: '%064x'}
          - {name: ada, role: analyst, token-sha256: '%064x'}
        """
            .formatted(1, 2));
    return Files.writeString(
            directory.resolve("policies.yaml"),
            """
            principals: principals.yaml
            public: [reference.wards]
            frame:
              stays:
                table: raw_stays
                owner: marta
                privacy-unit: patient_id
                automatic: %s
                approval: user("ada")
                on-small-group: suppress
                blacklist: [name]
                unique: [Patient_Id, day]
                missing: public
                column: {lab: {missing: private}}
            """
                .formatted(automatic))
        .toString();
  }
}
