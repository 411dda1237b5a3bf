package io.sallyport.connect.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import org.apache.spark.connect.proto.ExecutePlanRequest;
import org.apache.spark.connect.proto.Expression;
import org.apache.spark.connect.proto.Filter;
import org.apache.spark.connect.proto.Plan;
import org.apache.spark.connect.proto.Relation;
import org.sparkproject.connect.protobuf.ByteString;
import org.sparkproject.connect.protobuf.CodedOutputStream;

/** Plans deeper than a client's own stack can write: put together byte by byte, inside first. */
public final class DeepPlan {

  private static final Expression YES =
      Expression.newBuilder().setLiteral(Expression.Literal.newBuilder().setBoolean(true)).build();

  private DeepPlan() {}

  /** A request to run so many filters above each other. */
  public static byte[] ofFilters(String principal, int depth) {
    byte[] condition = field(Filter.CONDITION_FIELD_NUMBER, YES.toByteArray());
    byte[] relation = Requests.range().toByteArray();
    for (int i = 0; i < depth; i++) {
      byte[] filter = joined(field(Filter.INPUT_FIELD_NUMBER, relation), condition);
      relation = field(Relation.FILTER_FIELD_NUMBER, filter);
    }
    byte[] plan = field(Plan.ROOT_FIELD_NUMBER, relation);
    byte[] head =
        ExecutePlanRequest.newBuilder()
            .setSessionId(Requests.id())
            .setUserContext(Requests.user(principal))
            .build()
            .toByteArray();
    return joined(head, field(ExecutePlanRequest.PLAN_FIELD_NUMBER, plan));
  }

  private static byte[] field(int number, byte[] message) {
    byte[] bytes = new byte[CodedOutputStream.computeByteArraySize(number, message)];
    CodedOutputStream out = CodedOutputStream.newInstance(bytes);
    try {
      out.writeBytes(number, ByteString.copyFrom(message));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes;
  }

  private static byte[] joined(byte[] first, byte[] second) {
    return ByteString.copyFrom(first).concat(ByteString.copyFrom(second)).toByteArray();
  }
}
