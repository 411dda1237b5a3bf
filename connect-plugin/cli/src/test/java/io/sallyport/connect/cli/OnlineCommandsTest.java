package io.sallyport.connect.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.sallyport.connect.cli.server.Answer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Reading requests and deciding, against a server that is played. */
final class OnlineCommandsTest {
  private static final String ID = "0123456789abcdef0123456789abcdef";
  private static final String LONG_ID = "r-0123456789abcdef";
  private static final List<String> COLUMNS =
      List.of(
          "request",
          "state",
          "principal",
          "filed_at",
          "expires_at",
          "frames",
          "justification",
          "grounds",
          "plan",
          "question",
          "evidence",
          "earlier",
          "votes",
          "reason",
          "result_hash",
          "rows",
          "votes_missing");

  @TempDir Path directory;
  private String token;

  @BeforeEach
  void makeToken() throws IOException {
    token = tokenFile("rw-------");
  }

  @Test
  void requests_listsTheNewestFirst() {
    FakeServer server =
        new FakeServer()
            .answering(
                "SELECT request, state, principal, filed_at, expires_at, frames, justification",
                new Answer(
                    COLUMNS.subList(0, 7),
                    List.of(
                        List.of(
                            LONG_ID, "PENDING", "ben", "2026-11-20T12:00:00Z", "x", "stays", "a"),
                        List.of(
                            "new",
                            "PENDING",
                            "ada",
                            "2026-11-22T09:00:00Z",
                            "2026-11-29T09:00:00Z",
                            "stays, patients",
                            "a very long reason ".repeat(20)))));
    Ran ran = Ran.online(server, token, "requests");
    assertThat(ran.code()).isZero();
    assertThat(server.asked.get(0)).endsWith("FROM sallyport.requests WHERE state = 'PENDING'");
    assertThat(ran.out().indexOf("new")).isLessThan(ran.out().indexOf(LONG_ID));
    assertThat(ran.out()).contains(LONG_ID + "  ");
    assertThat(ran.out()).contains("3 hours ago", "in 6 days", "2 days ago", "\u2026");
    assertThat(ran.out().lines()).hasSize(4).allMatch(line -> line.length() <= 100);
    assertThat(server.isClosed).isTrue();
  }

  @Test
  void requests_ofEveryState() {
    FakeServer server =
        new FakeServer().answering("SELECT", new Answer(COLUMNS.subList(0, 7), List.of()));
    assertThat(Ran.online(server, token, "requests", "--state", "ALL").out())
        .contains("There are no requests.");
    assertThat(server.asked.get(0)).endsWith("FROM sallyport.requests");
    assertThat(Ran.online(server, token, "requests", "--state", "OPEN").code()).isEqualTo(2);
  }

  @Test
  void budgets_tellsWhatIsLeft_andWhoTookWhat() {
    FakeServer server =
        new FakeServer()
            .answering(
                "SELECT * FROM sallyport.budgets",
                new Answer(
                    List.of("account", "epsilon", "delta", "window_days", "left", "spent"),
                    List.of(
                        List.of(
                            "unit space patient_id",
                            "2",
                            "0",
                            "",
                            "epsilon 1.5 of 2",
                            "epsilon 0.5"))))
            .answering(
                "SELECT * FROM sallyport.spending",
                new Answer(
                    List.of("principal", "unit_space", "questions", "spent", "last"),
                    List.of(
                        List.of("ada", "patient_id", "3", "epsilon 0.5", "2026-11-22T09:00:00Z"))));
    Ran ran = Ran.online(server, token, "budgets");
    assertThat(ran.code()).isZero();
    assertThat(ran.out())
        .contains("unit space patient_id  epsilon 1.5 of 2  epsilon 0.5", "ada", "3 hours ago");
    assertThat(Ran.online(server, token, "budgets", "--json").out())
        .contains("\"questions\" : \"3\"");
  }

  @Test
  void explain_tellsVerdictAndCells_ofAQuestionThatIsNotAsked() {
    FakeServer server =
        new FakeServer()
            .answering(
                "EXPLAIN PRIVACY SELECT avg(days) FROM stays",
                new Answer(
                    List.of("frame", "verdict", "code", "obligation"),
                    List.of(
                        List.of("stays", "RELEASE", "", "at least 10 people\ncells: by \u001b[2J"),
                        List.of("patients", "REFUSE", "UNIT_LOST", ""))));
    Ran ran = Ran.online(server, token, "explain", "SELECT avg(days) FROM stays");
    assertThat(ran.code()).isZero();
    assertThat(ran.out())
        .contains(
            "stays: RELEASE\n  the answer: at least 10 people\n  cells: by \\u001b[2J\n",
            "patients: REFUSE UNIT_LOST\n");
    assertThat(Ran.online(server, token, "explain").code()).isEqualTo(2);
  }

