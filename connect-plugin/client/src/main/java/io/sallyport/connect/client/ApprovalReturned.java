package io.sallyport.connect.client;

/**
 * An owner wants to know more before deciding; {@link #reason()} is the owner's comment. Answer it
 * with {@link ApprovalHandle#justify}.
 */
public final class ApprovalReturned extends Refused {

  private static final long serialVersionUID = 1L;

  ApprovalReturned(RefusalText text) {
    super(text);
  }
}
