package io.sallyport.connect.desk.http;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import io.sallyport.connect.desk.DeskRefusal;
import io.sallyport.connect.desk.DeskService;
import io.sallyport.connect.desk.page.ActivityPage;
import io.sallyport.connect.desk.page.BudgetsPage;
import io.sallyport.connect.desk.page.LoginPage;
import io.sallyport.connect.desk.page.PoliciesPage;
import io.sallyport.connect.desk.page.ProblemPage;
import io.sallyport.connect.desk.page.QueuePage;
import io.sallyport.connect.desk.page.Viewer;
import java.io.IOException;
import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.ScheduledExecutorService;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Which page or deed is meant, and what is shown when there is none. */
final class Routes implements HttpHandler {
  private static final Logger LOG = LoggerFactory.getLogger(Routes.class);
  private static final Pattern REQUEST =
      Pattern.compile("/requests/([A-Za-z0-9_-]{1,64})(?:/(approve|reject|return))?");
  private static final int RECORDS = 2_000;

  private final DeskService service;
  private final Doorkeeper door;
  private final RequestRoutes requests;
  private final Verdicts verdicts;
  private final Clock clock;
  private final boolean isSecure;

  Routes(DeskService service, Clock clock, boolean isSecure, ScheduledExecutorService later) {
    this.service = service;
    this.door = new Doorkeeper(service, clock, later);
    OneReading reading = new OneReading();
    this.requests = new RequestRoutes(service, clock, reading);
    this.verdicts = new Verdicts(service, reading);
    this.clock = clock;
    this.isSecure = isSecure;
  }

  @Override
  public void handle(HttpExchange exchange) throws IOException {
    Call call = new Call(exchange, isSecure);
    try {
      answer(call);
    } catch (DeskRefusal e) {
      refused(call, e);
    } catch (RuntimeException e) {
      service.trouble("A page of the desk failed", e);
      LOG.error("A page of the desk failed with a {}", e.getClass().getName());
      problem(call, 500, "That went wrong", "The server's log says more. Nothing was decided.");
    }
  }

  private void answer(Call call) throws IOException {
    if (!call.isForUs()) {
      problem(
          call,
          421,
          "This is not the address of the desk",
          "Without TLS the desk is for this machine only: open it as http://127.0.0.1 or http://localhost");
      return;
    }
    switch (call.method()) {
      case "GET", "HEAD" -> get(call);
      case "POST" -> post(call);
      default -> problem(call, 405, "The desk does not do that", "Pages are read and forms sent.");
    }
  }

  private void get(Call call) throws IOException {
    Optional<StaticFile> file = StaticFile.of(call.path());
    if (file.isPresent()) {
      call.file(file.get().type(), file.get().text());
      return;
    }
    if (call.path().equals("/login")) {
      call.page(200, LoginPage.of(Optional.empty(), "/"));
      return;
    }
    Optional<Viewer> viewer = door.viewer(call);
    if (viewer.isEmpty()) {
      Optional<String> message =
          call.secret().isEmpty() ? Optional.empty() : Optional.of("Your session has ended.");
      call.page(401, LoginPage.of(message, Doorkeeper.place(call.path())));
      return;
    }
    page(call, viewer.get());
  }

  private void page(Call call, Viewer viewer) throws IOException {
    Matcher request = REQUEST.matcher(call.path());
    if (request.matches() && request.group(2) == null) {
      requests.show(call, viewer, request.group(1));
      return;
    }
    switch (call.path()) {
      case "/" -> call.page(200, queue(viewer, call.query()));
      case "/budgets" ->
          call.page(
              200,
              BudgetsPage.of(
                  viewer,
                  service.balances(viewer.person()),
                  service.spending(viewer.person()),
                  service.policies(),
                  clock.instant()));
      case "/activity" -> call.page(200, activity(viewer, call.query()));
      case "/policies" -> call.page(200, PoliciesPage.of(viewer, service.policies()));
      default ->
          call.page(
              404,
              ProblemPage.of(
                  Optional.of(viewer), "There is no such page", "", "/", "To the requests"));
    }
  }

  private String queue(Viewer viewer, Parameters query) {
    String state = query.get("state");
    QueuePage.Filter filter =
        new QueuePage.Filter(
            QueuePage.Filter.STATES.contains(state) ? state : QueuePage.Filter.STATES.get(0),
            query.get("q"));
    return QueuePage.of(
        viewer,
        service.requests(viewer.person()),
        filter,
        request -> verdicts.of(viewer.person(), request, service.policies()),
        clock.instant());
  }

  private String activity(Viewer viewer, Parameters query) {
    return ActivityPage.of(
        viewer,
        service.activity(viewer.person(), RECORDS),
        service.requests(viewer.person()),
        new ActivityPage.Filter(query.get("q"), query.get("verdict")),
        clock.instant());
  }

  private void post(Call call) throws IOException {
    Optional<Parameters> form = call.form();
    if (form.isEmpty()) {
      problem(call, 413, "That is too much", "No form of the desk is so large.");
      return;
    }
    if (!call.isOfOurPages()) {
      foreign(call);
      return;
    }
    if (call.path().equals("/login")) {
      door.login(call, form.get());
      return;
    }
    Optional<Viewer> viewer = door.viewer(call);
    Matcher request = REQUEST.matcher(call.path());
    boolean decides = request.matches() && request.group(2) != null;
    if (viewer.isEmpty()) {
      String back = decides ? "/requests/" + request.group(1) : "/";
      call.page(
          401,
          LoginPage.of(
              Optional.of("Your session has ended, and nothing was decided. Log in to go on."),
              Doorkeeper.place(back)));
    } else if (!Doorkeeper.isOwnForm(viewer.get(), form.get())) {
      foreign(call);
    } else if (call.path().equals("/logout")) {
      door.logout(call);
    } else if (decides) {
      requests.decide(call, viewer.get(), request.group(1), request.group(2), form.get());
    } else {
      problem(call, 404, "There is no such form", "");
    }
  }

  private void foreign(Call call) throws IOException {
    problem(
        call,
        403,
        "This did not come from a page of the desk",
        "Nothing was done. Open the desk and try again.");
  }

  private void refused(Call call, DeskRefusal refusal) throws IOException {
    switch (refusal.kind()) {
      case UNKNOWN -> problem(call, 404, "There is no such request for you", refusal.getMessage());
      case CONFLICT ->
          problem(call, 409, "That cannot be done as things stand", refusal.getMessage());
      case FORBIDDEN -> problem(call, 403, "You may not do that", refusal.getMessage());
      case BUSY -> problem(call, 503, "The desk is busy", refusal.getMessage() + ". Try again.");
      case UNAVAILABLE ->
          problem(
              call,
              503,
              "The store does not answer",
              refusal.getMessage()
                  + "\nNothing was decided, and nothing is lost. Try again later.");
    }
  }

  private static void problem(Call call, int status, String title, String text) throws IOException {
    call.page(status, ProblemPage.of(Optional.empty(), title, text, "/", "To the requests"));
  }
}
