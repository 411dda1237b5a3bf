package io.sallyport.connect.desk.page;

import io.sallyport.connect.desk.RequestFile;
import io.sallyport.policy.artifact.ResultName;
import io.sallyport.policy.frame.FrameName;
import io.sallyport.policy.frame.PolicySet;
import io.sallyport.policy.ledger.GivenAnswer;
import io.sallyport.policy.request.ApprovalRequest;
import io.sallyport.policy.request.MissingVotes;
import io.sallyport.policy.request.Vote;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** One request, as somebody reads it who decides on it: from who and why to what leaves. */
public final class RequestPage {

  /** How many rows of a result are on a page. */
  public static final int ROWS = 100;

  private final Viewer viewer;
  private final RequestFile file;
  private final PolicySet policies;
  private final Instant now;
  private final ApprovalRequest request;
  private final Evidence evidence;
  private final Thresholds thresholds;

  private RequestPage(Viewer viewer, RequestFile file, PolicySet policies, Instant now) {
    this.viewer = viewer;
    this.file = file;
    this.policies = policies;
    this.now = now;
    this.request = file.request();
    this.evidence = Evidence.of(file.evidence());
    this.thresholds = new Thresholds(policies);
  }

  /**
   * The page.
   *
   * @param done what was just decided, in words of ours
   * @param seen names what is shown: a decision is about exactly that
   * @param first the number of the first row that is shown, from 0
   */
  public static String of(
      Viewer viewer,
      RequestFile file,
      PolicySet policies,
      Optional<String> done,
      String seen,
      int first,
      Instant now) {
    RequestPage page = new RequestPage(viewer, file, policies, now);
    return Layout.page(
        viewer, "Request " + file.request().id(), "", m -> page.content(m, done, seen, first));
  }

  private void content(Markup page, Optional<String> done, String seen, int first) {
    page.open("p").say("a", "All requests", "href", "/", "class", "back").close();
    done.ifPresent(words -> confirmation(page, words));
    who(page);
    verdict(page);
    question(page);
    result(page, first);
    earlier(page);
    decide(page, seen);
  }

  private void confirmation(Markup page, String words) {
    page.open("div", "class", "card done", "role", "status", "id", "done");
    page.say("strong", words);
    page.open("p").text("On record: ");
    page.others(viewer.person().name() + ", request " + request.id() + ", now " + request.state());
    ResultName.shown(request.resultHash())
        .ifPresent(name -> page.text(", result ").show("code", name));
    page.close().close();
  }

  private void who(Markup page) {
    page.open("section", "class", "card", "aria-labelledby", "who");
    page.open("h1", "id", "who");
    page.others(request.key().principal()).text(" asks about ").others(QueuePage.frames(request));
    page.close();
    page.open("p", "class", "meta");
    page.say("span", request.state().name(), "class", "state " + request.state().name());
    page.show("span", request.id(), "class", "id");
    page.open("span").text("filed ");
    When.show(page, request.filedAt(), now);
    page.close();
    if (request.state().isOpen()) {
      page.open("span").text("ends ");
      When.show(page, request.expiresAt(), now);
      page.close();
    }
    page.close();
    page.open("p", "class", "why").say("strong", "Why: ");
    page.others(
        request.justification().isBlank() ? "no reason was given" : request.justification());
    page.close();
    List<String> missing = MissingVotes.of(request);
    if (!missing.isEmpty()) {
      page.open("p", "class", "votes").say("strong", "Still needed: ");
      page.others(String.join("; ", missing)).close();
    }
    request.votes().forEach(vote -> vote(page, vote));
    request
        .reason()
        .ifPresent(reason -> page.open("p").say("strong", "Said: ").others(reason).close());
    page.close();
  }

  private void vote(Markup page, Vote vote) {
    page.open("p", "class", "votes");
    page.others(vote.decider());
    page.text(vote.approves() ? " agreed for " : " did not agree for ");
    page.others(vote.frame().toString()).text(", ");
    When.show(page, vote.at(), now);
    if (!vote.comment().isBlank()) {
      page.text(": ").others(vote.comment());
    }
    page.close();
  }

  private void verdict(Markup page) {
    Verdict verdict = Verdict.of(file, policies);
    page.open("section", "class", verdict.isGrave() ? "card verdict grave" : "card verdict");
    page.say("h2", "Why it did not leave by itself");
    page.show("p", verdict.sentence(), "class", "sentence");
    page.open("ul");
    request
        .demands()
        .forEach(
            demand ->
                demand
                    .grounds()
                    .forEach(ground -> page.show("li", demand.frame() + ": " + ground)));
    page.close().close();
  }

  private void question(Markup page) {
    page.open("section", "class", "card").say("h2", "The question, in words");
    page.open("ol", "class", "steps");
    page.lines(request.planInWords().replaceAll("(?m)^[0-9]+[.] ", ""), "li");
    page.close();
    page.open("details").say("summary", "The plan, as Spark has it");
    page.open("div", "class", "plan");
    page.lines(request.question(), "div");
    page.close().close().close();
  }

  private void result(Markup page, int first) {
    page.open("section", "class", "card").say("h2", "The result, exactly as it would leave");
    if (file.problem().isPresent()) {
      String why =
          request.state().isOpen()
              ? "It is not shown: " + file.problem().get()
              : "It is not kept any more.";
      page.show("p", why, "class", "note");
      page.close();
      return;
    }
    String wiped =
        request.demands().stream()
            .flatMap(demand -> wiped(demand.frame()))
            .collect(Collectors.joining(", "));
    if (!wiped.isEmpty()) {
      page.open("p", "class", "hint").text("Whatever is computed of these is wiped already: ");
      page.others(wiped).close();
    }
    int shown = ResultTable.show(page, file, evidence, thresholds, first);
    pages(page, first, shown);
    page.open("details", "open", "").say("summary", "On how many people it rests");
    People.show(page, evidence, thresholds);
    page.close().close();
  }

