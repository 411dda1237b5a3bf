package io.sallyport.connect.desk;

import static org.assertj.core.api.Assertions.assertThat;

import io.sallyport.policy.request.ApprovalRequest;
import io.sallyport.policy.request.Filings;
import io.sallyport.policy.request.RequestState;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The desk over plain HTTP, with a real store and no Spark. */
final class DeskTest {
  private static OpenDesk desk;

  private Browser olga;

  @BeforeAll
  static void open() throws IOException {
    desk = new OpenDesk();
  }

  @AfterAll
  static void close() {
    desk.close();
  }

  @BeforeEach
  void login() throws Exception {
    olga = desk.browser();
    assertThat(olga.login("olga").statusCode()).isEqualTo(303);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/", "/budgets", "/activity", "/policies", "/requests/r-1", "/nothing"})
  void pages_areForThoseWhoAreLoggedIn(String path) throws Exception {
    HttpResponse<String> answer = desk.browser().get(path);
    assertThat(answer.statusCode()).isEqualTo(401);
    assertThat(answer.body()).contains("Your token").doesNotContain("ada");
  }

  @ParameterizedTest
  @ValueSource(strings = {"ada", "bob"})
  void anAnalystsToken_doesNotOpenTheDesk(String analyst) throws Exception {
    Browser browser = desk.browser();
    HttpResponse<String> answer = browser.login(analyst);
    assertThat(answer.statusCode()).isEqualTo(403);
    assertThat(answer.body()).contains("for owners and reviewers");
    assertThat(answer.headers().firstValue("Set-Cookie")).isEmpty();
    assertThat(browser.get("/").statusCode()).isEqualTo(401);
    assertThat(desk.service.turnedAway).anyMatch(what -> what.contains("token of " + analyst));
  }

  @Test
  void aWrongToken_isNobodys_andNeverOnRecord() throws Exception {
    HttpResponse<String> answer = desk.browser().loginWith("a-wrong-token-of-mine");
    assertThat(answer.statusCode()).isEqualTo(401);
    assertThat(answer.body()).contains("nobody").doesNotContain("a-wrong-token-of-mine");
    assertThat(desk.service.turnedAway)
        .isNotEmpty()
        .noneMatch(what -> what.contains("a-wrong-token-of-mine"));
  }

  /** Who guesses waits, and does not fill the record; who knows does not wait. */
  @Test
  void failingLogins_areSlowed_andCountedOnRecord() throws Exception {
    try (OpenDesk own = new OpenDesk()) {
      long begin = System.nanoTime();
      for (int i = 0; i < 6; i++) {
        assertThat(own.browser().loginWith("wrong-" + i).statusCode()).isEqualTo(401);
      }
      assertThat(Duration.ofNanos(System.nanoTime() - begin))
          .isGreaterThan(Duration.ofMillis(1300));
      assertThat(own.service.turnedAway).hasSize(3);
      assertThat(own.service.turnedAway.get(2)).endsWith("4 times by now");
      assertThat(own.browser().login("olga").statusCode()).isEqualTo(303);
    }
  }

  @Test
  void aReviewer_seesWhatTheyDecideOn_andNothingElse() throws Exception {
    ApprovalRequest olgas = desk.filed("for olga alone");
    ApprovalRequest both = desk.filedForTwo();
    Browser rita = desk.browser();
    assertThat(rita.login("rita").statusCode()).isEqualTo(303);
    assertThat(rita.get("/").body()).contains(both.id()).doesNotContain(olgas.id());
    assertThat(rita.get("/requests/" + olgas.id()).statusCode()).isEqualTo(404);
    HttpResponse<String> forged =
        rita.send(
            rita.get("/requests/" + both.id()).body().replace(both.id(), olgas.id()),
            "/requests/" + olgas.id() + "/approve",
            Map.of());
    assertThat(forged.statusCode()).isEqualTo(404);
    assertThat(state(olgas)).isEqualTo(RequestState.PENDING);
    assertThat(rita.get("/policies").body()).contains("visits").doesNotContain("hospital.stays");
  }

  @Test
  void queue_saysWhoWhyWhichAndTheVerdict_inOneLineEach() throws Exception {
    ApprovalRequest request = desk.filed("study 7 on burns");
    assertThat(olga.get("/").body())
        .contains(
            request.id(),
            "<bdi>ada</bdi>",
            "hospital.stays",
            "study 7 on burns",
            "Would pass but for 1 of 3 groups with fewer than 10 people; the smallest has 3",
            "Needs 1 vote for hospital.stays, of olga");
    assertThat(olga.get("/?q=study+7").body()).contains(request.id());
    assertThat(olga.get("/?q=study+8").body()).doesNotContain(request.id());
    assertThat(olga.get("/?state=REJECTED").body()).doesNotContain(request.id());
  }

  @Test
  void requestPage_hasItsParts_fromWhoToDeciding() throws Exception {
    ApprovalRequest request = desk.filed("study 9");
    String page = olga.get("/requests/" + request.id()).body();
    assertThat(page)
        .containsSubsequence(
            "study 9",
            "Still needed",
            "Why it did not leave by itself",
            "The question, in words",
            "the average of age, over the stays",
            "<summary>The plan, as Spark has it</summary>",
            "The result, exactly as it would leave",
            "name of hospital.stays",
            "<tr class=\"small\">",
            "burns",
            "<strong>3</strong><span> under 10</span>",
            "Rows 1 to 3 of 3",
            "Left out",
            "<strong>4</strong><span> under 10</span>",
            "already has of the same data",
            "Keep the rows where ward is not &#39;burns&#39;",
            "Approve",
            "Choose one",
            "Some numbers are about too few people",
            "Ask back");
  }

  @Test
  void approving_isOnceAndOnRecord_howeverOftenItIsClicked() throws Exception {
    ApprovalRequest request = desk.filed("clicked twice");
    String page = "/requests/" + request.id();
    String html = olga.get(page).body();
    int before = desk.service.decisions.get();
    List<Callable<HttpResponse<String>>> clicks = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      clicks.add(() -> olga.send(html, page + "/approve", Map.of("words", "as agreed")));
    }
    ExecutorService hands = Executors.newFixedThreadPool(6);
    for (Future<HttpResponse<String>> click : hands.invokeAll(clicks)) {
      assertThat(click.get().statusCode()).isIn(303, 409);
    }
    hands.shutdown();
    assertThat(desk.service.decisions.get() - before).isOne();
    assertThat(state(request)).isEqualTo(RequestState.APPROVED);
    assertThat(desk.service.record).contains("olga APPROVE as agreed");
    HttpResponse<String> again = olga.send(html, page + "/approve", Map.of());
    assertThat(again.headers().firstValue("Location")).hasValue(page + "?done=approve#done");
    assertThat(olga.get(page + "?done=approve").body())
        .contains("Approved. The analyst may have this result now.", "On record");
  }

