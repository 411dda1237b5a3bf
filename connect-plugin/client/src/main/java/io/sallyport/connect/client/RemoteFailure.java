package io.sallyport.connect.client;

/** A call that came to no answer at all, as when the server is not there. */
public final class RemoteFailure extends RuntimeException {

  private static final long serialVersionUID = 1L;

  RemoteFailure(String message) {
    super(message);
  }

  RemoteFailure(String message, Throwable cause) {
    super(message, cause);
  }
}
