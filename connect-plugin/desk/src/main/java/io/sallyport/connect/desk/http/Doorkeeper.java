package io.sallyport.connect.desk.http;

import io.sallyport.connect.desk.DeskService;
import io.sallyport.connect.desk.page.LoginPage;
import io.sallyport.connect.desk.page.Viewer;
import io.sallyport.policy.frame.PolicySet;
import io.sallyport.policy.principal.Credential;
import io.sallyport.policy.principal.Principal;
import io.sallyport.policy.principal.Role;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;

/**
 * Who comes in: owners, and whoever is named as the owner or a reviewer of some frame. Looked at
 * anew with every request, so that who may no more is out with the next one. Safe for threads.
 */
final class Doorkeeper {
  private static final Pattern PLACE =
      Pattern.compile("/(?:requests/[A-Za-z0-9_-]{1,64}|budgets|activity|policies)?");
  private static final int MOST_WAITING = 40;

  private final DeskService service;
  private final Sessions sessions;
  private final FailedLogins failures;
  private final ScheduledExecutorService later;
  private final AtomicInteger waiting = new AtomicInteger();

  Doorkeeper(DeskService service, Clock clock, ScheduledExecutorService later) {
    this.service = service;
    this.sessions = new Sessions(clock);
    this.failures = new FailedLogins(clock);
    this.later = later;
  }

  /** Who is logged in with this call. */
  Optional<Viewer> viewer(Call call) {
    String secret = call.secret();
    if (secret.isEmpty()) {
      return Optional.empty();
    }
    Optional<Sessions.Session> session = sessions.find(secret);
    if (session.isEmpty()) {
      return Optional.empty();
    }
    Credential credential = session.get().credential();
    if (!service.isInForce(credential) || !mayOpen(credential.principal(), service.policies())) {
      sessions.end(secret);
      return Optional.empty();
    }
    return Optional.of(
        new Viewer(credential.principal(), session.get().csrf(), service.policyProblem()));
  }

  static boolean mayOpen(Principal person, PolicySet policies) {
    return person.role() == Role.OWNER
        || policies.frames().stream().anyMatch(frame -> frame.mayBeDecidedBy(person));
  }

  /** Whether a form is one of this viewer's pages. */
  static boolean isOwnForm(Viewer viewer, Parameters form) {
    return MessageDigest.isEqual(
        viewer.csrf().getBytes(StandardCharsets.UTF_8),
        form.get("csrf").getBytes(StandardCharsets.UTF_8));
  }

  void login(Call call, Parameters form) throws IOException {
    String next = place(form.get("next"));
    Optional<Credential> credential = service.authenticate(form.get("token").strip());
    if (credential.isEmpty()) {
      turnAway(call, 401, "This token is nobody's, or has expired.", next, "a token of nobody");
      return;
    }
    Principal person = credential.get().principal();
    if (!mayOpen(person, service.policies())) {
      turnAway(
          call,
          403,
          "The desk is for owners and reviewers. This token is for asking questions.",
          next,
          "the token of " + person.name() + ", who decides on no frame");
      return;
    }
    String before = call.secret();
    if (!before.isEmpty()) {
      sessions.end(before);
    }
    call.setSecret(sessions.begin(credential.get()));
    call.redirect(next);
  }

  private void turnAway(Call call, int status, String message, String next, String what)
      throws IOException {
    InetAddress address = call.exchange().getRemoteAddress().getAddress();
    Duration wait = failures.failed(address);
    failures.toRecord("the desk turned away " + what, address).ifPresent(service::turnedAway);
    String page = LoginPage.of(Optional.of(message), next);
    if (wait.isZero() || waiting.get() >= MOST_WAITING) {
      call.page(status, page);
      return;
    }
    waiting.incrementAndGet();
    Future<?> unused =
        later.schedule(
            () -> {
              waiting.decrementAndGet();
              try {
                call.page(status, page);
              } catch (IOException e) {
                call.exchange().close(); // whoever asked has gone
              }
            },
            wait.toMillis(),
            TimeUnit.MILLISECONDS);
  }

  void logout(Call call) throws IOException {
    sessions.end(call.secret());
    call.setSecret("");
    call.redirect("/login");
  }

  /** A place of the desk; where it is none, the first one. */
  static String place(String path) {
    return PLACE.matcher(path).matches() ? path : "/";
  }
}