  @Test
  void twoReviewersAtOnce_makeOneDecision_andTheOtherIsTold() throws Exception {
    ApprovalRequest request = desk.filedForTwo();
    String page = "/requests/" + request.id();
    Browser rita = desk.browser();
    rita.login("rita");
    String hers = rita.get(page).body();
    assertThat(olga.decide(page, "reject", Map.of("reason", "purpose")).statusCode())
        .isEqualTo(303);
    HttpResponse<String> late = rita.send(hers, page + "/approve", Map.of());
    assertThat(late.statusCode()).isEqualTo(409);
    assertThat(late.body()).contains("It is decided already", "REJECTED", "changed nothing");
    assertThat(state(request)).isEqualTo(RequestState.REJECTED);
    assertThat(rita.get(page).body())
        .contains("nothing leaves", "It is not needed for the purpose")
        .doesNotContain(page + "/approve");
  }

  @Test
  void twoVotes_areTwo() throws Exception {
    ApprovalRequest request = desk.filedForTwo();
    String page = "/requests/" + request.id();
    olga.decide(page, "approve", Map.of());
    assertThat(olga.get(page + "?done=approve").body())
        .contains("Your vote counts", "1 more vote for visits, of rita")
        .doesNotContain(page + "/approve\"");
    assertThat(state(request)).isEqualTo(RequestState.PENDING);
    Browser rita = desk.browser();
    rita.login("rita");
    rita.decide(page, "approve", Map.of());
    assertThat(state(request)).isEqualTo(RequestState.APPROVED);
  }

