package io.sallyport.connect.client;

/** The owners have been asked, and have not decided. The rows come when they agree. */
public final class PendingApproval extends Refused {

  private static final long serialVersionUID = 1L;

  private final String requestId;

  PendingApproval(RefusalText text, String requestId) {
    super(text);
    this.requestId = requestId;
  }

  /** Names the request for approval; {@link RemoteSession#request} gives a handle to it. */
  public String requestId() {
    return requestId;
  }
}
