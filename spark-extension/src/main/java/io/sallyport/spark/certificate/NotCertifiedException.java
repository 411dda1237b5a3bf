package io.sallyport.spark.certificate;

/**
 * A release is not what is claimed of it. Its message is about plan and policy, never about data,
 * and is for the operator alone.
 */
public final class NotCertifiedException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  NotCertifiedException(String message) {
    super(message);
  }

  /** Throws unless the condition holds. */
  static void unless(boolean condition, String message) {
    if (!condition) {
      throw new NotCertifiedException(message);
    }
  }
}