  @Test
  void aReason_isNeeded_andReachesTheAnalyst() throws Exception {
    ApprovalRequest request = desk.filed("why not");
    String page = "/requests/" + request.id();
    for (Map<String, String> form :
        List.of(
            Map.of("reason", ""),
            Map.of("reason", "nonsense", "words", "x"),
            Map.of("reason", "other", "words", "  "))) {
      assertThat(olga.decide(page, "reject", form).statusCode()).isEqualTo(400);
    }
    assertThat(olga.decide(page, "return", Map.of("words", " ")).statusCode()).isEqualTo(400);
    assertThat(state(request)).isEqualTo(RequestState.PENDING);
    olga.decide(page, "reject", Map.of("reason", "few", "words", "see burns"));
    assertThat(desk.requests.find(request.id()).orElseThrow().reason())
        .hasValue("Some numbers are about too few people: see burns");
  }

  @Test
  void whatIsDecided_isWhatWasShown() throws Exception {
    ApprovalRequest request = desk.filed("the first reason");
    String page = "/requests/" + request.id();
    String html = olga.get(page).body();
    desk.requests.justify(request.id(), Filings.ADA, "quite another reason");
    HttpResponse<String> answer = olga.send(html, page + "/approve", Map.of());
    assertThat(answer.statusCode()).isEqualTo(409);
    assertThat(answer.body()).contains("changed since you opened it");
    assertThat(state(request)).isEqualTo(RequestState.PENDING);
  }

  @Test
  void aRequestThatEndedMeanwhile_isTold() throws Exception {
    ApprovalRequest request = desk.filed("withdrawn");
    String page = "/requests/" + request.id();
    String html = olga.get(page).body();
    desk.requests.withdraw(request.id(), Filings.ADA);
    assertThat(olga.send(html, page + "/approve", Map.of()).body())
        .contains("It is decided already", "WITHDRAWN");
  }

  @Test
  void anotherSitesPage_decidesNothing() throws Exception {
    ApprovalRequest request = desk.filed("csrf");
    String page = "/requests/" + request.id();
    String html = olga.get(page).body();
    assertThat(olga.post(page + "/approve", Map.of()).statusCode()).isEqualTo(403);
    assertThat(olga.post(page + "/approve", Map.of("csrf", "guessed")).statusCode()).isEqualTo(403);
    Browser other = desk.browser();
    other.login("olga"); // the token of one session is none of another
    other.cookie = olga.cookie.substring(0, olga.cookie.indexOf('=') + 1) + "stolen";
    assertThat(other.send(html, page + "/approve", Map.of()).statusCode()).isEqualTo(401);
    String csrf = html.replaceAll("(?s).*name=\"csrf\" value=\"([^\"]*)\".*", "$1");
    String seen = html.replaceAll("(?s).*name=\"seen\" value=\"([^\"]*)\".*", "$1");
    Map<String, String> form = Map.of("csrf", csrf, "seen", seen);
    assertThat(olga.post(page + "/approve", form, "Origin", "https://evil.example").statusCode())
        .isEqualTo(403);
    assertThat(olga.post(page + "/approve", form, "Sec-Fetch-Site", "cross-site").statusCode())
        .isEqualTo(403);
    assertThat(olga.get(page + "/approve").statusCode()).isEqualTo(404);
    assertThat(state(request)).isEqualTo(RequestState.PENDING);
    assertThat(olga.post(page + "/approve", form, "Sec-Fetch-Site", "same-origin").statusCode())
        .isEqualTo(303);
  }

  @Test
  void loginOfAnotherSite_isRefused() throws Exception {
    HttpResponse<String> answer =
        desk.browser()
            .post(
                "/login",
                Map.of("token", PlayedService.token("olga")),
                "Origin",
                "https://evil.example");
    assertThat(answer.statusCode()).isEqualTo(403);
    assertThat(answer.headers().firstValue("Set-Cookie")).isEmpty();
  }

  @Test
  void aLostSession_losesNothing() throws Exception {
    ApprovalRequest request = desk.filed("lost session");
    String page = "/requests/" + request.id();
    String html = olga.get(page).body();
    desk.clock.pass(Duration.ofMinutes(31));
    HttpResponse<String> answer = olga.send(html, page + "/approve", Map.of());
    assertThat(answer.statusCode()).isEqualTo(401);
    assertThat(answer.body())
        .contains("Your session has ended, and nothing was decided", "value=\"" + page + "\"");
    assertThat(state(request)).isEqualTo(RequestState.PENDING);
    HttpResponse<String> back =
        olga.post("/login", Map.of("token", PlayedService.token("olga"), "next", page));
    assertThat(back.headers().firstValue("Location")).hasValue(page);
  }

