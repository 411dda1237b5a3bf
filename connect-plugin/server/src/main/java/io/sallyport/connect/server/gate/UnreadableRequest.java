package io.sallyport.connect.server.gate;

import io.sallyport.policy.decision.RefusalCode;
import io.sallyport.spark.RefusedException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.sparkproject.connect.protobuf.Message;
import org.sparkproject.connect.protobuf.UnknownFieldSet;

/**
 * What stands for bytes that are no message, or one that is nested deeper than Spark reads. gRPC
 * would end such a call in words of its own, and nobody would hear of it; so the gate is handed one
 * message of each type that stands for them all, and refuses it. It is told by its identity: no
 * client can send it. Safe for threads.
 */
public final class UnreadableRequest {

  private static final Map<String, Message> ALL = new ConcurrentHashMap<>();

  private UnreadableRequest() {}

  /** The message of this type that stands for what cannot be read. */
  public static Message like(Message prototype) {
    return ALL.computeIfAbsent(
        prototype.getDescriptorForType().getFullName(), type -> marked(prototype));
  }

  /** Has a field that no message has: whoever looks no closer refuses it as well. */
  private static Message marked(Message prototype) {
    UnknownFieldSet mark =
        UnknownFieldSet.newBuilder()
            .addField(1 << 28, UnknownFieldSet.Field.newBuilder().addVarint(1).build())
            .build();
    return prototype.newBuilderForType().setUnknownFields(mark).build();
  }

  /**
   * Lets every other message pass.
   *
   * @throws RefusedException if this stands for what cannot be read
   */
  @SuppressWarnings("ReferenceEquality") // An equal message that somebody sent is another one.
  static void requireReadable(Message message) {
    if (ALL.get(message.getDescriptorForType().getFullName()) == message) {
      throw RefusedException.of(
          RefusalCode.PARAM_INVALID,
          "the request cannot be read: it is damaged, or nested too deeply",
          "a request as Spark Connect's clients send it, with fewer parts inside each other");
    }
  }
}
