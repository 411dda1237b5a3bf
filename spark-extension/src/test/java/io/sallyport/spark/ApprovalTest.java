package io.sallyport.spark;

import static io.sallyport.spark.Port.ADA;
import static io.sallyport.spark.Port.LEE;
import static io.sallyport.spark.Port.OLGA;
import static io.sallyport.spark.Port.OTTO;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.sallyport.policy.audit.AuditRecord;
import io.sallyport.policy.decision.RefusalCode;
import io.sallyport.policy.principal.Principal;
import io.sallyport.policy.request.RequestState;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.UnsafeRow;
import org.apache.spark.sql.classic.Dataset;
import org.apache.spark.sql.types.StructField;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Questions that only owners can let through, from asking to rows, by SQL alone. */
final class ApprovalTest {

  private static final Pattern REQUEST = Pattern.compile("request (r-[a-z0-9]{16})");

  @TempDir static Path directory;
  private static Port port;

  @BeforeAll
  static void open() {
    port = Port.open(directory, Map.of("spark.sallyport.limit.result-rows", "150"));
  }

  @AfterAll
  static void close() {
    port.close();
  }

  @Test
  void rows_areServedOnceApproved_withTheirBlacklistedColumnsWiped() {
    String query = "SELECT name, age FROM asked.patients WHERE age < 22 ORDER BY age";
    String request = pending(ADA, query);
    assertThat(pending(ADA, query)).as("the same question has one request").isEqualTo(request);

    port.call(OLGA, "CALL sallyport.approve('" + request + "', 'for the study')");

    List<Row> rows = port.as(ADA, query);
    assertThat(rows).hasSize(8);
    assertThat(rows).allSatisfy(row -> assertThat(row.getString(0)).isEqualTo("*"));
    assertThat(rows).extracting(row -> row.getInt(1)).containsOnly(20, 21);
    AuditRecord released = last();
    assertThat(released.verdict()).isEqualTo("RELEASED");
    assertThat(released.request()).contains(request);
    assertThat(released.decision()).contains("approved by olga for asked.patients");
  }

  @Test
  void approval_isForOnePrincipal() {
    String query = "SELECT age FROM asked.patients WHERE age = 23";
    String request = pending(ADA, query);
    port.call(OLGA, "CALL sallyport.approve('" + request + "')");
    assertThat(pending(LEE, query)).isNotEqualTo(request);
    assertThat(port.as(ADA, query)).hasSize(4);
  }

  @Test
  void approval_isForOnePlan() {
    String query = "SELECT age FROM asked.patients WHERE age = 24";
    port.call(OLGA, "CALL sallyport.approve('" + pending(ADA, query) + "')");
    for (String other :
        List.of(
            "SELECT age FROM asked.patients WHERE age = 25",
            "SELECT age, cost FROM asked.patients WHERE age = 24",
            "SELECT age AS years FROM asked.patients WHERE age = 24",
            "SELECT p.age FROM asked.patients p JOIN (VALUES (24), (26)) v(a) ON p.age = v.a",
            "SELECT p.age FROM asked.patients p JOIN (VALUES (24), (27)) v(a) ON p.age = v.a")) {
      pending(ADA, other);
    }
  }

  @Test
  void rejection_isToldWithItsReason_andNothingIsDelivered() {
    String query = "SELECT cost FROM asked.patients WHERE age = 30";
    String request = pending(ADA, query);
    port.call(OLGA, "CALL sallyport.reject('" + request + "', 'ask for ''whole'' wards')");
    assertThat(refused(ADA, query).refusal().text())
        .startsWith("[SALLYPORT.APPROVAL_REJECTED] The owner rejected request " + request)
        .contains("ask for 'whole' wards");
  }

  @Test
  void returned_waitsForAnAnswer() {
    String query = "SELECT cost FROM asked.patients WHERE age = 31";
    String request = pending(ADA, query);
    port.call(OLGA, "CALL sallyport.return_request('" + request + "', 'which study?')");
    assertThat(refused(ADA, query).refusal().text())
        .startsWith("[SALLYPORT.APPROVAL_RETURNED]")
        .contains("which study?");
    port.call(ADA, "CALL sallyport.justify('" + request + "', 'study 7')");
    assertThat(pending(ADA, query)).isEqualTo(request);
    port.call(OLGA, "CALL sallyport.approve('" + request + "')");
    assertThat(port.as(ADA, query)).hasSize(4);
  }

