package io.sallyport.connect.server;

import static io.sallyport.connect.server.Requests.execute;
import static io.sallyport.connect.server.Requests.id;
import static io.sallyport.connect.server.Requests.sql;
import static org.assertj.core.api.Assertions.assertThat;

import io.sallyport.policy.decision.RefusalCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.spark.connect.proto.FetchErrorDetailsRequest;
import org.apache.spark.connect.proto.Relation;
import org.apache.spark.connect.proto.SparkConnectServiceGrpc.SparkConnectServiceBlockingStub;
import org.junit.jupiter.api.Test;
import org.sparkproject.connect.grpc.StatusRuntimeException;

/**
 * The examples in docs/refusals.md are what a server says: each was provoked here, but for those
 * that take a broken disk or file, or a spent budget, whose words stand in the code.
 */
@Governed
final class RefusalExamplesTest {

  private static final Path PAGE = Path.of("..", "..", "docs", "refusals.md");
  private static final Path CODE = Path.of("..", "..", "spark-extension", "src", "main", "java");

  private static final Pattern LINE =
      Pattern.compile("^\\[SALLYPORT\\.([A-Z_]+)] (.*?)\\.( Policy: .*?\\.)? What would pass: .*");

  private static final Pattern REQUEST = Pattern.compile("\\br-[0-9a-z]{16}\\b");

  /** What only a broken store, a changed file, a lost executor or a spent budget brings about. */
  private static final Map<RefusalCode, String> IN_CODE =
      Map.of(
          RefusalCode.APPROVAL_MISMATCH,
          "the stored result is not the one that was judged, so it is not served",
          RefusalCode.APPROVAL_STALE,
          "have changed since",
          RefusalCode.STORE_UNAVAILABLE,
          "the store of requests and results cannot be reached, so nothing new is released",
          RefusalCode.BUDGET_EXHAUSTED,
          "and the budget of",
          RefusalCode.QUERY_FAILED,
          "the query could not be completed; why is not told, because the reason may describe");

  private final GovernedServer server;

  RefusalExamplesTest(GovernedServer server) {
    this.server = server;
  }

  @Test
  void theExamplesOnThePage_areWhatIsSaid() throws IOException {
    Map<RefusalCode, List<String>> said = said();
    Set<RefusalCode> all = EnumSet.allOf(RefusalCode.class);
    all.removeAll(IN_CODE.keySet());
    assertThat(said.keySet()).as(said.toString()).containsExactlyInAnyOrderElementsOf(all);

    String page = Files.readString(PAGE);
    String found = page;
    for (Map.Entry<RefusalCode, List<String>> example : said.entrySet()) {
      found = withExamples(found, example.getKey(), example.getValue());
    }
    Files.createDirectories(Path.of("target"));
    Files.writeString(Path.of("target", "refusals.md"), found);
    assertThat(page).as("docs/refusals.md; what is said is in target/refusals.md").isEqualTo(found);
  }

  @Test
  void theExamplesOfWhatBreaks_standInTheCode() throws IOException {
    String page = Files.readString(PAGE);
    StringBuilder code = new StringBuilder();
    try (Stream<Path> files = Files.walk(CODE)) {
      for (Path file : files.filter(path -> path.toString().endsWith(".java")).toList()) {
        code.append(Files.readString(file));
      }
    }
    IN_CODE.forEach(
        (name, words) -> {
          assertThat(code).contains(words);
          assertThat(row(page, name)).contains(words);
        });
  }

  private Map<RefusalCode, List<String>> said() {
    Map<RefusalCode, List<String>> said = new EnumMap<>(RefusalCode.class);
    try (RawClient ada = server.raw("ada");
        RawClient bob = server.raw("bob");
        RawClient olga = server.raw("olga");
        RawClient nobody = server.rawWithToken(Optional.empty())) {
      add(said, nobody.failure(stub -> stub.executePlan(execute(id(), sql("SELECT 1")))));
      add(said, anothersSession(ada, bob));
      add(
          said,
          ada.failure(
              stub ->
                  stub.fetchErrorDetails(
                      FetchErrorDetailsRequest.newBuilder()
                          .setSessionId(id())
                          .setUserContext(Requests.user("ada"))
                          .build())));
      for (String text : QUESTIONS) {
        add(said, ada.failure(asked(text)));
      }
      add(said, ada.failure(stub -> stub.executePlan(execute(id(), transposed()))));
      add(said, ada.failure(stub -> stub.executePlan(execute(id(), code()))));
      add(said, ada.failure(stub -> stub.analyzePlan(plan())));
      decided(said, ada, olga);
    }
    return said;
  }

