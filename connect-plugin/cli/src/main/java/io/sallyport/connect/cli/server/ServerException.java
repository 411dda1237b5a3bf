package io.sallyport.connect.cli.server;

/** The server refused, or could not be reached. The message may hold text that is not safe. */
public final class ServerException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public ServerException(String message) {
    super(message);
  }

  public ServerException(String message, Throwable cause) {
    super(message, cause);
  }
}