  @Test
  void withdrawn_canBeAskedAnew() {
    String query = "SELECT cost FROM asked.patients WHERE age = 32";
    String request = pending(ADA, query);
    port.call(ADA, "CALL sallyport.withdraw('" + request + "')");
    refusedCall(OLGA, "CALL sallyport.approve('" + request + "')", RefusalCode.PARAM_INVALID);
    assertThat(pending(ADA, query)).isNotEqualTo(request);
  }

  @Test
  void smallGroups_areAskedFor_andThenShownAsTheyAre() {
    String query = "SELECT ward, count(*) AS n FROM asked.patients GROUP BY ward ORDER BY ward";
    String request = pending(ADA, query);
    port.call(OLGA, "CALL sallyport.approve('" + request + "')");
    assertThat(port.as(ADA, query).toString())
        .isEqualTo(
            port.plain("SELECT ward, count(*) AS n FROM raw_patients GROUP BY ward ORDER BY ward")
                .toString());
  }

  @Test
  void allOwnersOfJoinedFrames_mustAgree() {
    String query =
        "SELECT p.age, s.days FROM asked.patients p JOIN asked.stays s"
            + " ON p.patient_id = s.patient_id WHERE p.age = 33";
    String request = pending(ADA, query);
    assertThat(port.call(OLGA, "CALL sallyport.approve('" + request + "')").state())
        .isEqualTo(RequestState.PENDING);
    assertThat(pending(ADA, query)).isEqualTo(request);
    assertThat(port.call(OTTO, "CALL sallyport.approve('" + request + "')").state())
        .isEqualTo(RequestState.APPROVED);
    assertThat(port.as(ADA, query)).isNotEmpty();
  }

  @Test
  void aFrameThatWouldHaveSuppressed_isAskedTogetherWithTheOther() {
    String query =
        "SELECT a.n, b.age FROM (SELECT ward, count(*) AS n FROM asked.thinned GROUP BY ward) a"
            + " CROSS JOIN (SELECT age FROM asked.patients WHERE age = 34) b";
    String request = pending(ADA, query);
    port.call(OLGA, "CALL sallyport.approve('" + request + "')");
    assertThat(pending(ADA, query))
        .as("the owner whose groups are not checked has not agreed")
        .isEqualTo(request);
  }

  @Test
  void aFrameWhoseOwnerTakesNoRequests_keepsAJoinedResultIn() {
    assertThat(
            refused(
                    ADA,
                    "SELECT a.n, b.age FROM (SELECT count(*) AS n FROM patients) a"
                        + " CROSS JOIN (SELECT age FROM asked.patients WHERE age = 34) b")
                .refusal()
                .code())
        .isEqualTo(RefusalCode.APPROVAL_REQUIRED);
    assertThat(port.audited().get(port.audited().size() - 1).grounds().toString())
        .doesNotContain("request r-");
  }

  @Test
  void twoReviewers_areTwoPeople() {
    String query = "SELECT age FROM asked.twice WHERE age = 35";
    String request = pending(ADA, query);
    port.call(OLGA, "CALL sallyport.approve('" + request + "')");
    refusedCall(OLGA, "CALL sallyport.approve('" + request + "')", RefusalCode.PARAM_INVALID);
    assertThat(pending(ADA, query)).isEqualTo(request);
    assertThat(port.call(LEE, "CALL sallyport.approve('" + request + "')").state())
        .isEqualTo(RequestState.APPROVED);
  }

  @Test
  void nobodyDecides_onTheirOwnRequest() {
    String query = "SELECT age FROM asked.twice WHERE age = 36";
    String request = pending(OLGA, query);
    refusedCall(OLGA, "CALL sallyport.approve('" + request + "')", RefusalCode.IDENTITY_MISMATCH);
  }

