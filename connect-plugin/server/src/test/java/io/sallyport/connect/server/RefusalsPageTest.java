package io.sallyport.connect.server;

import static org.apache.spark.sql.functions.callUDF;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.rand;
import static org.apache.spark.sql.functions.udf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.types.DataTypes;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/**
 * The examples of docs/refusals.md are what this server says. With {@code -Dsallyport.pages=write}
 * the page is written anew.
 */
@Governed
final class RefusalsPageTest {

  private static final Path PAGE = Path.of("../../docs/refusals.md");

  private static final Pattern TEXT =
      Pattern.compile(
          "(?s)\\[SALLYPORT\\.([A-Z_]+)\\] (.*?)\\.(?: Policy: .*)? What would pass: (.*)\\.");

  private static final Pattern ROW =
      Pattern.compile(
          "^(\\| `([A-Z_]+)` \\| (?:[^|`]|`[^`]*`)* \\|) (`[^`]*`)(.*)$", Pattern.MULTILINE);

  /** Those that need broken data or a broken store, or a budget that is spent. */
  private static final Set<String> ELSEWHERE =
      Set.of(
          "APPROVAL_MISMATCH",
          "APPROVAL_STALE",
          "BUDGET_EXHAUSTED",
          "STORE_UNAVAILABLE",
          "QUERY_FAILED");

  /** One refusal, in its parts. */
  private record Said(String code, String subject, String remedy) {}

  private final GovernedServer server;
  private final SparkSession ada;
  private final Dataset<Row> people;

  RefusalsPageTest(GovernedServer server) {
    this.server = server;
    this.ada = server.session("ada");
    this.people = ada.table("people");
  }

  @Test
  void everyExample_isARealRefusal() throws IOException {
    Map<String, Said> said = new LinkedHashMap<>();
    asked()
        .forEach(
            (code, question) -> {
              Throwable thrown = catchThrowable(question);
              assertThat(thrown).as(code).isNotNull();
              said.put(code, parsed(code, thrown.getMessage()));
            });
    String page = Files.readString(PAGE);
    String written =
        ROW.matcher(page)
            .replaceAll(
                row -> {
                  Said real = said.get(row.group(2));
                  return Matcher.quoteReplacement(
                      real == null
                          ? row.group()
                          : row.group(1) + " `" + inCell(real.subject()) + "`" + row.group(4));
                });
    if ("write".equals(System.getProperty("sallyport.pages"))) {
      Files.writeString(PAGE, written);
    }

    assertThat(page).isEqualTo(written);
    ROW.matcher(page)
        .results()
        .filter(row -> !ELSEWHERE.contains(row.group(2)))
        .forEach(row -> assertThat(said).as("a code without a refusal").containsKey(row.group(2)));
  }

  /** What is refused, why, and what would pass: none of them empty, and no riddle. */
  @Test
  void everyRefusal_saysWhatWouldPass() {
    asked()
        .forEach(
            (code, question) -> {
              Said real = parsed(code, catchThrowable(question).getMessage());
              assertThat(real.remedy()).as(code).isNotBlank().isNotEqualTo("true");
              assertThat(real.subject())
                  .as(code)
                  .doesNotContain("Relation.", "GROUP_TYPE_", "not yet");
            });
  }

  private Map<String, ThrowingCallable> asked() {
    Map<String, ThrowingCallable> asked = new LinkedHashMap<>();
    callsAndCommands(asked);
    parts(asked);
    answers(asked);
    owners(asked);
    return asked;
  }

  private void callsAndCommands(Map<String, ThrowingCallable> asked) {
    asked.put(
        "UNAUTHENTICATED",
        () -> {
          try (RawClient nobody = server.rawWithToken(Optional.empty())) {
            throw nobody.failure(
                stub -> stub.analyzePlan(Requests.schema(Requests.id(), Requests.range())));
          }
        });
    asked.put(
        "IDENTITY_MISMATCH",
        () -> {
          UUID id = UUID.randomUUID();
          server.session("ada", id).range(1).count();
          server.session("bob", id).range(1).count();
        });
    asked.put(
        "RPC_NOT_ALLOWED",
        () ->
            ((org.apache.spark.sql.connect.SparkSession) ada)
                .addArtifact(new byte[] {1}, "a.class"));
    asked.put("COMMAND_NOT_ALLOWED", () -> ada.sql("CREATE TABLE t (x INT)").collectAsList());
    asked.put(
        "CONF_NOT_ALLOWED", () -> ada.sql("SET spark.sql.ansi.enabled = true").collectAsList());
    asked.put("LIMIT_EXCEEDED", () -> ada.range(200_000).collectAsList());
    asked.put("PARAM_INVALID", () -> people.createOrReplaceTempView("cities"));
  }