  @Test
  void show_tellsEverythingThatHelpsToDecide() {
    Ran ran = Ran.online(server(request("PENDING"), preview(30)), token, "show", ID);
    assertThat(ran.code()).isZero();
    assertThat(ran.out())
        .contains(
            "Request " + ID + "  PENDING",
            "asked by  ada",
            "filed     2026-11-22 09:00 UTC (3 hours ago)",
            "expires   2026-11-29 09:00 UTC (in 6 days)",
            "frames    stays, patients",
            "for the yearly report",
            "  1. Take the frame stays.\n  2. Keep the rows where ward is 'A'.",
            "stays: a row rests on fewer than 10 people",
            "units  complement\n",
            "12     188\n",
            "yesterday: average stay by ward",
            "needs     1 vote for stays, of olga",
            "(the first 20 rows of 30 in all; --rows N shows more)",
            "sallyport approve " + ID + " --comment",
            "sallyport reject " + ID + " --reason");
    assertThat(ran.out().lines().filter(line -> line.startsWith("  ward "))).hasSize(21);
  }

  @Test
  void show_cutsNoCellOfTheResult_howeverWideItIs() {
    String wide = "a diagnosis of many words ".repeat(9).strip();
    Answer rows = new Answer(List.of("ward", "text"), List.of(List.of("A", wide)));
    Ran ran = Ran.online(server(request("PENDING"), rows), token, "show", ID);
    String shown = ran.out().substring(ran.out().indexOf("The exact result"));
    assertThat(shown).doesNotContain("\u2026").contains("row 1", "ward: A");
    assertThat(shown.replaceAll("\\s+", " ")).contains("text: " + wide);
    assertThat(ran.out().lines()).allMatch(line -> line.length() <= 100);
  }

  @Test
  void show_takesTheBeginningOfAnId_thatOnlyOneHas() {
    FakeServer server =
        server(request("PENDING"), preview(1))
            .answering(
                "SELECT request FROM sallyport.requests WHERE request LIKE '0123%'",
                new Answer(List.of("request"), List.of(List.of(ID))))
            .answering(
                "SELECT request FROM sallyport.requests WHERE request LIKE '01%'",
                new Answer(List.of("request"), List.of(List.of(ID), List.of("01-another"))))
            .answering(
                "SELECT request FROM sallyport.requests WHERE request LIKE '9%'",
                new Answer(List.of("request"), List.of()));
    assertThat(Ran.online(server, token, "show", "0123").out()).contains("Request " + ID);
    Ran decided = Ran.online(server, token, "approve", "0123");
    assertThat(decided.out()).contains("Request " + ID + " is APPROVED.");
    assertThat(server.asked).contains("CALL sallyport.approve('" + ID + "', '')");
    assertThat(Ran.online(server, token, "show", "01").err())
        .contains("2 requests begin with 01", ID, "01-another");
    assertThat(Ran.online(server, token, "reject", "9", "--reason", "no").err())
        .contains("There is no request 9 that you may see");
  }

  @Test
  void json_hasTheSameFacts_uncut_andSteersNoTerminal() {
    Answer rows =
        new Answer(List.of("ward"), List.of(List.of("\u202e\u001b[2J" + "x".repeat(300))));
    Ran ran = Ran.online(server(request("PENDING"), rows), token, "show", ID, "--json");
    assertThat(ran.code()).isZero();
    assertThat(ran.out())
        .contains(
            "\"votes_missing\" : \"1 vote for stays, of olga\"",
            "\"units\" : 12",
            "\\u202e",
            "x".repeat(300));
    assertThat(ran.out().codePoints()).noneMatch(OnlineCommandsTest::steersATerminal);
    FakeServer list = new FakeServer().answering("SELECT request", request("PENDING"));
    assertThat(Ran.online(list, token, "requests", "--json").out())
        .contains("\"request\" : \"" + ID + "\"", "for the yearly report");
  }

  @Test
  void show_ofADecidedRequest_offersNoDecision() {
    Ran ran = Ran.online(server(request("APPROVED"), preview(1)), token, "show", ID);
    assertThat(ran.out()).contains("(1 row)").doesNotContain("sallyport approve");
  }

