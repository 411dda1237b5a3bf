package io.sallyport.connect.desk.page;

import io.sallyport.policy.request.ApprovalRequest;
import io.sallyport.policy.request.Demand;
import io.sallyport.policy.request.MissingVotes;
import io.sallyport.policy.request.RequestState;
import io.sallyport.policy.request.Vote;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Who asks for what, and since when. */
public final class QueuePage {
  private static final Duration LONG = Duration.ofDays(1);

  private QueuePage() {}

  /**
   * Which requests are shown.
   *
   * @param state WAITING, one of the states, or ALL
   * @param text what must occur somewhere in it
   */
  public record Filter(String state, String text) {
    public static final List<String> STATES =
        List.of(
            "WAITING",
            "PENDING",
            "RETURNED",
            "APPROVED",
            "REJECTED",
            "EXPIRED",
            "WITHDRAWN",
            "ALL");

    boolean admits(ApprovalRequest request) {
      boolean ofState =
          switch (state) {
            case "ALL" -> true;
            case "WAITING" -> request.state().isOpen();
            default -> request.state().name().equals(state);
          };
      String all =
          request.id()
              + ' '
              + request.key().principal()
              + ' '
              + request.justification()
              + ' '
              + frames(request);
      return ofState
          && all.toLowerCase(Locale.ROOT).contains(text.strip().toLowerCase(Locale.ROOT));
    }
  }

  /**
   * The page.
   *
   * @param verdicts of those that are open
   */
  public static String of(
      Viewer viewer,
      List<ApprovalRequest> requests,
      Filter filter,
      Function<ApprovalRequest, Verdict> verdicts,
      Instant now) {
    List<ApprovalRequest> shown = requests.stream().filter(filter::admits).toList();
    return Layout.page(
        viewer,
        "Requests",
        "/",
        page -> {
          page.say("h1", "Requests");
          filters(page, filter);
          if (shown.isEmpty()) {
            page.say("p", nothing(requests, filter), "class", "card");
            return;
          }
          page.open("ul", "class", "queue", "aria-label", "Requests");
          shown.forEach(request -> item(page, viewer, request, verdicts, now));
          page.close();
          page.open("p", "class", "hint keys");
          page.say("kbd", "j").text(" and ").say("kbd", "k").text(" move, ");
          page.say("kbd", "Enter").text(" opens; in a request ").say("kbd", "a");
          page.text(" goes to approving and ").say("kbd", "r").text(" to rejecting.");
          page.close();
        });
  }

  private static String nothing(List<ApprovalRequest> requests, Filter filter) {
    boolean isUsual = filter.state().equals("WAITING") && filter.text().isBlank();
    return isUsual || requests.isEmpty()
        ? "Nothing waits for you."
        : "No request is like that. There are " + requests.size() + " in all.";
  }

  private static void filters(Markup page, Filter filter) {
    page.open("form", "method", "get", "action", "/", "class", "filters", "role", "search");
    page.say("label", "Show", "for", "state");
    page.open("select", "id", "state", "name", "state");
    for (String state : Filter.STATES) {
      String name = state.charAt(0) + state.substring(1).toLowerCase(Locale.ROOT);
      if (state.equals(filter.state())) {
        page.say("option", name, "value", state, "selected", "");
      } else {
        page.say("option", name, "value", state);
      }
    }
    page.close();
    page.say("label", "with", "for", "q");
    page.empty("input", "id", "q", "name", "q", "type", "search", "value", filter.text());
    page.say("button", "Filter", "type", "submit", "class", "quiet");
    page.close();
  }

  private static void item(
      Markup page,
      Viewer viewer,
      ApprovalRequest request,
      Function<ApprovalRequest, Verdict> verdicts,
      Instant now) {
    page.open("li", "class", "card item");
    page.open("a", "href", "/requests/" + request.id(), "class", "go");
    page.show("strong", request.key().principal()).text(" asks about ").others(frames(request));
    page.close();
    page.open("p", "class", "meta");
    page.say("span", request.state().name(), "class", "state " + request.state().name());
    boolean isLong = request.state().isOpen() && request.filedAt().plus(LONG).isBefore(now);
    page.open("span", "class", isLong ? "late" : "since")
        .text(isLong ? "waiting long, filed " : "filed ");
    When.show(page, request.filedAt(), now);
    page.close();
    page.show("span", request.id(), "class", "id");
    page.close();
    if (request.state() == RequestState.PENDING) {
      Verdict verdict = verdicts.apply(request);
      page.show("p", verdict.sentence(), "class", verdict.isGrave() ? "verdict grave" : "verdict");
    }
    page.open("p", "class", "why").text("For: ");
    page.others(
        request.justification().isBlank() ? "no reason was given" : request.justification());
    page.close();
    votes(page, viewer, request);
    page.close();
  }

  private static void votes(Markup page, Viewer viewer, ApprovalRequest request) {
    List<String> missing = MissingVotes.of(request);
    if (!missing.isEmpty()) {
      page.show("p", "Needs " + String.join("; ", missing), "class", "votes");
    }
    boolean hasVoted =
        request.votes().stream()
            .filter(Vote::approves)
            .anyMatch(vote -> vote.decider().equals(viewer.person().name()));
    if (request.state().isOpen() && hasVoted) {
      page.say("p", "You have agreed.", "class", "votes");
    }
  }

  static String frames(ApprovalRequest request) {
    return request.demands().stream()
        .map(Demand::frame)
        .map(Object::toString)
        .collect(Collectors.joining(", "));
  }
}