  private void parts(Map<String, ThrowingCallable> asked) {
    asked.put("SOURCE_NOT_ALLOWED", () -> ada.table("ledger").count());
    asked.put("RELATION_NOT_ALLOWED", () -> people.groupBy("city").count().transpose().count());
    asked.put(
        "FUNCTION_NOT_ALLOWED", () -> ada.sql("SELECT java_method('a', 'b')").collectAsList());
    UDF1<Long, Long> code = x -> x;
    Column own = udf(code, DataTypes.LongType).apply(col("id"));
    asked.put("UDF_NOT_ALLOWED", () -> people.select(own).collectAsList());
    asked.put("NONDETERMINISTIC", () -> people.filter(rand().lt(0.1)).count());
    asked.put("EXPLAIN_NOT_ALLOWED", () -> people.explain());
    asked.put("MAY_FAIL", () -> people.select(callUDF("assert_true", col("age").gt(1))).count());
  }

  private void answers(Map<String, ThrowingCallable> asked) {
    asked.put("RAW_OUTPUT", () -> people.select("age").collectAsList());
    asked.put("SMALL_GROUP", () -> people.filter("city = 'Smallville'").count());
    asked.put("AGG_NOT_ALLOWED", () -> people.agg(max("age")).collectAsList());
    asked.put("KEY_NOT_ALLOWED", () -> people.groupBy("name").count().collectAsList());
    asked.put("PREDICATE_NOT_ALLOWED", () -> people.filter("name = 'person-7'").count());
    asked.put(
        "UNIT_LOST",
        () ->
            ada.sql("SELECT count(*) FROM people p FULL OUTER JOIN visits v ON p.id = v.person")
                .collectAsList());
    Dataset<Row> visits = ada.table("visits");
    asked.put(
        "UNIT_AMBIGUOUS",
        () -> people.join(visits, people.col("age").equalTo(visits.col("day"))).count());
    asked.put(
        "MISSING_BOUNDS",
        () -> ada.sql("SELECT sum(cost * cost * day) FROM studied").collectAsList());
  }

  private void owners(Map<String, ThrowingCallable> asked) {
    Dataset<Row> rows = ada.table("asked").filter("age = 33").select("age");
    asked.put("APPROVAL_REQUIRED", rows::collectAsList);
    asked.put("APPROVAL_REJECTED", () -> decided("reject", "34", "ask for whole cities"));
    asked.put("APPROVAL_RETURNED", () -> decided("return", "35", "for which study?"));
  }

  private void decided(String how, String age, String why) {
    Dataset<Row> rows = ada.table("asked").filter("age = " + age).select("age");
    Throwable before = catchThrowable(rows::collectAsList);
    if (before.getMessage().contains("APPROVAL_REQUIRED")) {
      String request = OwnClient.pending(rows);
      server
          .session("olga")
          .sql("CALL sallyport.%s('%s', '%s')".formatted(how, request, why))
          .collectAsList();
    }
    rows.collectAsList();
  }

  private static Said parsed(String code, String message) {
    String line = message.lines().findFirst().orElseThrow();
    Matcher text = TEXT.matcher(line.substring(Math.max(0, line.indexOf("[SALLYPORT"))));
    assertThat(text.lookingAt()).as(message).isTrue();
    assertThat(text.group(1)).as(message).isEqualTo(code);
    return new Said(code, text.group(2), text.group(3));
  }

  private static String inCell(String subject) {
    return subject
        .replaceAll("r-[a-z0-9]{16}", "r-4mq7w2k9x0c3b5n8")
        .replace("|", "\\\\|")
        .replace('`', '\'');
  }
}