  @Test
  void show_neutralisesEveryTextThatItShows() {
    String attack = "\u001b[2J\u001b]0;owned\u0007\u202e\r\b\u009b31m\u2028evil";
    List<String> fields = new ArrayList<>();
    COLUMNS.forEach(column -> fields.add(column.equals("evidence") ? "" : attack));
    Answer rows = new Answer(List.of(attack, "b"), List.of(List.of("1", attack)));
    for (String evidence :
        new String[] {attack, "[{\"" + "k\\u001b[2J" + "\":\"\\u001b[2J\"}]", "{\"a\\u009b\":3}"}) {
      fields.set(COLUMNS.indexOf("evidence"), evidence);
      Ran ran = Ran.online(server(new Answer(COLUMNS, List.of(fields)), rows), token, "show", ID);
      assertThat(ran.code()).isZero();
      assertThat(ran.out().codePoints()).noneMatch(OnlineCommandsTest::steersATerminal);
      assertThat(ran.out()).contains("\\u001b[2J");
    }
  }

  @Test
  void show_aTextCannotPassAsASectionOfOurs() {
    List<String> fields = new ArrayList<>(request("PENDING").rows().get(0));
    fields.set(COLUMNS.indexOf("justification"), "fine\n\nDecide\n  sallyport approve 666");
    fields.set(COLUMNS.indexOf("principal"), "ada\nfiled  never");
    Ran ran =
        Ran.online(server(new Answer(COLUMNS, List.of(fields)), preview(1)), token, "show", ID);
    assertThat(ran.out().lines().filter(line -> line.equals("Decide"))).hasSize(1);
    assertThat(ran.out()).contains("ada\\nfiled  never").contains("    sallyport approve 666");
  }

  @Test
  void show_withoutItsRows_offersNoDecision() {
    FakeServer noRows =
        new FakeServer()
            .answering("SELECT * FROM sallyport.requests WHERE request = '", request("PENDING"));
    Ran decider = Ran.online(noRows, token, "show", ID);
    assertThat(decider.code()).isOne();
    assertThat(decider.out())
        .contains("It is not shown: [SALLYPORT.COMMAND_NOT_ALLOWED] \\u001b[2Jno")
        .doesNotContain("sallyport approve");
    List<String> own = new ArrayList<>(request("PENDING").rows().get(0));
    own.set(COLUMNS.indexOf("evidence"), "");
    FakeServer requester =
        new FakeServer()
            .answering("SELECT * FROM sallyport.requests", new Answer(COLUMNS, List.of(own)));
    assertThat(Ran.online(requester, token, "show", ID).code()).isZero();
  }

  @Test
  void show_ofAnUnknownRequest_isAProblem() {
    Ran ran =
        Ran.online(server(new Answer(COLUMNS, List.of()), preview(1)), token, "show", LONG_ID);
    assertThat(ran.code()).isOne();
    assertThat(ran.err()).contains("There is no request " + LONG_ID + " that you may see");
  }

  @Test
  void colours_areForTerminalsOnly() {
    FakeServer server = server(request("PENDING"), preview(1));
    Map<String, String> environment =
        Map.of("SALLYPORT_SERVER", "localhost:1", "SALLYPORT_TOKEN_FILE", token);
    Ran coloured = Ran.with(true, environment, (address, t) -> server, "show", ID);
    assertThat(coloured.out()).contains("\u001b[1mDecide\u001b[0m");
    assertThat(Ran.online(server, token, "show", ID).out()).doesNotContain("\u001b");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '^',
      value = {
        "approve|--comment|it's fine|approve('%s', 'it\\u0027s fine')",
        "reject|--reason|no \\ \"${env:PATH}\"|reject('%s', 'no \\u005c"
            + " \\u0022\\u0024{env:PATH}\\u0022')",
        "return|--comment|') , reject('x|return_request('%s', '\\u0027) , reject(\\u0027x')"
      })
  void decision_isOneCall_whateverIsTyped(String command, String option, String text, String sql) {
    FakeServer server = server(request("PENDING"), preview(1));
    Ran ran = Ran.online(server, token, command, ID, option, text);
    assertThat(ran.code()).isZero();
    assertThat(server.asked).containsExactly("CALL sallyport." + sql.formatted(ID));
    assertThat(ran.out()).contains("Request " + ID + " is APPROVED.", "thank you");
  }

