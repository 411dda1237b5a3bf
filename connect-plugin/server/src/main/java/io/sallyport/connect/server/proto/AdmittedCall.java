package io.sallyport.connect.server.proto;

import io.sallyport.connect.protocol.Request;

/**
 * A call whose plan, when it has one, is no longer the client's but the admitted and rewritten one.
 */
final class AdmittedCall implements Request.Cases<Request> {

  private final byte[] rewritten;

  private AdmittedCall(byte[] rewritten) {
    this.rewritten = rewritten;
  }

  static Request of(Request call, byte[] rewritten) {
    return call.accept(new AdmittedCall(rewritten));
  }

  @Override
  public Request collect(Request.Collect request) {
    return Request.Collect.of(rewritten, request.justification());
  }

  @Override
  public Request explainPrivacy(Request.ExplainPrivacy request) {
    return Request.ExplainPrivacy.of(rewritten);
  }

  @Override
  public Request fetch(Request.Fetch request) {
    return request;
  }

  @Override
  public Request fetchArrow(Request.FetchArrow request) {
    return request;
  }

  @Override
  public Request save(Request.Save request) {
    return request;
  }

  @Override
  public Request delete(Request.Delete request) {
    return request;
  }

  @Override
  public Request listFrames(Request.ListFrames request) {
    return request;
  }

  @Override
  public Request requestStatus(Request.RequestStatus request) {
    return request;
  }

  @Override
  public Request withdraw(Request.Withdraw request) {
    return request;
  }

  @Override
  public Request justify(Request.Justify request) {
    return request;
  }
}