  /** A request that nobody may decide would wait until it expires. */
  @Test
  void whereNobodyElseMayDecide_noneIsFiled_andItIsSaidAtOnce() {
    String all = "SELECT count(*) FROM sallyport.requests";
    long before = port.as(OLGA, all).get(0).getLong(0);
    RefusedException refused = refused(OLGA, "SELECT name FROM asked.patients WHERE age = 36");
    assertThat(refused.refusal().code()).isEqualTo(RefusalCode.IDENTITY_MISMATCH);
    assertThat(refused.refusal().text())
        .contains(
            "nobody but you may give it",
            "RAW_OUTPUT",
            "frame.asked.patients.reviewers names somebody else");
    assertThat(port.as(OLGA, all).get(0).getLong(0)).isEqualTo(before);
  }

  @Test
  void whatSomebodyAlreadyHas_isToldWithFiltersAndKeys_underEveryNameOfTheData() {
    port.as(LEE, "SELECT sex, count(*) AS n FROM patients WHERE age < 40 GROUP BY sex");
    String request = pending(LEE, "SELECT cost FROM asked.patients WHERE age = 39");
    Row row = requests("earlier, votes_missing, rows", request);
    assertThat(row.getString(0))
        .startsWith("1 answers\n")
        .contains("frame patients", "age is less than 40", "For each sex", "(2 rows)");
    assertThat(row.getString(1)).isEqualTo("1 vote for asked.patients, of olga");
    assertThat(row.getString(2)).isEqualTo("4");
  }

  @Test
  void aResultThatIsTooLarge_isNotShownAsNoRows() {
    String request = pending(ADA, "SELECT cost, age FROM asked.patients WHERE age >= 0");
    Row row = requests("rows", request);
    assertThat(row.getString(0)).isEqualTo("more than a result may have");
    RefusedException refused =
        refused(OLGA, "SELECT * FROM sallyport.preview.`" + request + "` LIMIT 21");
    assertThat(refused.refusal().code()).isEqualTo(RefusalCode.LIMIT_EXCEEDED);
    assertThat(refused.refusal().text()).contains("cannot be approved", "fewer rows");
  }

  /** A reviewer decides, and therefore sees what became of it. */
  @Test
  void reviewers_seeTheRecordOfTheFramesTheyReview() {
    String request = pending(ADA, "SELECT age FROM asked.twice WHERE age = 44");
    String mine = "SELECT verdict, cost FROM sallyport.audit WHERE frames = 'asked.twice'";
    assertThat(port.as(LEE, mine)).isNotEmpty();
    assertThat(port.as(LEE, "SELECT * FROM sallyport.audit WHERE frames = 'asked.patients'"))
        .isEmpty();
    assertThat(refused(ADA, mine).refusal().code()).isEqualTo(RefusalCode.SOURCE_NOT_ALLOWED);
    assertThat(requests("votes_missing", request).getString(0))
        .isEqualTo("2 votes for asked.twice, of dr-lee or olga or otto");
  }

  private static Row requests(String columns, String request) {
    return port.as(
            OLGA,
            "SELECT " + columns + " FROM sallyport.requests WHERE request = '" + request + "'")
        .get(0);
  }

  @Test
  void nobodyElse_decides() {
    String request = pending(ADA, "SELECT age FROM asked.patients WHERE age = 37");
    for (Principal other : List.of(ADA, LEE, OTTO)) {
      for (String call : List.of("approve('%s')", "reject('%s', 'no')")) {
        assertThatThrownBy(() -> port.call(other, "CALL sallyport." + call.formatted(request)))
            .isInstanceOf(RefusedException.class);
      }
    }
    assertThat(refused(LEE, "SELECT * FROM sallyport.preview.`" + request + "`").refusal().code())
        .isEqualTo(RefusalCode.SOURCE_NOT_ALLOWED);
    assertThat(refused(ADA, "SELECT * FROM sallyport.preview.`" + request + "`").refusal().code())
        .isEqualTo(RefusalCode.SOURCE_NOT_ALLOWED);
  }