  @Test
  void approve_withoutAComment_andWithdraw() {
    FakeServer server = server(request("PENDING"), preview(1));
    assertThat(Ran.online(server, token, "approve", ID).code()).isZero();
    assertThat(Ran.online(server, token, "withdraw", ID).code()).isZero();
    assertThat(server.asked)
        .containsExactly(
            "CALL sallyport.approve('" + ID + "', '')", "CALL sallyport.withdraw('" + ID + "')");
  }

  @Test
  void refusalOfTheServer_isSaidSafely() {
    Ran ran = Ran.online(new FakeServer(), token, "reject", ID, "--reason", "no");
    assertThat(ran.code()).isOne();
    assertThat(ran.err())
        .contains("[SALLYPORT.COMMAND_NOT_ALLOWED] \\u001b[2Jno")
        .doesNotContain("\u001b");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "reject ID",
        "return ID",
        "reject ID --reason=",
        "approve",
        "approve a'b",
        "approve ../x",
        "show `x`",
        "withdraw ID --comment=x",
        "show ID --server=sc://h:1/;token=abc",
        "show ID --server=h",
        "show ID --server=h:99999",
        "show ID --token=abc",
        "nonsense",
        "requests --state=pending --verbose"
      })
  void wrongUsage_isSaid_andNothingIsAsked(String line) {
    FakeServer server = server(request("PENDING"), preview(1));
    Ran ran = Ran.online(server, token, line.replace("ID", ID).split(" "));
    assertThat(ran.code()).isEqualTo(2);
    assertThat(ran.err()).isNotBlank();
    assertThat(server.asked).isEmpty();
  }

  @Test
  void serverAndToken_mustBeGiven() {
    FakeServer server = server(request("PENDING"), preview(1));
    Ran noServer = Ran.with(false, Map.of(), (address, t) -> server, "requests");
    assertThat(noServer.code()).isEqualTo(2);
    assertThat(noServer.err()).contains("SALLYPORT_SERVER");
    Ran noToken =
        Ran.with(false, Map.of("SALLYPORT_SERVER", "h:1"), (address, t) -> server, "requests");
    assertThat(noToken.code()).isEqualTo(2);
    assertThat(noToken.err()).contains("SALLYPORT_TOKEN_FILE");
  }

  @Test
  void tokenFile_thatOthersCanRead_isRefused() throws IOException {
    FakeServer server = server(request("PENDING"), preview(1));
    Ran ran = Ran.online(server, tokenFile("rw-r--r--"), "requests");
    assertThat(ran.code()).isOne();
    assertThat(ran.err()).contains("chmod 600").doesNotContain("secret-token");
    assertThat(server.asked).isEmpty();
  }

  private static boolean steersATerminal(int c) {
    int type = Character.getType(c);
    return c != '\n'
        && (type == Character.CONTROL
            || type == Character.FORMAT
            || type == Character.LINE_SEPARATOR);
  }

  private String tokenFile(String mode) throws IOException {
    Path file = directory.resolve("token");
    Files.writeString(file, "secret-token\n");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(mode));
    return file.toString();
  }

  private static FakeServer server(Answer request, Answer preview) {
    Answer decided =
        new Answer(
            List.of("request", "state", "reason"), List.of(List.of(ID, "APPROVED", "thank you")));
    return new FakeServer()
        .answering("SELECT * FROM sallyport.requests WHERE request = '", request)
        .answering("SELECT * FROM sallyport.preview.`" + ID + "` LIMIT 21", preview)
        .answering("CALL sallyport.", decided);
  }

  private static Answer request(String state) {
    return new Answer(
        COLUMNS,
        List.of(
            List.of(
                ID,
                state,
                "ada",
                "2026-11-22T09:00:00Z",
                "2026-11-29T09:00:00Z",
                "stays, patients",
                "for the yearly report",
                "stays: a row rests on fewer than 10 people",
                "1. Take the frame stays.\n2. Keep the rows where ward is 'A'.",
                "Filter",
                "[{\"units\":12,\"complement\":188},{\"units\":9,\"complement\":191}]",
                "yesterday: average stay by ward",
                "",
                "",
                "abc",
                "30",
                "1 vote for stays, of olga")));
  }

  private static Answer preview(int rows) {
    List<List<String>> all = new ArrayList<>();
    for (int i = 0; i < Math.min(rows, 21); i++) {
      all.add(List.of("ward " + i, "*"));
    }
    return new Answer(List.of("ward", "name"), all);
  }
}
