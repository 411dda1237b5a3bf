package io.sallyport.connect.server.hostile;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.sparkproject.connect.protobuf.ByteString;
import org.sparkproject.connect.protobuf.Descriptors.Descriptor;
import org.sparkproject.connect.protobuf.Descriptors.EnumDescriptor;
import org.sparkproject.connect.protobuf.Descriptors.FieldDescriptor;
import org.sparkproject.connect.protobuf.Message;

/**
 * Changes messages so that they stay messages: a part becomes a part of the same type of another
 * message, is lost, doubled, or has another value; a text that is SQL becomes another text.
 */
final class Mutation {

  /** Fields that say who asks and in which session: those are other attacks. */
  private static final Set<String> HEAD =
      Set.of(
          "user_context", "session_id", "operation_id", "client_observed_server_side_session_id");

  private static final Set<String> SQL = Set.of("query", "expression");

  private static final long[] NUMBERS = {
    0,
    1,
    -1,
    2,
    7,
    20,
    1_000,
    1_000_000,
    Integer.MAX_VALUE,
    Integer.MIN_VALUE,
    1L << 40,
    -(1L << 40)
  };

  private static final int LARGEST = 200_000;

  private final Map<Descriptor, List<Message>> parts = new HashMap<>();
  private final List<String> texts = new ArrayList<>();
  private final SqlMutation sql;
  private final Random random;

  Mutation(List<Message> seeds, Random random) {
    this.random = random;
    Set<String> known = new HashSet<>();
    List<String> queries = new ArrayList<>();
    seeds.forEach(seed -> take(seed, known, queries));
    this.sql = new SqlMutation(queries, random);
    texts.addAll(known.stream().sorted().toList());
  }

  private void take(Message message, Set<String> known, List<String> queries) {
    parts.computeIfAbsent(message.getDescriptorForType(), type -> new ArrayList<>()).add(message);
    message
        .getAllFields()
        .forEach(
            (field, value) -> {
              for (Object one : value instanceof List<?> many ? many : List.of(value)) {
                if (one instanceof Message part && !HEAD.contains(field.getName())) {
                  take(part, known, queries);
                } else if (one instanceof String text && !HEAD.contains(field.getName())) {
                  (SQL.contains(field.getName()) ? queries : known).add(text);
                }
              }
            });
  }

  /** A message with some changes. */
  Message of(Message seed) {
    Message changed = seed;
    for (int i = random.nextInt(4); i >= 0; i--) {
      Message next = changed(changed, 0);
      changed = next.getSerializedSize() < LARGEST ? next : changed;
    }
    return changed;
  }

  /** One change, somewhere at or below a message. */
  private Message changed(Message message, int depth) {
    List<FieldDescriptor> fields =
        message.getAllFields().keySet().stream()
            .filter(field -> !HEAD.contains(field.getName()))
            .toList();
    if (fields.isEmpty()) {
      return added(message);
    }
    FieldDescriptor field = fields.get(random.nextInt(fields.size()));
    Message.Builder builder = message.toBuilder();
    if (field.isRepeated()) {
      repeated(builder, field, depth);
    } else if (field.getJavaType() == FieldDescriptor.JavaType.MESSAGE) {
      Message part = (Message) message.getField(field);
      builder.setField(field, part(part, depth));
    } else if (random.nextInt(8) == 0) {
      builder.clearField(field);
    } else {
      builder.setField(field, scalar(field, message.getField(field)));
    }
    return builder.build();
  }

  private void repeated(Message.Builder builder, FieldDescriptor field, int depth) {
    List<Object> values = new ArrayList<>((List<?>) builder.getField(field));
    int at = random.nextInt(values.size());
    switch (random.nextInt(6)) {
      case 0 -> values.remove(at);
      case 1 -> values.add(values.get(at));
      case 2 -> Collections.shuffle(values, random);
      default ->
          values.set(
              at,
              values.get(at) instanceof Message part
                  ? part(part, depth)
                  : scalar(field, values.get(at)));
    }
    builder.setField(field, values);
  }

  /** The deeper, the rather something is changed here. */
  private Message part(Message part, int depth) {
    List<Message> others = parts.getOrDefault(part.getDescriptorForType(), List.of());
    if (!others.isEmpty() && random.nextInt(12) < 1 + depth / 2) {
      return others.get(random.nextInt(others.size()));
    }
    return random.nextInt(40) == 0 ? added(part) : changed(part, depth + 1);
  }

  /** A field that nobody sent there, with a part that was sent elsewhere. */
  private Message added(Message message) {
    List<FieldDescriptor> all =
        message.getDescriptorForType().getFields().stream()
            .filter(field -> !HEAD.contains(field.getName()) && !field.isMapField())
            .toList();
    if (all.isEmpty()) {
      return message;
    }
    FieldDescriptor field = all.get(random.nextInt(all.size()));
    Message.Builder builder = message.toBuilder();
    Object value;
    if (field.getJavaType() == FieldDescriptor.JavaType.MESSAGE) {
      List<Message> known = parts.getOrDefault(field.getMessageType(), List.of());
      value =
          known.isEmpty()
              ? builder.newBuilderForField(field).build()
              : known.get(random.nextInt(known.size()));
    } else {
      value = scalar(field, field.isRepeated() ? null : message.getField(field));
    }
    if (field.isRepeated()) {
      builder.addRepeatedField(field, value);
    } else {
      builder.setField(field, value);
    }
    return builder.build();
  }

  private Object scalar(FieldDescriptor field, Object before) {
    return switch (field.getJavaType()) {
      case INT -> (int) NUMBERS[random.nextInt(NUMBERS.length)];
      case LONG -> NUMBERS[random.nextInt(NUMBERS.length)];
      case FLOAT -> random.nextBoolean() ? Float.NaN : random.nextFloat();
      case DOUBLE -> random.nextBoolean() ? Double.POSITIVE_INFINITY : random.nextDouble();
      case BOOLEAN -> random.nextBoolean();
      case STRING ->
          SQL.contains(field.getName()) && before instanceof String text
              ? sql.of(text)
              : text(before);
      case BYTE_STRING -> bytes(before);
      case ENUM -> {
        EnumDescriptor values = field.getEnumType();
        yield values.getValues().get(random.nextInt(values.getValues().size()));
      }
      case MESSAGE -> throw new AssertionError("A message is no scalar");
    };
  }

  private Object text(Object before) {
    return switch (random.nextInt(10)) {
      case 0 -> "";
      case 1 -> before + "\u202E";
      case 2 -> before + "`; --";
      case 3 -> "x".repeat(5_000);
      case 4 -> sql.word();
      default -> texts.get(random.nextInt(texts.size()));
    };
  }

  private ByteString bytes(Object before) {
    byte[] bytes = before instanceof ByteString some ? some.toByteArray() : new byte[16];
    if (bytes.length > 0) {
      bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
    }
    return ByteString.copyFrom(bytes);
  }
}
