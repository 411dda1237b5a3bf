package io.sallyport.connect.client;

/** An owner did not agree; {@link #reason()} is why, in the owner's words. */
public final class ApprovalRejected extends Refused {

  private static final long serialVersionUID = 1L;

  ApprovalRejected(RefusalText text) {
    super(text);
  }
}