  private static final List<String> QUESTIONS =
      List.of(
          "CREATE TABLE mine (x INT)",
          "SET spark.sql.ansi.enabled = false",
          "SELECT count(*) AS n FROM people" + " WHERE age > 1" + " + 1".repeat(1_100),
          "SELECT TIME '10:00:00'",
          "SELECT count(*) FROM ledger",
          "SELECT java_method('java.lang.Math', 'abs', -1)",
          "SELECT rand()",
          "SELECT sum(raise_error(name)) FROM people",
          "SELECT id, income FROM people",
          "SELECT city, avg(income) FROM people GROUP BY city",
          "SELECT max(age) FROM people",
          "SELECT name, count(*) FROM people GROUP BY name",
          "SELECT count(*) FROM people WHERE name = 'person-7'",
          "SELECT avg(age) FROM (SELECT * FROM people LIMIT 100)",
          "SELECT count(*) FROM cities c LEFT JOIN people p ON p.city = c.city",
          "SELECT sum(v.cost) FROM people p JOIN visits v ON p.age = v.day",
          "SELECT sum(person) FROM studied");

  private static Function<SparkConnectServiceBlockingStub, ?> asked(String text) {
    return stub -> stub.executePlan(execute(id(), sql(text)));
  }

  private static StatusRuntimeException anothersSession(RawClient ada, RawClient bob) {
    String session = id();
    ada.execute(execute(session, sql("SELECT 1 AS one")));
    return bob.failure(stub -> stub.executePlan(execute(session, sql("SELECT 1 AS one"))));
  }

  private static Relation transposed() {
    Relation.Builder relation = Relation.newBuilder();
    relation.getTransposeBuilder().setInput(Requests.table("people"));
    return relation.build();
  }

  private static Relation code() {
    Relation.Builder relation = Relation.newBuilder();
    relation.getMapPartitionsBuilder().setInput(Requests.table("people"));
    return relation.build();
  }

  private static org.apache.spark.connect.proto.AnalyzePlanRequest plan() {
    var request =
        org.apache.spark.connect.proto.AnalyzePlanRequest.newBuilder()
            .setSessionId(id())
            .setUserContext(Requests.user("ada"));
    request.getExplainBuilder().getPlanBuilder().setRoot(Requests.table("people"));
    return request.build();
  }

  private static void decided(Map<RefusalCode, List<String>> said, RawClient ada, RawClient olga) {
    String rows = "SELECT id, age FROM asked WHERE id < 7";
    StatusRuntimeException filed = ada.failure(asked(rows));
    add(said, filed);
    decides(olga, "CALL sallyport.return_request('%s', 'for which study?')", filed);
    add(said, ada.failure(asked(rows)));
    String others = "SELECT id, age FROM asked WHERE id < 9";
    decides(
        olga, "CALL sallyport.reject('%s', 'ask for whole cities')", ada.failure(asked(others)));
    add(said, ada.failure(asked(others)));
  }

  private static void decides(RawClient olga, String call, StatusRuntimeException filed) {
    Matcher request = REQUEST.matcher(filed.getStatus().getDescription());
    assertThat(request.find()).isTrue();
    olga.execute(execute(id(), Requests.sqlCommand(call.formatted(request.group()))));
  }

  private static void add(Map<RefusalCode, List<String>> said, StatusRuntimeException refused) {
    Matcher line = LINE.matcher(refused.getStatus().getDescription());
    assertThat(line.matches()).as(refused.getStatus().getDescription()).isTrue();
    said.computeIfAbsent(RefusalCode.valueOf(line.group(1)), code -> new ArrayList<>())
        .add("`" + REQUEST.matcher(line.group(2)).replaceAll("r-4mq7w2k9x0c3b5n8") + "`");
  }

  /** The page with these examples in the row of a code: its third column. */
  private static String withExamples(String page, RefusalCode code, List<String> examples) {
    String row = row(page, code);
    String[] cells = row.split("(?<!\\\\)\\|", -1);
    cells[3] = " " + String.join(", ", examples) + " ";
    return page.replace(row, String.join("|", cells));
  }

  private static String row(String page, RefusalCode code) {
    return page.lines()
        .filter(line -> line.startsWith("| `" + code + "` |"))
        .findFirst()
        .orElseThrow();
  }
}
