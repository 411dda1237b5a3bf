package io.sallyport.policy.audit;

/**
 * The durable state cannot be read or written, or cannot be trusted. What was to be recorded must
 * not be shown. The message is for operators, never for analysts.
 */
public final class StoreUnavailableException extends RuntimeException {
  public StoreUnavailableException(String message) {
    super(message);
  }

  public StoreUnavailableException(String message, Throwable cause) {
    super(message, cause);
  }
}