  @Test
  void aSession_endsAfterADay_howeverOftenItIsUsed() throws Exception {
    for (int i = 0; i < 26; i++) {
      desk.clock.pass(Duration.ofMinutes(29));
      int status = olga.get("/").statusCode();
      assertThat(status).isEqualTo(i < 24 ? 200 : 401);
    }
  }

  @Test
  void takingATokenAway_endsTheSession() throws Exception {
    Browser otto = desk.browser();
    otto.login("otto");
    assertThat(otto.get("/").statusCode()).isEqualTo(200);
    desk.service.takeAway("otto");
    assertThat(otto.get("/").statusCode()).isEqualTo(401);
  }

  @Test
  void loggingOut_endsTheSession_forThisCookieToo() throws Exception {
    String kept = olga.cookie;
    String html = olga.get("/").body();
    assertThat(olga.send(html, "/logout", Map.of()).statusCode()).isEqualTo(303);
    olga.cookie = kept;
    assertThat(olga.get("/").statusCode()).isEqualTo(401);
  }

  @ParameterizedTest
  @ValueSource(strings = {"https://evil.example/", "//evil.example", "/\\evil", "/login", "/x"})
  void afterLoggingIn_oneStaysHere(String next) throws Exception {
    HttpResponse<String> answer =
        desk.browser().post("/login", Map.of("token", PlayedService.token("olga"), "next", next));
    assertThat(answer.headers().firstValue("Location")).hasValue("/");
  }

