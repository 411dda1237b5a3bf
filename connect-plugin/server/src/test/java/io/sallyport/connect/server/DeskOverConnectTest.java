package io.sallyport.connect.server;

import static io.sallyport.connect.server.OwnClient.pending;
import static org.assertj.core.api.Assertions.assertThat;

import io.sallyport.policy.decision.RefusalCode;
import java.io.IOException;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;

/** The owners' desk of a started server: an analyst asks over Connect, the owner has a browser. */
@Governed
final class DeskOverConnectTest {

  private final GovernedServer server;
  private final HttpClient browser = HttpClient.newHttpClient();

  DeskOverConnectTest(GovernedServer server) {
    this.server = server;
  }

  @Test
  void whatIsApprovedInTheBrowser_isWhatTheAnalystGets_andOnRecord() throws Exception {
    SparkSession ada = server.session("ada");
    ada.sql("SELECT count(*) AS n FROM people WHERE age < 50").collectAsList();
    Dataset<Row> groups =
        ada.sql("SELECT city, count(*) AS n FROM asked WHERE age < 90 GROUP BY city");
    String request = pending(groups);
    String cookie = login("olga");

    String queue = get("/", cookie).body();
    assertThat(queue)
        .contains(
            request,
            "<bdi>ada</bdi>",
            "Would pass but for 1 of 4 groups with fewer than 10 people; the smallest has 3");
    String page = get("/requests/" + request, cookie).body();
    assertThat(page)
        .contains("Smallville", "<strong>3</strong><span> under 10</span>", "Rows 1 to 4 of 4")
        .containsSubsequence("Take the frame asked", "age is less than 90")
        .contains("Take the frame people", "age is less than 50");

    HttpResponse<String> decided = decide(page, request, "approve", "words=as+agreed", cookie);
    assertThat(decided.statusCode()).isEqualTo(303);
    assertThat(groups.collectAsList()).hasSize(4);
    assertThat(get("/requests/" + request + "?done=approve", cookie).body())
        .contains("Approved. The analyst may have this result now.");
    List<Row> record =
        server
            .session("olga")
            .sql("SELECT decision FROM sallyport.audit WHERE request = '" + request + "'")
            .collectAsList();
    assertThat(record.toString()).contains("olga approves: as agreed", "approved by olga");
    assertThat(get("/activity?q=as+agreed", cookie).body()).contains("olga approves: as agreed");
    assertThat(decide(page, request, "reject", "reason=few", cookie).statusCode()).isEqualTo(409);
    assertThat(groups.collectAsList()).hasSize(4);
  }

  @Test
  void whatIsRejectedInTheBrowser_isRefusedWithItsReason() throws Exception {
    Dataset<Row> rows = server.session("ada").sql("SELECT income FROM asked WHERE age = 23");
    String request = pending(rows);
    String cookie = login("olga");
    String page = get("/requests/" + request, cookie).body();
    assertThat(page).contains("Shows rows of single people, not statistics");
    assertThat(decide(page, request, "reject", "reason=coarser&words=by+city", cookie).statusCode())
        .isEqualTo(303);
    Throwable refused = Refused.by(RefusalCode.APPROVAL_REJECTED, rows::collectAsList);
    assertThat(refused.getMessage()).contains("A coarser question would do", "by city");
  }

  @Test
  void anAnalyst_doesNotComeIn_andEveryPageIsServed() throws Exception {
    HttpResponse<String> turned = post("/login", "token=" + encoded(People.token("ada")), "");
    assertThat(turned.statusCode()).isEqualTo(403);
    assertThat(turned.headers().firstValue("Set-Cookie")).isEmpty();
    String cookie = login("olga");
    for (String path : List.of("/", "/budgets", "/activity", "/policies")) {
      assertThat(get(path, cookie).statusCode()).as(path).isEqualTo(200);
    }
    assertThat(get("/requests/r-0123456789abcdef", cookie).statusCode()).isEqualTo(404);
  }

  private String login(String name) throws IOException, InterruptedException {
    HttpResponse<String> answer = post("/login", "token=" + encoded(People.token(name)), "");
    assertThat(answer.statusCode()).isEqualTo(303);
    String line = answer.headers().firstValue("Set-Cookie").orElseThrow();
    return line.substring(0, line.indexOf(';'));
  }

  private HttpResponse<String> decide(
      String page, String request, String deed, String fields, String cookie)
      throws IOException, InterruptedException {
    String form = "csrf=" + hidden(page, "csrf") + "&seen=" + hidden(page, "seen") + "&" + fields;
    return post("/requests/" + request + "/" + deed, form, cookie);
  }

  private static String hidden(String page, String name) {
    return page.replaceAll("(?s).*?name=\"" + name + "\" value=\"([^\"]*)\".*", "$1");
  }

  private HttpResponse<String> get(String path, String cookie)
      throws IOException, InterruptedException {
    return browser.send(
        HttpRequest.newBuilder(server.desk().resolve(path)).header("Cookie", cookie).build(),
        HttpResponse.BodyHandlers.ofString());
  }

  private HttpResponse<String> post(String path, String form, String cookie)
      throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(server.desk().resolve(path))
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(HttpRequest.BodyPublishers.ofString(form));
    if (!cookie.isEmpty()) {
      request.header("Cookie", cookie);
    }
    return browser.send(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
