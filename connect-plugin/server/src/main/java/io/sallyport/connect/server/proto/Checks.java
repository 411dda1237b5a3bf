package io.sallyport.connect.server.proto;

import static io.sallyport.policy.decision.RefusalCode.RELATION_NOT_ALLOWED;

import io.sallyport.policy.decision.RefusalCode;
import io.sallyport.spark.RefusedException;
import java.util.Arrays;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.sparkproject.connect.protobuf.Descriptors.EnumValueDescriptor;
import org.sparkproject.connect.protobuf.Descriptors.FieldDescriptor;
import org.sparkproject.connect.protobuf.ProtocolMessageEnum;

/** Checks of single values that say everything in their arguments. */
final class Checks {

  private static final Pattern UUID =
      Pattern.compile("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");

  private Checks() {}

  static FieldCheck atLeast(long least) {
    return between(least, Long.MAX_VALUE);
  }

  static FieldCheck between(long least, long most) {
    String demand = most == Long.MAX_VALUE ? "at least " + least : "from " + least + " to " + most;
    return value(Number.class, n -> n.longValue() >= least && n.longValue() <= most, demand);
  }

  static FieldCheck is(boolean admitted) {
    return is(RELATION_NOT_ALLOWED, admitted);
  }

  static FieldCheck is(RefusalCode code, boolean admitted) {
    return (field, value, inspection) -> {
      if (!value.equals(admitted)) {
        throw flag(code, field, String.valueOf(value), "the request as stock clients send it");
      }
    };
  }

  static FieldCheck only(ProtocolMessageEnum... admitted) {
    return only(RELATION_NOT_ALLOWED, admitted);
  }

  /** A number that has no name in this version of the protocol is never one of the admitted. */
  static FieldCheck only(RefusalCode code, ProtocolMessageEnum... admitted) {
    Set<Integer> numbers =
        Arrays.stream(admitted)
            .map(ProtocolMessageEnum::getNumber)
            .collect(Collectors.toUnmodifiableSet());
    String names =
        Arrays.stream(admitted)
            .map(one -> one.getValueDescriptor().getName())
            .collect(Collectors.joining(", "));
    return (field, value, inspection) -> {
      EnumValueDescriptor found = (EnumValueDescriptor) value;
      if (!numbers.contains(found.getNumber())) {
        throw flag(code, field, Refusals.quote(found.getName()), names);
      }
    };
  }

  private static RefusedException flag(
      RefusalCode code, FieldDescriptor field, String value, String usual) {
    return FlagWords.of(field)
        .map(words -> RefusedException.of(code, words.subject(), words.remedy()))
        .orElseGet(
            () ->
                RefusedException.of(
                    code, Refusals.label(field) + " = " + value + " is not admitted", usual));
  }

  static FieldCheck matches(String regex) {
    Pattern pattern = Pattern.compile(regex);
    return text(text -> pattern.matcher(text).matches(), regex);
  }

  static FieldCheck uuid() {
    return text(text -> UUID.matcher(text).matches(), "a UUID");
  }

  /** A name that is only looked up or compared: short, and harmless in a log. */
  static FieldCheck name() {
    return text(Names::isHarmless, Names.DEMAND);
  }

  /** A column's name, as written or as parsed. */
  static FieldCheck columnName() {
    return text(Names::isColumn, Names.COLUMN_DEMAND);
  }

  static FieldCheck starTarget() {
    return columnName().and(text(text -> text.endsWith(".*"), "a relation's name and .*"));
  }

  static FieldCheck text(Predicate<String> admitted, String demand) {
    return value(String.class, admitted, demand);
  }

  static <T> FieldCheck value(Class<T> type, Predicate<T> admitted, String demand) {
    return (field, value, inspection) -> {
      if (!admitted.test(type.cast(value))) {
        throw Refusals.value(field, demand);
      }
    };
  }
}
