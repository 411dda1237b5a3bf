package io.sallyport.connect.server.proto;

import io.sallyport.connect.protocol.ProtocolMessages;
import io.sallyport.connect.protocol.Request;
import io.sallyport.policy.decision.RefusalCode;
import io.sallyport.spark.RefusedException;
import java.io.IOException;
import java.util.Optional;
import org.apache.spark.connect.proto.AnalyzePlanRequest;
import org.apache.spark.connect.proto.ExecutePlanRequest;
import org.apache.spark.connect.proto.Plan;
import org.apache.spark.connect.proto.Range;
import org.apache.spark.connect.proto.Relation;
import org.sparkproject.connect.protobuf.Any;
import org.sparkproject.connect.protobuf.CodedInputStream;
import org.sparkproject.connect.protobuf.Message;

/**
 * What our own client asks beyond Spark's protocol: an extension as the root of a plan, and nothing
 * beside or below it. Its bytes are read strictly; a plan inside it is admitted as any other.
 */
final class ClientCalls {

  /** Deeper than any plan that admission lets through. */
  private static final int RECURSION_LIMIT = 1_024;

  private ClientCalls() {}

  /** The call that a request makes; empty for an ordinary one. */
  static Optional<Request> in(Message request) {
    return plan(request).map(Plan::getRoot).filter(Relation::hasExtension).map(ClientCalls::read);
  }

  /** The request with the call's own plan as its root, or with no rows when it has none. */
  static Message withInnerPlan(Message request, Request call) {
    Relation inner = call.accept(new InnerPlan());
    Plan plan = Plan.newBuilder().setRoot(inner).build();
    if (request instanceof ExecutePlanRequest execute) {
      return execute.toBuilder().setPlan(plan).build();
    }
    AnalyzePlanRequest.Builder analysis = ((AnalyzePlanRequest) request).toBuilder();
    analysis.getSchemaBuilder().setPlan(plan);
    return analysis.build();
  }

  private static Optional<Plan> plan(Message request) {
    if (request instanceof ExecutePlanRequest execute) {
      return Optional.of(execute.getPlan());
    }
    return request instanceof AnalyzePlanRequest analyze && analyze.hasSchema()
        ? Optional.of(analyze.getSchema().getPlan())
        : Optional.empty();
  }

  private static Request read(Relation root) {
    Any extension = root.getExtension();
    if (!root.getUnknownFields().asMap().isEmpty()
        || !extension.getUnknownFields().asMap().isEmpty()) {
      throw notOurs();
    }
    try {
      return ProtocolMessages.decode(extension.getTypeUrl(), extension.getValue().toByteArray());
    } catch (IllegalArgumentException e) {
      throw notOurs();
    }
  }

  private static Relation relation(byte[] bytes) {
    CodedInputStream input = CodedInputStream.newInstance(bytes);
    input.setRecursionLimit(RECURSION_LIMIT);
    try {
      Relation relation = Relation.parseFrom(input);
      if (relation.hasShowString() || relation.hasExtension()) {
        throw notOurs();
      }
      return relation;
    } catch (IOException e) {
      throw notOurs();
    }
  }

  private static RefusedException notOurs() {
    return RefusedException.of(
        RefusalCode.RELATION_NOT_ALLOWED,
        "An extension is not one of ours",
        "a query as stock clients send it, or a call of Sallyport's client");
  }

  /** The plan inside each kind of call. */
  private static final class InnerPlan implements Request.Cases<Relation> {

    private static Relation none() {
      return Relation.newBuilder().setRange(Range.newBuilder().setEnd(0).setStep(1)).build();
    }

    @Override
    public Relation collect(Request.Collect request) {
      return relation(request.relationBytes());
    }

    @Override
    public Relation explainPrivacy(Request.ExplainPrivacy request) {
      return relation(request.relationBytes());
    }

    @Override
    public Relation fetch(Request.Fetch request) {
      return none();
    }

    @Override
    public Relation fetchArrow(Request.FetchArrow request) {
      return none();
    }

    @Override
    public Relation save(Request.Save request) {
      return none();
    }

    @Override
    public Relation delete(Request.Delete request) {
      return none();
    }

    @Override
    public Relation listFrames(Request.ListFrames request) {
      return none();
    }

    @Override
    public Relation requestStatus(Request.RequestStatus request) {
      return none();
    }

    @Override
    public Relation withdraw(Request.Withdraw request) {
      return none();
    }

    @Override
    public Relation justify(Request.Justify request) {
      return none();
    }
  }
}
