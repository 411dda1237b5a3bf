package io.sallyport.connect.server.proto;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import org.sparkproject.connect.protobuf.Descriptors.Descriptor;
import org.sparkproject.connect.protobuf.Descriptors.FieldDescriptor;
import org.sparkproject.connect.protobuf.Descriptors.OneofDescriptor;
import org.sparkproject.connect.protobuf.Message;

/**
 * One message type of the table.
 *
 * @param required fields that must be set
 * @param choices oneofs of which one case must be set
 * @param verdicts what becomes of each field
 * @param demands what must hold between the fields
 */
record MessageRule(
    Descriptor type,
    List<FieldDescriptor> required,
    List<OneofDescriptor> choices,
    Map<FieldDescriptor, FieldVerdict> verdicts,
    List<BiConsumer<Message, Inspection>> demands) {

  MessageRule {
    required = List.copyOf(required);
    choices = List.copyOf(choices);
    verdicts = Map.copyOf(verdicts);
    demands = List.copyOf(demands);
  }

  /** The verdict on a field; none means that no list names it, which is a refusal. */
  Optional<FieldVerdict> verdict(FieldDescriptor field) {
    return Optional.ofNullable(verdicts.get(field));
  }

  /** Throws when something that must be set is not, or the fields contradict each other. */
  void requireWhole(Message message, Inspection inspection) {
    for (FieldDescriptor field : required) {
      if (field.isRepeated()
          ? message.getRepeatedFieldCount(field) == 0
          : isUnset(message, field)) {
        throw Refusals.missing(type, field.getName());
      }
    }
    for (OneofDescriptor choice : choices) {
      if (!message.hasOneof(choice)) {
        throw Refusals.missing(type, choice.getName());
      }
    }
    demands.forEach(demand -> demand.accept(message, inspection));
  }

  private static boolean isUnset(Message message, FieldDescriptor field) {
    return !message.hasField(field);
  }
}
