package io.sallyport.connect.server.proto;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.spark.connect.proto.AnalyzePlanRequest;
import org.apache.spark.connect.proto.Base;
import org.apache.spark.connect.proto.Catalog;
import org.apache.spark.connect.proto.Command;
import org.apache.spark.connect.proto.ConfigRequest;
import org.apache.spark.connect.proto.Expression;
import org.apache.spark.connect.proto.Plan;
import org.apache.spark.connect.proto.Relation;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.sparkproject.connect.protobuf.Descriptors.Descriptor;
import org.sparkproject.connect.protobuf.Descriptors.FieldDescriptor;
import org.sparkproject.connect.protobuf.Descriptors.GenericDescriptor;
import org.sparkproject.connect.protobuf.Descriptors.MethodDescriptor;
import org.sparkproject.connect.protobuf.Descriptors.OneofDescriptor;

/**
 * Every call, every case of every choice and every field of every admitted message has a verdict of
 * its own. A Spark upgrade that adds one fails here; in production what is new is refused.
 */
final class TotalityTest {

  private static final ProtoTable TABLE = AdmittedProtos.table();

  static List<MethodDescriptor> calls() {
    return Base.getDescriptor().findServiceByName("SparkConnectService").getMethods();
  }

  static List<OneofDescriptor> choices() {
    return List.of(
        oneof(AnalyzePlanRequest.getDescriptor(), "analyze"),
        oneof(ConfigRequest.Operation.getDescriptor(), "op_type"),
        oneof(Plan.getDescriptor(), "op_type"),
        oneof(Relation.getDescriptor(), "rel_type"),
        oneof(Command.getDescriptor(), "command_type"),
        oneof(Expression.getDescriptor(), "expr_type"),
        oneof(Catalog.getDescriptor(), "cat_type"));
  }

  static List<Descriptor> messages() {
    return List.copyOf(TABLE.types());
  }

  @Test
  void requests_ofOfferedCalls_areInTheTable() {
    assertThat(calls()).hasSize(12);
    for (MethodDescriptor call : calls()) {
      assertThat(TABLE.rule(call.getInputType()).isPresent())
          .as(call.getFullName())
          .isEqualTo(Rpc.isRequest(call.getInputType()));
    }
  }

  @ParameterizedTest
  @MethodSource("choices")
  void choice_hasAVerdictOnEachCase(OneofDescriptor choice) {
    assertThat(undecided(choice.getContainingType(), choice.getFields())).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("messages")
  void message_hasAVerdictOnEachField(Descriptor type) {
    assertThat(undecided(type, type.getFields())).isEmpty();
  }

  @Test
  void admittedFields_leadToMessagesOfTheTable() {
    Set<Descriptor> reached = new HashSet<>();
    Deque<Descriptor> open = new ArrayDeque<>();
    calls()
        .forEach(call -> TABLE.rule(call.getInputType()).ifPresent(rule -> open.add(rule.type())));
    while (!open.isEmpty()) {
      Descriptor type = open.pop();
      if (reached.add(type)) {
        open.addAll(admittedTypes(type));
      }
    }
    assertThat(TABLE.types()).as("no line is dead").containsExactlyInAnyOrderElementsOf(reached);
  }

  @Test
  void table_admitsNoExtension() {
    assertThat(TABLE.types())
        .extracting(GenericDescriptor::getFullName)
        .noneMatch(name -> name.startsWith("google."));
  }

  @Test
  void reasons_areSaid() {
    for (Descriptor type : TABLE.types()) {
      TABLE
          .rule(type)
          .orElseThrow()
          .verdicts()
          .values()
          .forEach(verdict -> assertThat(verdict.reason()).isNotBlank());
    }
  }

  private static List<Descriptor> admittedTypes(Descriptor type) {
    MessageRule rule = TABLE.rule(type).orElseThrow(() -> new AssertionError(type.getFullName()));
    return type.getFields().stream()
        .filter(field -> rule.verdict(field).orElseThrow() instanceof FieldVerdict.Admitted)
        .filter(field -> field.getJavaType() == FieldDescriptor.JavaType.MESSAGE)
        .map(FieldDescriptor::getMessageType)
        .toList();
  }

  private static List<String> undecided(Descriptor type, List<FieldDescriptor> fields) {
    MessageRule rule = TABLE.rule(type).orElseThrow();
    return fields.stream()
        .filter(field -> rule.verdict(field).isEmpty())
        .map(FieldDescriptor::getFullName)
        .toList();
  }

  private static OneofDescriptor oneof(Descriptor type, String name) {
    return type.getOneofs().stream()
        .filter(oneof -> oneof.getName().equals(name))
        .findFirst()
        .orElseThrow();
  }
}
