package io.sallyport.connect.server.relation;

import io.sallyport.connect.server.proto.ExtensionTypes;
import java.util.List;
import java.util.Map;
import org.apache.spark.connect.proto.Relation;
import org.sparkproject.connect.protobuf.Any;
import org.sparkproject.connect.protobuf.Descriptors.FieldDescriptor;
import org.sparkproject.connect.protobuf.Message;

/**
 * Clients number the relations of a plan, and columns say by that number which relation they are
 * of. A stored plan becomes part of other plans, so its numbers are moved to where no client's and
 * no other stored plan's are.
 */
final class PlanIds {

  private static final int CLIENTS_BITS = 24;
  private static final int OWN_DIGITS = 9;

  private final long offset;

  private PlanIds(long offset) {
    this.offset = offset;
  }

  /** The relation with its numbers moved, by an offset that the artifact's id gives. */
  static Relation of(Relation relation, String artifactId) {
    long own = 1 + Long.parseLong(artifactId.substring(0, OWN_DIGITS), 16);
    return (Relation) new PlanIds(own << CLIENTS_BITS).moved(relation);
  }

  /**
   * The relation with its numbers, those of plans within it too, moved by one step: as a part of
   * another relation its numbers meet none of that one's own, and views of views none of theirs.
   */
  static Relation inside(Relation relation) {
    return (Relation) new PlanIds(1L << CLIENTS_BITS).moved(relation);
  }

  private Message moved(Message message) {
    if (message instanceof Any extension && ExtensionTypes.holdsRelation(extension.getTypeUrl())) {
      Relation inside = (Relation) moved(ExtensionTypes.relation(extension));
      return ExtensionTypes.relation(extension.getTypeUrl(), inside);
    }
    Message.Builder builder = message.toBuilder();
    for (Map.Entry<FieldDescriptor, Object> set : message.getAllFields().entrySet()) {
      FieldDescriptor field = set.getKey();
      if (field.getName().equals("plan_id")) {
        builder.setField(field, Math.addExact((Long) set.getValue(), offset));
      } else if (field.getJavaType() == FieldDescriptor.JavaType.MESSAGE) {
        builder.setField(field, field.isRepeated() ? all(set.getValue()) : one(set.getValue()));
      }
    }
    return builder.build();
  }

  private Message one(Object message) {
    return moved((Message) message);
  }

  private List<Message> all(Object messages) {
    return ((List<?>) messages).stream().map(this::one).toList();
  }
}
