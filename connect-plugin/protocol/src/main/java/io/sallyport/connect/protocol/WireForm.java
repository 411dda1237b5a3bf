package io.sallyport.connect.protocol;

import com.google.protobuf.Message;
import io.sallyport.connect.protocol.wire.Collect;
import io.sallyport.connect.protocol.wire.Delete;
import io.sallyport.connect.protocol.wire.ExplainPrivacy;
import io.sallyport.connect.protocol.wire.Fetch;
import io.sallyport.connect.protocol.wire.FetchArrow;
import io.sallyport.connect.protocol.wire.Justify;
import io.sallyport.connect.protocol.wire.ListFrames;
import io.sallyport.connect.protocol.wire.RequestStatus;
import io.sallyport.connect.protocol.wire.Save;
import io.sallyport.connect.protocol.wire.Withdraw;

/** The message that a request is on the wire. */
final class WireForm implements Request.Cases<Message> {

  static final WireForm INSTANCE = new WireForm();

  private WireForm() {}

  @Override
  public Message collect(Request.Collect request) {
    return Collect.newBuilder()
        .setRelation(request.relation())
        .setJustification(request.justification())
        .build();
  }

  @Override
  public Message fetch(Request.Fetch request) {
    return Fetch.newBuilder()
        .setArtifactId(request.artifactId())
        .setJustification(request.justification())
        .build();
  }

  @Override
  public Message fetchArrow(Request.FetchArrow request) {
    return FetchArrow.newBuilder()
        .setArtifactId(request.artifactId())
        .setJustification(request.justification())
        .build();
  }

  @Override
  public Message explainPrivacy(Request.ExplainPrivacy request) {
    return ExplainPrivacy.newBuilder().setRelation(request.relation()).build();
  }

  @Override
  public Message save(Request.Save request) {
    return Save.newBuilder().setArtifactId(request.artifactId()).setName(request.name()).build();
  }

  @Override
  public Message delete(Request.Delete request) {
    return Delete.newBuilder().setArtifactId(request.artifactId()).build();
  }

  @Override
  public Message listFrames(Request.ListFrames request) {
    return ListFrames.getDefaultInstance();
  }

  @Override
  public Message requestStatus(Request.RequestStatus request) {
    return RequestStatus.newBuilder().setRequestId(request.requestId()).build();
  }

  @Override
  public Message withdraw(Request.Withdraw request) {
    return Withdraw.newBuilder().setRequestId(request.requestId()).build();
  }

  @Override
  public Message justify(Request.Justify request) {
    return Justify.newBuilder()
        .setRequestId(request.requestId())
        .setJustification(request.justification())
        .build();
  }
}
