package io.sallyport.connect.server.proto;

import org.apache.spark.connect.proto.Relation;
import org.apache.spark.connect.proto.Sort;
import org.sparkproject.connect.protobuf.Descriptors.FieldDescriptor;

/**
 * The order within partitions that stock clients send for {@code df.randomSplit}: right below a
 * sample, so that each part of a split is taken of the same order. Anywhere else it is refused.
 */
final class SplitOrder {

  private static final FieldDescriptor IS_GLOBAL =
      Sort.getDescriptor().findFieldByName("is_global");

  private static final FieldCheck WHOLE = Checks.is(true);

  private SplitOrder() {}

  /** Looks at the input of a sample, before it is walked. */
  static FieldCheck ofASample() {
    return (field, value, inspection) -> {
      Relation input = (Relation) value;
      if (input.hasSort()) {
        inspection.sampled(input.getSort());
      }
    };
  }

  /**
   * Requires that a sort is of all rows, or that a sample is taken of what it sorts.
   *
   * @throws io.sallyport.spark.RefusedException RELATION_NOT_ALLOWED
   */
  static void require(Sort sort, Inspection inspection) {
    if (!inspection.isSampled(sort)) {
      WHOLE.check(IS_GLOBAL, sort.getIsGlobal(), inspection);
    }
  }
}
