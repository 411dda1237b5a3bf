package io.sallyport.connect.server.proto;

import org.sparkproject.connect.protobuf.Descriptors.FieldDescriptor;

/** What is demanded of each value of an admitted field, beyond the field being admitted. */
@FunctionalInterface
interface FieldCheck {

  /** Whatever the type of the field allows. */
  FieldCheck ANY = (field, value, inspection) -> {};

  /**
   * Looks at a value, and throws when it is refused.
   *
   * @param value one value; of a repeated field, one element
   * @throws io.sallyport.spark.RefusedException when the value is refused
   */
  void check(FieldDescriptor field, Object value, Inspection inspection);

  /** Both demands, this one first. */
  default FieldCheck and(FieldCheck other) {
    return (field, value, inspection) -> {
      check(field, value, inspection);
      other.check(field, value, inspection);
    };
  }
}
