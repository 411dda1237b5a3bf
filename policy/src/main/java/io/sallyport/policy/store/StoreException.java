package io.sallyport.policy.store;

/**
 * The store cannot be opened: the server does not start. The message says what is wrong and what to
 * do about it, for operators; it never holds the password.
 */
public final class StoreException extends RuntimeException {
  StoreException(String message) {
    super(message);
  }

  StoreException(String message, Throwable cause) {
    super(message, cause);
  }
}