  @Test
  void owner_seesWhoWhyWhat_evidenceAndThePreview() {
    String query = "SELECT name, cost FROM asked.patients WHERE age = 38";
    String request = pending(ADA, query);
    Row row =
        port.as(
                OLGA,
                "SELECT principal, grounds, plan, evidence, earlier, state FROM sallyport.requests"
                    + " WHERE request = '"
                    + request
                    + "'")
            .get(0);
    assertThat(row.getString(0)).isEqualTo("ada");
    assertThat(row.getString(1)).contains("asked.patients", "RAW_OUTPUT", "aggregation(10)");
    assertThat(row.getString(2)).contains("asked.patients");
    assertThat(row.getString(3)).contains("\"inside\":4", "\"left_out\":196");
    assertThat(row.getString(5)).isEqualTo("PENDING");
    List<Row> preview = port.as(OLGA, "SELECT * FROM sallyport.preview.`" + request + "`");
    assertThat(preview).hasSize(4);
    assertThat(preview).extracting(shown -> shown.getString(0)).containsOnly("*");
    assertThat(
            port.as(
                ADA,
                "SELECT evidence, earlier, votes FROM sallyport.requests WHERE request = '"
                    + request
                    + "'"))
        .containsExactly(org.apache.spark.sql.RowFactory.create("", "", ""));
    assertThat(port.as(LEE, "SELECT * FROM sallyport.requests WHERE request = '" + request + "'"))
        .isEmpty();
  }

  @Test
  void resultsName_isForThoseWhoDecide_andIsNoHashThatTheAskerCouldTryOut() throws Exception {
    String query = "SELECT cost FROM asked.patients WHERE patient_id = 42";
    String request = pending(ADA, query);
    String plain = plainHash("SELECT cost FROM raw_patients WHERE patient_id = 42");
    String named = "SELECT result_hash FROM sallyport.requests WHERE request = '" + request + "'";
    String name = port.as(OLGA, named).get(0).getString(0);
    assertThat(name).matches("[0-9a-f]{64}").isNotEqualTo(plain);
    assertThat(port.as(ADA, named))
        .singleElement()
        .satisfies(row -> assertThat(row.isNullAt(0)).isTrue());

    port.call(OLGA, "CALL sallyport.approve('" + request + "')");
    assertThat(port.as(ADA, query)).hasSize(1);
    assertThat(
            port.as(
                OLGA,
                "SELECT result_hash FROM sallyport.audit WHERE verdict = 'RELEASED' AND request ='"
                    + request
                    + "'"))
        .containsExactly(org.apache.spark.sql.RowFactory.create(name));
    assertThat(port.audited()).noneSatisfy(record -> assertThat(record.toString()).contains(plain));
  }

  @Test
  void resultsName_ofAJointAnswer_isForNoneOfItsOwners_norOfAnAnswerForTheOneWhoAsked() {
    String joint =
        "SELECT p.age, s.days FROM asked.patients p JOIN asked.stays s"
            + " ON p.patient_id = s.patient_id WHERE p.age = 36";
    String request = pending(ADA, joint);
    port.call(OLGA, "CALL sallyport.approve('" + request + "')");
    port.call(OTTO, "CALL sallyport.approve('" + request + "')");
    assertThat(port.as(ADA, joint)).isNotEmpty();
    for (Principal owner : List.of(OLGA, OTTO)) {
      assertThat(names(owner, "request = '" + request + "'")).containsOnlyNulls().isNotEmpty();
      String named = "SELECT result_hash FROM sallyport.requests WHERE request = '" + request + "'";
      assertThat(port.as(owner, named))
          .singleElement()
          .satisfies(row -> assertThat(row.isNullAt(0)).isTrue());
    }

    String counted = "SELECT count(*) AS these FROM asked.patients";
    port.as(ADA, counted);
    port.as(OLGA, counted);
    assertThat(names(OLGA, "principal = 'ada' AND question LIKE '%these%'"))
        .doesNotContainNull()
        .isNotEmpty();
    assertThat(names(OLGA, "principal = 'olga' AND question LIKE '%these%'"))
        .containsOnlyNulls()
        .isNotEmpty();
  }

  private static List<String> names(Principal owner, String which) {
    return port
        .as(
            owner,
            "SELECT result_hash FROM sallyport.audit WHERE verdict = 'RELEASED' AND " + which)
        .stream()
        .map(row -> row.getString(0))
        .toList();
  }

