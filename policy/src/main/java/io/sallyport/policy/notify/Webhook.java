package io.sallyport.policy.notify;

import static java.util.Objects.requireNonNull;

import java.lang.System.Logger.Level;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.BlockingDeque;
import java.util.concurrent.LinkedBlockingDeque;
import java.util.concurrent.TimeUnit;

/**
 * Tells a URL of every new request and of who probes: an HTTP POST of a small JSON object, without
 * any data.
 *
 * <p>Best effort, and never at a question's cost: {@link #filed} and {@link #probed} only put the
 * message into a queue of 1 000, from which one daemon thread sends. Each message is tried three
 * times, of five seconds at most each; an answer that is not 2xx is a failure, and redirects are
 * not followed. When the queue is full its oldest message is dropped. What is dropped or given up
 * is said in the server's log, by what it was about. Certificates of https are verified. The URL
 * may hold a secret and is never logged. Safe for threads.
 */
public final class Webhook implements RequestNotifier {
  private static final System.Logger LOG = System.getLogger(Webhook.class.getName());

  private final Pace pace;
  private final Delivery delivery;
  private final BlockingDeque<Told> waiting;
  private final Thread sender;
  private volatile boolean closed;

  /**
   * @throws IllegalArgumentException when the URL is neither http nor https
   */
  public Webhook(URI url) {
    this(url, Pace.usual());
  }

  Webhook(URI url, Pace pace) {
    this.pace = requireNonNull(pace, "pace");
    this.delivery = new Delivery(url, pace.timeout());
    this.waiting = new LinkedBlockingDeque<>(pace.waiting());
    this.sender = new Thread(this::sendAll, "sallyport-webhook");
    sender.setDaemon(true);
    sender.start();
  }

  @Override
  public void filed(String requestId, String principal, List<String> frames, Instant filedAt) {
    tell(new FiledMessage(requestId, principal, frames, filedAt));
  }

  @Override
  public void probed(Probing probing) {
    tell(new ProbingMessage(probing));
  }

  private void tell(Told message) {
    if (closed) {
      LOG.log(Level.WARNING, "The webhook is closed: not told of {0}", message.about());
      return;
    }
    while (!waiting.offerLast(message)) {
      Told oldest = waiting.pollFirst();
      if (oldest != null) {
        LOG.log(
            Level.WARNING,
            "Too many messages wait for the webhook: not told of {0}",
            oldest.about());
      }
    }
  }

  /** Sends what is still waiting, for five seconds at most, and gives up the rest. */
  @Override
  public void close() {
    closed = true;
    try {
      sender.join(Math.max(1, pace.drain().toMillis()));
      sender.interrupt();
    } catch (InterruptedException e) {
      sender.interrupt();
      Thread.currentThread().interrupt();
    }
    int unsent = waiting.size();
    if (unsent > 0) {
      LOG.log(Level.WARNING, "The webhook was closed before {0} messages were sent", unsent);
    }
  }

  private void sendAll() {
    try {
      while (!closed || !waiting.isEmpty()) {
        Told next = waiting.pollFirst(50, TimeUnit.MILLISECONDS);
        if (next != null) {
          send(next);
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // closed, and the time to drain is over
    }
  }

  private void send(Told message) throws InterruptedException {
    String problem = "";
    for (int tries = 1; tries <= pace.tries(); tries++) {
      problem = delivery.problem(message.json());
      if (problem.isEmpty()) {
        return;
      }
      if (tries < pace.tries()) {
        pause(pace.pauseAfter(tries));
      }
    }
    LOG.log(
        Level.WARNING,
        "The webhook was not told of {0} after {1} tries: {2}",
        message.about(),
        pace.tries(),
        problem);
  }

  private static void pause(Duration duration) throws InterruptedException {
    TimeUnit.NANOSECONDS.sleep(duration.toNanos());
  }
}
