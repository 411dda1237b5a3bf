package io.sallyport.connect.client;

import io.sallyport.connect.protocol.Request;
import java.time.Duration;

/** A request for approval. Only who filed it can ask about it, change it or take it back. */
public final class ApprovalHandle {

  private final Requests requests;
  private final Patience patience;
  private final String id;

  ApprovalHandle(Requests requests, Patience patience, String id) {
    this.requests = requests;
    this.patience = patience;
    this.id = id;
  }

  /** Names the request, also for the owner. */
  public String id() {
    return id;
  }

  /**
   * How it stands now.
   *
   * @throws Refused when the server refuses, as when it is somebody else's
   */
  public ApprovalStatus status() {
    return ApprovalStatus.of(requests.ask(new Request.RequestStatus(id)));
  }

  /** Takes it back. */
  public ApprovalStatus withdraw() {
    return ApprovalStatus.of(requests.ask(new Request.Withdraw(id)));
  }

  /** Tells the owners more: they returned the request, or have not decided yet. */
  public ApprovalStatus justify(String justification) {
    return ApprovalStatus.of(requests.ask(new Request.Justify(id, justification)));
  }

  /**
   * Waits until it is no longer the owners' turn.
   *
   * @param atMost how long
   * @return the last status; still pending when the time is over
   * @throws InterruptedException when the thread is interrupted; the request stays as it is
   */
  public ApprovalStatus await(Duration atMost) throws InterruptedException {
    return patience.await(atMost, this::status);
  }
}
