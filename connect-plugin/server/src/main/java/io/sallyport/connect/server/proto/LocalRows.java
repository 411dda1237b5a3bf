package io.sallyport.connect.server.proto;

import io.sallyport.policy.decision.RefusalCode;
import org.apache.spark.connect.proto.LocalRelation;

/** Local data. */
final class LocalRows {

  LocalRows(Bounds bounds) {}

  LocalRelation validated(LocalRelation local) {
    throw Refusals.refuse(RefusalCode.SOURCE_NOT_ALLOWED, "Local rows are not read yet");
  }
}
