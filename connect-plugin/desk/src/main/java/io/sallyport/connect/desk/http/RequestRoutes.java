package io.sallyport.connect.desk.http;

import io.sallyport.connect.desk.DeskService;
import io.sallyport.connect.desk.DeskService.Decision;
import io.sallyport.connect.desk.RequestFile;
import io.sallyport.connect.desk.page.ProblemPage;
import io.sallyport.connect.desk.page.Reasons;
import io.sallyport.connect.desk.page.RequestPage;
import io.sallyport.connect.desk.page.Viewer;
import io.sallyport.policy.request.ApprovalRequest;
import io.sallyport.policy.request.RequestState;
import io.sallyport.policy.request.SeenRequest;
import io.sallyport.policy.request.Vote;
import java.io.IOException;
import java.time.Clock;
import java.util.Locale;
import java.util.Optional;

/** Showing a request and deciding on it: on exactly what was shown, and once. */
final class RequestRoutes {
  private static final int MOST_FIRST = 100_000_000;

  private final DeskService service;
  private final Clock clock;
  private final OneReading reading;
  private final FirstReadings readings;

  RequestRoutes(DeskService service, Clock clock, OneReading reading) {
    this.service = service;
    this.reading = reading;
    this.readings = new FirstReadings(service);
    this.clock = clock;
  }

  void show(Call call, Viewer viewer, String id) throws IOException {
    int first = first(call.query().get("from"));
    String done = call.query().get("done");
    readings.reads(viewer, id);
    call.page(200, reading.alone(() -> page(viewer, id, first, done)));
  }

  private String page(Viewer viewer, String id, int first, String done) {
    RequestFile file = service.file(viewer.person(), id, first, RequestPage.ROWS);
    return RequestPage.of(
        viewer,
        file,
        service.policies(),
        done(done, file.request(), viewer),
        seen(file.request()),
        first,
        clock.instant());
  }

  void decide(Call call, Viewer viewer, String id, String deed, Parameters form)
      throws IOException {
    Decision decision = Decision.valueOf(deed.toUpperCase(Locale.ROOT));
    ApprovalRequest request =
        reading.alone(() -> service.file(viewer.person(), id, 0, 0)).request();
    if (decision == Decision.APPROVE && hasAgreed(request, viewer)) {
      call.redirect(after(id, deed)); // a second click
    } else if (!request.state().isOpen()) {
      problem(
          call,
          viewer,
          409,
          "It is decided already",
          "This request is " + request.state() + ". Your click changed nothing.",
          id);
    } else if (!form.get("seen").equals(seen(request))) {
      problem(
          call,
          viewer,
          409,
          "The request changed since you opened it",
          "Its reason, its terms or its result are not those that you read. Nothing was decided.",
          id);
    } else {
      decide(call, viewer, request, decision, form);
    }
  }

  private void decide(
      Call call, Viewer viewer, ApprovalRequest request, Decision decision, Parameters form)
      throws IOException {
    String id = request.id();
    Optional<String> words = words(decision, form);
    if (words.isEmpty()) {
      problem(
          call,
          viewer,
          400,
          "A reason is missing",
          "Say why, so that the analyst can do better.",
          id);
      return;
    }
    service.decide(viewer.person(), id, decision, words.get(), SeenRequest.of(request));
    call.redirect(after(id, decision.name().toLowerCase(Locale.ROOT)));
  }

  private static Optional<String> words(Decision decision, Parameters form) {
    String own = form.get("words").strip();
    return switch (decision) {
      case APPROVE -> Optional.of(own);
      case REJECT -> Reasons.of(form.get("reason"), own);
      case RETURN -> Optional.of(own).filter(text -> !text.isEmpty());
    };
  }

  private static String after(String id, String deed) {
    return "/requests/" + id + "?done=" + deed + "#done";
  }

  private static Optional<String> done(String deed, ApprovalRequest request, Viewer viewer) {
    RequestState state = request.state();
    return switch (deed) {
      case "approve" ->
          state == RequestState.APPROVED
              ? Optional.of("Approved. The analyst may have this result now.")
              : Optional.of("Your vote counts. Others have to agree as well.")
                  .filter(words -> state.isOpen() && hasAgreed(request, viewer));
      case "reject" ->
          Optional.of("Rejected. Nothing leaves.").filter(w -> state == RequestState.REJECTED);
      case "return" ->
          Optional.of("Returned to the analyst.").filter(w -> state == RequestState.RETURNED);
      default -> Optional.empty();
    };
  }

  private static boolean hasAgreed(ApprovalRequest request, Viewer viewer) {
    return request.votes().stream()
        .filter(Vote::approves)
        .anyMatch(vote -> vote.decider().equals(viewer.person().name()));
  }

  /** Names what a decision is about, beside the request's id: reason, terms, data and result. */
  private static String seen(ApprovalRequest request) {
    return Sessions.hash(
        String.join(
            "\n",
            request.key().toString(),
            request.artifactId(),
            request.resultHash(),
            request.justification(),
            request.demands().toString()));
  }

  private static int first(String text) {
    return text.matches("[0-9]{1,9}") ? Math.min(MOST_FIRST, Integer.parseInt(text)) : 0;
  }

  private static void problem(
      Call call, Viewer viewer, int status, String title, String text, String id)
      throws IOException {
    call.page(
        status,
        ProblemPage.of(
            Optional.of(viewer), title, text, "/requests/" + id, "To the request as it stands"));
  }
}
