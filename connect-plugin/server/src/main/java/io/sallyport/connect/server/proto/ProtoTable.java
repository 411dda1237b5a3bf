package io.sallyport.connect.server.proto;

import io.sallyport.policy.decision.RefusalCode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.sparkproject.connect.protobuf.Descriptors.Descriptor;
import org.sparkproject.connect.protobuf.Descriptors.FieldDescriptor;
import org.sparkproject.connect.protobuf.Descriptors.OneofDescriptor;
import org.sparkproject.connect.protobuf.Message;

/**
 * The allow-list over the protocol: for each message type what becomes of each of its fields. What
 * is not in the table is refused.
 */
final class ProtoTable {

  private final Map<Descriptor, MessageRule> rules;

  private ProtoTable(Map<Descriptor, MessageRule> rules) {
    this.rules = Map.copyOf(rules);
  }

  Optional<MessageRule> rule(Descriptor type) {
    return Optional.ofNullable(rules.get(type));
  }

  Set<Descriptor> types() {
    return rules.keySet();
  }

  /** Collects the table, line by line; a name that the protocol does not have is an error. */
  static final class Builder {

    private final Map<Descriptor, Lines> messages = new HashMap<>();

    /**
     * The lines of one message type. May be opened again, by another table.
     *
     * @param mustBeSet fields, or oneofs of which some case, a message of this type has to have
     */
    Lines in(Descriptor type, String... mustBeSet) {
      Lines lines = messages.computeIfAbsent(type, Lines::new);
      for (String name : mustBeSet) {
        lines.mustBeSet(name);
      }
      return lines;
    }

    ProtoTable build() {
      Map<Descriptor, MessageRule> rules = new HashMap<>();
      messages.forEach((type, lines) -> rules.put(type, lines.rule()));
      return new ProtoTable(rules);
    }
  }

  /** The lines of one message type. */
  static final class Lines {

    private final Descriptor type;
    private final List<FieldDescriptor> required = new ArrayList<>();
    private final List<OneofDescriptor> choices = new ArrayList<>();
    private final Map<FieldDescriptor, FieldVerdict> verdicts = new HashMap<>();
    private final List<BiConsumer<Message, Inspection>> demands = new ArrayList<>();

    private Lines(Descriptor type) {
      this.type = type;
    }

    Lines admit(String field, String reason) {
      return admit(field, FieldCheck.ANY, reason);
    }

    Lines admit(String field, FieldCheck check, String reason) {
      return add(field, new FieldVerdict.Admitted(check, reason));
    }

    Lines strip(String field, String reason) {
      return add(field, new FieldVerdict.Stripped(reason));
    }

    Lines refuse(String field, RefusalCode code, String reason) {
      return refuse(field, code, reason, Refusals.usualRemedy(code));
    }

    Lines refuse(String field, RefusalCode code, String reason, String remedy) {
      return add(field, new FieldVerdict.Refused(code, reason, remedy));
    }

    /** A demand on messages of this type that concerns more than one field. */
    <M extends Message> Lines demand(Class<M> message, Consumer<M> demand) {
      return demand(message, (value, inspection) -> demand.accept(value));
    }

    /** The same, of what the walk has used up or may look up. */
    <M extends Message> Lines demand(Class<M> message, BiConsumer<M, Inspection> demand) {
      demands.add((value, inspection) -> demand.accept(message.cast(value), inspection));
      return this;
    }

    private void mustBeSet(String name) {
      FieldDescriptor field = type.findFieldByName(name);
      if (field != null) {
        required.add(field);
      } else {
        choices.add(oneof(name));
      }
    }

    private OneofDescriptor oneof(String name) {
      return type.getOneofs().stream()
          .filter(oneof -> oneof.getName().equals(name))
          .findFirst()
          .orElseThrow(() -> noSuch(name));
    }

    private Lines add(String name, FieldVerdict verdict) {
      FieldDescriptor field = type.findFieldByName(name);
      if (field == null) {
        throw noSuch(name);
      }
      if (verdicts.put(field, verdict) != null) {
        throw new IllegalArgumentException("Two verdicts on " + field.getFullName());
      }
      return this;
    }

    private IllegalArgumentException noSuch(String name) {
      return new IllegalArgumentException(type.getFullName() + " has no field or oneof " + name);
    }

    private MessageRule rule() {
      return new MessageRule(type, required, choices, verdicts, demands);
    }
  }
}
