package io.sallyport.connect.server.proto;

import static org.assertj.core.api.Assertions.assertThat;

import io.sallyport.policy.decision.RefusalCode;
import io.sallyport.policy.settings.Limits;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.sparkproject.connect.protobuf.Descriptors.FieldDescriptor;
import org.sparkproject.connect.protobuf.Message;
import org.sparkproject.connect.protobuf.UnknownFieldSet;

/** A field number that the protocol does not have, put into each message of each request. */
final class UnknownFieldTest {

  private static final UnknownFieldSet UNKNOWN =
      UnknownFieldSet.newBuilder()
          .addField(12_345, UnknownFieldSet.Field.newBuilder().addVarint(1).build())
          .build();

  static List<String> names() {
    return StockRequests.names();
  }

  @ParameterizedTest
  @ValueSource(strings = {"group count", "sql", "schema", "local rows"})
  void unknownField_anywhere_isRefused_orGoneWithWhatIsStripped(String name) {
    for (Message request : StockRequests.of(name)) {
      Message clean = new Admissions().admit(request);
      List<Message> forged = forged(request);
      assertThat(forged).isNotEmpty();
      for (Message one : forged) {
        Outcome outcome = Outcome.of(one);
        outcome.request().ifPresent(admitted -> assertThat(admitted).isEqualTo(clean));
      }
    }
  }

  @ParameterizedTest
  @MethodSource("names")
  void unknownField_outsideOfWhatIsStripped_isRefused(String name) {
    for (Message request : StockRequests.plans(name)) {
      // What was admitted, before the rewrite, has nothing left that would be stripped.
      Message stripped = stripped(request);
      for (Message one : forged(stripped)) {
        assertThat(Admissions.code(one)).isEqualTo(RefusalCode.RELATION_NOT_ALLOWED);
      }
    }
  }

  private static Message stripped(Message request) {
    Admissions texts = new Admissions();
    Inspection inspection =
        new Inspection(Bounds.of(Limits.defaults()), name -> Optional.empty(), texts, true);
    return new AdmitMessage(AdmittedProtos.table(), inspection).admit(request);
  }

  /** The message with an unknown field, once for every message in it. */
  private static List<Message> forged(Message message) {
    List<Message> all = new ArrayList<>();
    all.add(message.toBuilder().setUnknownFields(UNKNOWN).build());
    for (Map.Entry<FieldDescriptor, Object> set : message.getAllFields().entrySet()) {
      FieldDescriptor field = set.getKey();
      if (field.getJavaType() != FieldDescriptor.JavaType.MESSAGE) {
        continue;
      }
      if (field.isRepeated()) {
        for (int i = 0; i < message.getRepeatedFieldCount(field); i++) {
          for (Message inner : forged((Message) message.getRepeatedField(field, i))) {
            all.add(message.toBuilder().setRepeatedField(field, i, inner).build());
          }
        }
      } else {
        for (Message inner : forged((Message) set.getValue())) {
          all.add(message.toBuilder().setField(field, inner).build());
        }
      }
    }
    return all;
  }
}
