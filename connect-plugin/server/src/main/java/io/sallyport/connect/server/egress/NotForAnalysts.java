package io.sallyport.connect.server.egress;

/** A response that has no form in which an analyst may see it. The message names its kind only. */
final class NotForAnalysts extends RuntimeException {

  private static final long serialVersionUID = 1L;

  NotForAnalysts(String kind) {
    super("No analyst is sent a " + kind);
  }
}
