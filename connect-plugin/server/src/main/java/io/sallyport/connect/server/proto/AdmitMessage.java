package io.sallyport.connect.server.proto;

import java.util.Map;
import java.util.Optional;
import org.apache.spark.connect.proto.Expression;
import org.apache.spark.connect.proto.Relation;
import org.sparkproject.connect.protobuf.Descriptors.Descriptor;
import org.sparkproject.connect.protobuf.Descriptors.FieldDescriptor;
import org.sparkproject.connect.protobuf.Message;

/**
 * Walks a message against the table and gives back the same message without the fields that are
 * stripped. A message type, field or value that no line of the table admits is a refusal, and so is
 * a field number that the protocol does not have.
 */
final class AdmitMessage {

  private final ProtoTable table;
  private final Inspection inspection;

  AdmitMessage(ProtoTable table, Inspection inspection) {
    this.table = table;
    this.inspection = inspection;
  }

  /**
   * @throws io.sallyport.spark.RefusedException when anything in the message is not admitted
   */
  Message admit(Message message) {
    Descriptor type = message.getDescriptorForType();
    boolean relation = type.equals(Relation.getDescriptor());
    boolean expression = type.equals(Expression.getDescriptor());
    if (relation) {
      inspection.enterRelation();
    } else if (expression) {
      inspection.enterExpression();
    }
    Message admitted = fields(message, type);
    if (relation) {
      inspection.leaveRelation();
    } else if (expression) {
      inspection.leaveExpression();
    }
    return admitted;
  }

  private Message fields(Message message, Descriptor type) {
    MessageRule rule = table.rule(type).orElseThrow(() -> Refusals.unlisted(type));
    if (!message.getUnknownFields().isEmpty()) {
      throw Refusals.unknownFields(type);
    }
    Message.Builder admitted = message.newBuilderForType();
    for (Map.Entry<FieldDescriptor, Object> set : message.getAllFields().entrySet()) {
      field(rule, set.getKey(), set.getValue(), admitted);
    }
    rule.requireWhole(message, inspection);
    return admitted.build();
  }

  private void field(
      MessageRule rule, FieldDescriptor field, Object value, Message.Builder admitted) {
    Optional<FieldVerdict> verdict = rule.verdict(field);
    FieldVerdict found = verdict.orElseThrow(() -> Refusals.unlisted(field));
    if (found instanceof FieldVerdict.Refused refused) {
      throw Refusals.refused(field, refused);
    }
    if (found instanceof FieldVerdict.Admitted line) {
      values(field, line.check(), value, admitted);
    }
  }

  private void values(
      FieldDescriptor field, FieldCheck check, Object value, Message.Builder admitted) {
    if (!field.isRepeated()) {
      admitted.setField(field, value(field, check, value));
      return;
    }
    Iterable<?> elements = (Iterable<?>) value;
    int count = 0;
    for (Object element : elements) {
      if (++count > Bounds.LIST) {
        throw Refusals.limit("entries in " + Refusals.label(field), Bounds.LIST);
      }
      admitted.addRepeatedField(field, value(field, check, element));
    }
  }

  private Object value(FieldDescriptor field, FieldCheck check, Object value) {
    check.check(field, value, inspection);
    return value instanceof Message message ? admit(message) : value;
  }
}