  private Stream<String> wiped(FrameName frame) {
    return policies.frame(frame).stream()
        .flatMap(found -> found.blacklist().stream().map(column -> column + " of " + frame));
  }

  private void pages(Markup page, int first, int shown) {
    long last = first + (long) shown;
    String path = "/requests/" + request.id() + "?from=";
    page.open("p", "class", "pages");
    page.text(
        file.rows().isEmpty()
            ? "0 rows"
            : "Rows %d to %d of %d".formatted(first + 1, last, file.total()));
    if (first > 0) {
      page.text(" ").say("a", "Rows before", "href", path + Math.max(0, first - ROWS));
    }
    if (last < file.total()) {
      page.text(" ").say("a", "Rows after", "href", path + last);
    }
    if (shown < file.rows().size()) {
      page.text(" This page is full: the rows are long.");
    }
    page.close();
  }

  private void earlier(Markup page) {
    long count = file.earlier().count();
    long others = file.earlier().others();
    page.open("section", "class", "card");
    page.open("h2").text("What ").others(request.key().principal());
    page.text(" already has of the same data").close();
    if (count == 0) {
      page.say("p", "Nothing.");
    } else {
      page.say("p", count == 1 ? "1 answer." : count + " answers; the newest:");
      if (others > 0) {
        page.say("p", others + " of them also about frames on which you do not decide: not shown.");
      }
      page.open("ul", "class", "earlier");
      file.earlier().newest().forEach(answer -> earlier(page, answer));
      page.close();
    }
    page.close();
  }

  private void earlier(Markup page, GivenAnswer answer) {
    page.open("li").open("span", "class", "meta");
    When.show(page, answer.at(), now);
    page.text(" - " + answer.rows() + (answer.rows() == 1 ? " row" : " rows"));
    if (answer.times() > 1) {
      page.text(" - " + answer.times() + " times");
    }
    answer.cost().ifPresent(cost -> page.text(" - charged ").others(cost));
    answer
        .request()
        .ifPresent(id -> page.text(" - by request ").say("a", id, "href", "/requests/" + id));
    page.close();
    page.show("p", answer.words()).close();
  }

  private void decide(Markup page, String seen) {
    page.open("section", "class", "card decide", "aria-labelledby", "decide");
    page.say("h2", "Decide", "id", "decide");
    if (!request.state().isOpen()) {
      page.say("p", "It is decided: " + STATES.get(request.state().name()) + ".");
      page.close();
      return;
    }
    boolean hasVoted =
        request.votes().stream()
            .anyMatch(v -> v.approves() && v.decider().equals(viewer.person().name()));
    if (hasVoted) {
      page.say(
          "p",
          "You have agreed. Others have to agree as well; until then you can change your mind.");
    } else if (file.problem().isPresent() || evidence.problem().isPresent()) {
      page.say("p", "It cannot be approved, because there is no result to approve.");
    } else {
      approve(page, seen);
    }
    reject(page, seen);
    giveBack(page, seen);
    page.close();
  }

  private static final Map<String, String> STATES =
      Map.of(
          "APPROVED", "the analyst may have this result, and no other",
          "REJECTED", "nothing leaves",
          "WITHDRAWN", "the analyst took it back",
          "EXPIRED", "nobody decided in time");

  private void approve(Markup page, String seen) {
    form(page, "approve", seen);
    page.say("h3", "Let this result out");
    page.say("label", "A comment for the record, if you like", "for", "comment");
    page.empty(
        "input", "id", "comment", "name", "words", "maxlength", "1000", "autocomplete", "off");
    page.say("button", "Approve", "type", "submit", "class", "approve");
    page.say(
        "p",
        "%s gets exactly the rows above, once more whenever the same question is asked of the same data, and nothing else."
            .formatted(request.key().principal()),
        "class",
        "hint");
    page.close();
  }

  private void reject(Markup page, String seen) {
    form(page, "reject", seen);
    page.say("h3", "Keep it here");
    page.say("label", "Reason", "for", "reason");
    page.open("select", "id", "reason", "name", "reason", "required", "");
    page.say("option", "Choose one", "value", "");
    Reasons.ALL.forEach((key, words) -> page.say("option", words, "value", key));
    page.close();
    page.say("label", "In your own words (needed for the last one)", "for", "more");
    page.empty("input", "id", "more", "name", "words", "maxlength", "1000", "autocomplete", "off");
    page.say("button", "Reject", "type", "submit", "class", "reject");
    page.close();
  }

  private void giveBack(Markup page, String seen) {
    form(page, "return", seen);
    page.say("h3", "Ask back");
    page.say("label", "What the analyst should explain", "for", "ask");
    page.empty(
        "input",
        "id",
        "ask",
        "name",
        "words",
        "maxlength",
        "1000",
        "required",
        "",
        "autocomplete",
        "off");
    page.say("button", "Return", "type", "submit", "class", "quiet");
    page.close();
  }

  private void form(Markup page, String decision, String seen) {
    page.open(
        "form",
        "method",
        "post",
        "action",
        "/requests/" + request.id() + "/" + decision,
        "class",
        "decision");
    Layout.csrf(page, viewer);
    page.empty("input", "type", "hidden", "name", "seen", "value", seen);
  }
}