  @Test
  void theCookie_isOutOfReach_andEveryAnswerForbidsWhatIsNotNeeded() throws Exception {
    HttpResponse<String> answer = desk.browser().login("olga");
    assertThat(answer.headers().firstValue("Set-Cookie").orElseThrow())
        .contains("HttpOnly", "SameSite=Strict", "Path=/")
        .doesNotContain(PlayedService.token("olga"));
    for (String path : List.of("/", "/login", "/desk.css", "/desk.js", "/nothing")) {
      HttpResponse<String> page = olga.get(path);
      assertThat(page.headers().firstValue("Content-Security-Policy").orElseThrow())
          .contains("default-src 'none'", "frame-ancestors 'none'", "form-action 'self'")
          .doesNotContain("unsafe");
      assertThat(page.headers().firstValue("X-Content-Type-Options")).hasValue("nosniff");
      assertThat(page.headers().firstValue("X-Frame-Options")).hasValue("DENY");
    }
    assertThat(olga.get("/").headers().firstValue("Cache-Control")).hasValue("no-store");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/", "/budgets", "/activity", "/policies"})
  void pages_haveNoScriptOrStyleOfTheirOwn_andAskNobodyElse(String path) throws Exception {
    desk.filed("plain");
    String html = olga.get(path).body();
    assertThat(html)
        .startsWith("<!DOCTYPE html><html lang=\"en\">")
        .doesNotContain("style=", "onclick", "javascript:", "http://", "https://")
        .contains("aria-current=\"page\"", "<main id=\"main\"");
    assertThat(html.split("<script", -1)).hasSize(2);
    assertThat(html).contains("<script src=\"/desk.js\" defer=\"\"></script>");
  }

  @Test
  void textsOfOthers_areHarmless() throws Exception {
    String attack = "<script>alert(1)</script>\"'><img src=x onerror=y>\u202eevil\u200b\u0007";
    ApprovalRequest request = desk.filed(attack);
    List<List<String>> rows = desk.service.rows;
    List<String> columns = desk.service.columns;
    desk.service.rows = List.of(List.of(attack, "1"));
    desk.service.columns = List.of(attack, "n");
    try {
      for (String path : List.of("/", "/requests/" + request.id(), "/activity", "/?q=%3Cb%3E%22")) {
        String html = olga.get(path).body();
        assertThat(html)
            .doesNotContain("<script>alert", "<img", "\u202e", "\u200b", "\u0007", "<b>");
      }
      assertThat(olga.get("/requests/" + request.id()).body())
          .contains("&lt;script&gt;alert(1)", "<span class=\"odd\">\\u202e</span>evil");
    } finally {
      desk.service.rows = rows;
      desk.service.columns = columns;
    }
  }

  @Test
  void aResultOfManyRows_isShownInPages_withItsTotal() throws Exception {
    ApprovalRequest request = desk.filed("many rows");
    List<List<String>> rows = desk.service.rows;
    List<List<String>> many = new ArrayList<>();
    for (int i = 0; i < 100_000; i++) {
      many.add(List.of("ward " + i, "x".repeat(200)));
    }
    desk.service.rows = many;
    try {
      String page = "/requests/" + request.id();
      String html = olga.get(page).body();
      assertThat(html).contains("Rows 1 to 100 of 100000", page + "?from=100", "x".repeat(200));
      assertThat(html.length()).isLessThan(300_000);
      assertThat(olga.get(page + "?from=99950").body())
          .contains("Rows 99951 to 100000 of 100000")
          .doesNotContain("Rows after");
      assertThat(olga.get(page + "?from=-1").statusCode()).isEqualTo(200);
      assertThat(olga.get(page + "?from=999999999").statusCode()).isEqualTo(200);
    } finally {
      desk.service.rows = rows;
    }
  }

  @Test
  void aResultThatIsNotThere_cannotBeApproved() throws Exception {
    ApprovalRequest request = desk.filed("too large");
    desk.service.problem = Optional.of("the result has more rows than a result may have");
    try {
      String page = "/requests/" + request.id();
      assertThat(olga.get(page).body())
          .contains("more rows than a result may have", "It cannot be approved", page + "/reject")
          .doesNotContain(page + "/approve");
    } finally {
      desk.service.problem = Optional.empty();
    }
  }

  @Test
  void theResultOfADecidedRequest_neednotBeKept() throws Exception {
    ApprovalRequest request = desk.filed("decided long ago");
    String page = "/requests/" + request.id();
    olga.decide(page, "reject", Map.of("reason", "few"));
    desk.service.problem = Optional.of("the stored result is not the one that was judged");
    try {
      assertThat(olga.get(page).body())
          .contains("It is not kept any more", "nothing leaves")
          .doesNotContain("Cannot be approved", "is not the one that was judged");
    } finally {
      desk.service.problem = Optional.empty();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"/", "/requests/r-1", "/budgets", "/activity"})
  void whenTheStoreIsDown_itIsSaid(String path) throws Exception {
    desk.service.isDown = true;
    try {
      HttpResponse<String> answer = olga.get(path);
      assertThat(answer.statusCode()).isEqualTo(503);
      assertThat(answer.body())
          .contains("The store does not answer", "Nothing was decided, and nothing is lost");
    } finally {
      desk.service.isDown = false;
    }
    assertThat(olga.get("/").statusCode()).isEqualTo(200);
  }

  @Test
  void aPolicyThatIsNotInForce_isSaidOnEveryPage() throws Exception {
    desk.service.policyProblem = Optional.of("hospital.yaml, line 3: there is no such key");
    try {
      for (String path : List.of("/", "/budgets", "/activity", "/policies")) {
        assertThat(olga.get(path).body())
            .contains("are not in force", "hospital.yaml, line 3: there is no such key");
      }
    } finally {
      desk.service.policyProblem = Optional.empty();
    }
  }

  @Test
  void activity_isSearched_andPatternsAreNamed() throws Exception {
    assertThat(olga.get("/activity").body())
        .contains("bob was refused with SMALL_GROUP 6 times", "7 of the newest 7");
    assertThat(olga.get("/activity?q=project").body()).contains("1 of the newest 7");
    assertThat(olga.get("/activity?verdict=REFUSED").body()).contains("6 of the newest 7");
  }

  @Test
  void policies_areWords() throws Exception {
    assertThat(olga.get("/policies").body())
        .contains("each row of the answer rests on at least 10 people", "one value of id");
  }

  @Test
  void inPlainText_theDeskHasNoOtherNameThanThisMachines() throws Exception {
    assertThat(raw("GET / HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n"))
        .startsWith("HTTP/1.1 421");
    assertThat(raw("GET /login HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"))
        .startsWith("HTTP/1.1 200");
  }

  @Test
  void otherMethodsAndLargeForms_areRefused() throws Exception {
    assertThat(raw("DELETE / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"))
        .startsWith("HTTP/1.1 405");
    assertThat(olga.post("/login", Map.of("token", "x".repeat(70_000))).statusCode())
        .isEqualTo(413);
  }

  /** Between the look at what was seen and the vote, the analyst says something else. */
  @ParameterizedTest
  @ValueSource(strings = {"approve", "reject", "return"})
  void aRequestThatChangesUnderTheHand_isNotDecided(String deed) throws Exception {
    ApprovalRequest request = desk.filed("one reason");
    String page = "/requests/" + request.id();
    desk.service.beforeDeciding =
        () -> desk.requests.justify(request.id(), Filings.ADA, "quite another reason");
    try {
      HttpResponse<String> answer =
          olga.decide(page, deed, Map.of("reason", "purpose", "words", "w"));
      assertThat(answer.statusCode()).isEqualTo(409);
      assertThat(answer.body()).contains("changed since it was read");
    } finally {
      desk.service.beforeDeciding = () -> {};
    }
    assertThat(state(request)).isEqualTo(RequestState.PENDING);
    assertThat(desk.requests.find(request.id()).orElseThrow().votes()).isEmpty();
  }

  @Test
  void readingAResult_isOnRecord_onceForEachSession() throws Exception {
    ApprovalRequest request = desk.filed("to be read");
    String page = "/requests/" + request.id();
    olga.get(page);
    olga.get(page + "?from=1");
    String record = "olga " + request.id();
    assertThat(desk.service.read).containsOnlyOnce(record);
    Browser later = desk.browser();
    later.login("olga");
    later.get(page);
    assertThat(desk.service.read.stream().filter(record::equals)).hasSize(2);
  }

  /** Each character grows to thirty: a hundred long rows are no page that ends the server. */
  @Test
  void longValues_areCut_andAPageHasAnEnd() throws Exception {
    ApprovalRequest request = desk.filed("long rows");
    List<List<String>> before = desk.service.rows;
    String value = "\u0301".repeat(100_000);
    desk.service.rows = Collections.nCopies(100, Collections.nCopies(5, value));
    desk.service.columns = List.of("a", "b", "c", "d", "e");
    try {
      String html = olga.get("/requests/" + request.id()).body();
      assertThat(html).hasSizeLessThan(6_000_000);
      assertThat(html).contains("cut after 2000 characters of 100000", "This page is full");
      Matcher next = Pattern.compile("from=([0-9]+)\">Rows after").matcher(html);
      assertThat(next.find()).isTrue();
      assertThat(Integer.parseInt(next.group(1))).isBetween(1, 99);
      assertThat(html).contains("Rows 1 to " + next.group(1) + " of 100");
    } finally {
      desk.service.rows = before;
      desk.service.columns = List.of("ward", "count");
    }
  }

  /** A column that is only called like the key says nothing about people. */
  @Test
  void peopleBesideARow_areThoseOfItsKey_orNotKnown() throws Exception {
    ApprovalRequest request = desk.filed("renamed columns");
    String page = "/requests/" + request.id();
    desk.service.columns = List.of("x", "ward");
    List<List<String>> before = desk.service.rows;
    desk.service.rows = List.of(List.of("burns", "urology"));
    try {
      assertThat(olga.get(page).body())
          .contains("<tr class=\"small\">", "<strong>3</strong><span> under 10</span>");
      desk.service.evidence = PlayedService.EVIDENCE.replace(",\"outputs\":[0]", "");
      assertThat(olga.get(page).body())
          .contains("On how many people each single row rests is not known")
          .doesNotContain("people of hospital.stays");
      desk.service.evidence = PlayedService.EVIDENCE.replace("[0]", "[7]");
      assertThat(olga.get(page).body()).doesNotContain("people of hospital.stays");
    } finally {
      desk.service.evidence = PlayedService.EVIDENCE;
      desk.service.columns = List.of("ward", "count");
      desk.service.rows = before;
    }
  }

  @Test
  void answersAboutFramesOfOthers_areANumber() throws Exception {
    ApprovalRequest request = desk.filed("others' frames");
    desk.service.othersEarlier = 41;
    try {
      assertThat(olga.get("/requests/" + request.id()).body())
          .contains("42 answers", "41 of them also about frames on which you do not decide");
    } finally {
      desk.service.othersEarlier = 0;
    }
  }

  private static String raw(String request) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), desk.address().getPort())) {
      OutputStream out = socket.getOutputStream();
      out.write(request.getBytes(StandardCharsets.ISO_8859_1));
      out.flush();
      InputStream in = socket.getInputStream();
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private static RequestState state(ApprovalRequest request) {
    return desk.requests.find(request.id()).orElseThrow().state();
  }
}