  /** What somebody who guesses the answer could compute. */
  private static String plainHash(String query) throws GeneralSecurityException {
    Dataset<Row> rows = port.owners().sql(query);
    MessageDigest digest = MessageDigest.getInstance("SHA-256");
    for (StructField field : rows.schema().fields()) {
      String line = field.name() + ' ' + field.dataType().json() + '\n';
      digest.update(line.getBytes(StandardCharsets.UTF_8));
    }
    for (InternalRow row : rows.queryExecution().executedPlan().executeCollect()) {
      digest.update(((UnsafeRow) row).getBytes());
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  @Test
  void aResultOfTooManyRows_isFiledAlike_andCannotBeApproved() {
    String query = "SELECT age FROM asked.patients";
    String other = "SELECT age FROM asked.patients WHERE patient_id > 0 AND age > 0";
    String request = pending(ADA, other);
    assertThat(pending(ADA, query + " WHERE age > 1")).isNotEqualTo(request);
    refusedCall(OLGA, "CALL sallyport.approve('" + request + "')", RefusalCode.LIMIT_EXCEEDED);
    port.call(OLGA, "CALL sallyport.reject('" + request + "', 'fewer rows, please')");
  }

  @Test
  void aCorruptResult_isNeitherApprovedNorServed() throws IOException {
    String query = "SELECT cost FROM asked.patients WHERE age = 40";
    String request = pending(ADA, query);
    String second = pending(ADA, query + " AND cost > 0");
    port.call(OLGA, "CALL sallyport.approve('" + second + "')");
    try (Stream<Path> files = Files.walk(directory.resolve("store"))) {
      for (Path file : files.filter(f -> f.toString().endsWith(".artifact")).toList()) {
        byte[] bytes = Files.readAllBytes(file);
        bytes[bytes.length / 2] ^= 1;
        Files.write(file, bytes);
      }
    }
    refusedCall(OLGA, "CALL sallyport.approve('" + request + "')", RefusalCode.APPROVAL_MISMATCH);
    assertThat(refused(ADA, query + " AND cost > 0").refusal().code())
        .isEqualTo(RefusalCode.APPROVAL_MISMATCH);
  }

  @Test
  void everyDecision_isOnRecord_beforeItTakesEffect() {
    String query = "SELECT cost FROM asked.patients WHERE age = 41";
    String request = pending(ADA, query);
    assertThat(last().verdict()).isEqualTo("NEEDS_APPROVAL");
    port.call(OLGA, "CALL sallyport.approve('" + request + "', 'well')");
    assertThat(last().verdict()).isEqualTo("DECIDED");
    assertThat(last().request()).contains(request);
    assertThat(last().decision()).contains("olga approves: well");
  }

  @Test
  void procedures_takeTextsOnly_andThereAreNoOthers() {
    for (String call :
        List.of(
            "CALL sallyport.approve()",
            "CALL sallyport.approve(1)",
            "CALL sallyport.approve('a', 'b', 'c')",
            "CALL sallyport.approve(concat('a', 'b'))",
            "CALL sallyport.drop_everything('a')",
            "CALL other.approve('a')",
            "CALL approve('a')",
            "CALL sallyport.approve('a'); SELECT 1",
            "call\tsallyport.approve((SELECT 'a'))")) {
      assertThatThrownBy(() -> port.call(OLGA, call)).isInstanceOf(RefusedException.class);
    }
  }

  private static String pending(Principal principal, String query) {
    RefusedException refused = refused(principal, query);
    assertThat(refused.refusal().code()).isEqualTo(RefusalCode.APPROVAL_REQUIRED);
    Matcher id = REQUEST.matcher(refused.refusal().text());
    assertThat(id.find()).as(refused.refusal().text()).isTrue();
    return id.group(1);
  }

  private static RefusedException refused(Principal principal, String query) {
    RefusedException refused =
        catchThrowableOfType(RefusedException.class, () -> port.as(principal, query));
    assertThat(refused).as("must be refused: " + query).isNotNull();
    return refused;
  }

  private static void refusedCall(Principal principal, String call, RefusalCode code) {
    RefusedException refused =
        catchThrowableOfType(RefusedException.class, () -> port.call(principal, call));
    assertThat(refused).as("must be refused: " + call).isNotNull();
    assertThat(refused.refusal().code()).isEqualTo(code);
  }

  private static AuditRecord last() {
    return port.audited().get(port.audited().size() - 1);
  }
}
