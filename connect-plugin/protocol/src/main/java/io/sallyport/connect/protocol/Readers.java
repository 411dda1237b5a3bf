package io.sallyport.connect.protocol;

import static java.util.stream.Collectors.collectingAndThen;
import static java.util.stream.Collectors.toMap;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.InvalidProtocolBufferException;
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
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** How each message is read, one line a message. */
final class Readers {

  static final Map<String, Reader> BY_TYPE_URL =
      Stream.of(
              entry(Collect.getDescriptor(), Readers::collect),
              entry(Fetch.getDescriptor(), Readers::fetch),
              entry(FetchArrow.getDescriptor(), Readers::fetchArrow),
              entry(ExplainPrivacy.getDescriptor(), Readers::explainPrivacy),
              entry(Save.getDescriptor(), Readers::save),
              entry(Delete.getDescriptor(), Readers::delete),
              entry(ListFrames.getDescriptor(), value -> new Request.ListFrames()),
              entry(RequestStatus.getDescriptor(), Readers::requestStatus),
              entry(Withdraw.getDescriptor(), Readers::withdraw),
              entry(Justify.getDescriptor(), Readers::justify))
          .collect(
              collectingAndThen(
                  toMap(Map.Entry::getKey, Map.Entry::getValue, Readers::twice, TreeMap::new),
                  Collections::unmodifiableMap));

  private Readers() {}

  /** Bytes to a request. */
  @FunctionalInterface
  interface Reader {
    Request read(byte[] value) throws InvalidProtocolBufferException;
  }

  private static Map.Entry<String, Reader> entry(Descriptor message, Reader reader) {
    return Map.entry(ProtocolMessages.TYPE_URL_PREFIX + message.getName(), reader);
  }

  private static Reader twice(Reader first, Reader second) {
    throw new AssertionError("A type URL stands here twice");
  }

  private static Request collect(byte[] value) throws InvalidProtocolBufferException {
    Collect message = Collect.parseFrom(value);
    return new Request.Collect(message.getRelation(), message.getJustification());
  }

  private static Request fetch(byte[] value) throws InvalidProtocolBufferException {
    Fetch message = Fetch.parseFrom(value);
    return new Request.Fetch(message.getArtifactId(), message.getJustification());
  }

  private static Request fetchArrow(byte[] value) throws InvalidProtocolBufferException {
    FetchArrow message = FetchArrow.parseFrom(value);
    return new Request.FetchArrow(message.getArtifactId(), message.getJustification());
  }

  private static Request explainPrivacy(byte[] value) throws InvalidProtocolBufferException {
    return new Request.ExplainPrivacy(ExplainPrivacy.parseFrom(value).getRelation());
  }

  private static Request save(byte[] value) throws InvalidProtocolBufferException {
    Save message = Save.parseFrom(value);
    return new Request.Save(message.getArtifactId(), message.getName());
  }

  private static Request delete(byte[] value) throws InvalidProtocolBufferException {
    return new Request.Delete(Delete.parseFrom(value).getArtifactId());
  }

  private static Request requestStatus(byte[] value) throws InvalidProtocolBufferException {
    return new Request.RequestStatus(RequestStatus.parseFrom(value).getRequestId());
  }

  private static Request withdraw(byte[] value) throws InvalidProtocolBufferException {
    return new Request.Withdraw(Withdraw.parseFrom(value).getRequestId());
  }

  private static Request justify(byte[] value) throws InvalidProtocolBufferException {
    Justify message = Justify.parseFrom(value);
    return new Request.Justify(message.getRequestId(), message.getJustification());
  }
}
