package io.sallyport.connect.server.hostile;

import io.sallyport.connect.server.GovernedServer;
import io.sallyport.connect.server.RawClient;
import io.sallyport.connect.server.Requests;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.apache.spark.connect.proto.AnalyzePlanRequest;
import org.apache.spark.connect.proto.ArtifactStatusesRequest;
import org.apache.spark.connect.proto.ConfigRequest;
import org.apache.spark.connect.proto.ExecutePlanRequest;
import org.apache.spark.connect.proto.InterruptRequest;
import org.apache.spark.connect.proto.Relation;
import org.apache.spark.connect.proto.SparkConnectServiceGrpc.SparkConnectServiceBlockingStub;
import org.sparkproject.connect.grpc.StatusRuntimeException;
import org.sparkproject.connect.protobuf.InvalidProtocolBufferException;
import org.sparkproject.connect.protobuf.Message;
import org.sparkproject.connect.protobuf.util.JsonFormat;

/** Sends one message as the attacker, and says what became of it. */
final class Sender {

  /** Who attacks. */
  static final String EVE = "bob";

  private static final int MOST_SECONDS = 30;

  /** Values that are only in data, and what is only on the server. */
  private static final List<String> CANARIES =
      List.of(
          "person-", "passenger ", GovernedServer.SECRET, "org.apache.spark.sql.cat", "at org.");

  private Sender() {}

  /** A question in SQL, which must not be answered. */
  static Attack sql(String id, String what, String text) {
    return Attack.of(id, what, server -> executed(server, Requests.sql(text)));
  }

  /** Its columns, which must not be told. */
  static Attack columns(String id, String what, String text) {
    return Attack.of(
        id,
        what,
        server ->
            called(
                server,
                stub -> stub.analyzePlan(Requests.schema(Requests.id(), Requests.sql(text)))));
  }

  /** A question as a message, which must not be answered. */
  static Attack relation(String id, String what, Relation root) {
    return Attack.of(id, what, server -> executed(server, root));
  }

  static Result executed(HostileServer server, Relation root) {
    return called(server, stub -> stub.executePlan(Requests.execute(Requests.id(), root)));
  }

  /** A request to run a plan, as the bytes that go over the line. */
  static Result bytes(HostileServer server, byte[] request) {
    return called(server, stub -> RawClient.bytes(stub, request));
  }

  /** A message in JSON, without its head, which must not be answered. */
  static Attack message(String id, String what, String rpc, String json) {
    return Attack.of(id, what, server -> called(server, stub -> sent(stub, rpc, json)));
  }

  /** The same, where an answer tells nothing, for a reason. */
  static Attack harmless(String id, String what, String rpc, String json, String why) {
    return Attack.of(
            id,
            what,
            server -> {
              Result result = called(server, stub -> sent(stub, rpc, json));
              return result.how().equals(ANSWERED) ? Result.bounded(why) : result;
            })
        .unrecorded();
  }

  private static final String ANSWERED = "it was answered";

  /** What becomes of a call; an answer is what should not be. */
  static Result called(
      HostileServer server, Function<SparkConnectServiceBlockingStub, Object> call) {
    try (RawClient eve = server.raw(EVE)) {
      StringBuilder answers = new StringBuilder();
      try {
        Object answer = call.apply(eve.stub().withDeadlineAfter(MOST_SECONDS, TimeUnit.SECONDS));
        if (answer instanceof Iterator<?> stream) {
          stream.forEachRemaining(answers::append);
        } else {
          answers.append(answer);
        }
      } catch (StatusRuntimeException e) {
        answers.append(e.getStatus()).append(e.getTrailers());
        return shown(answers, Result.of(e));
      }
      return shown(answers, Result.bypassed(ANSWERED));
    }
  }

  private static Result shown(CharSequence answers, Result otherwise) {
    String text = answers.toString();
    for (String canary : CANARIES) {
      if (text.contains(canary)) {
        return Result.bypassed("it shows '" + canary + "'");
      }
    }
    return otherwise;
  }

  private static Object sent(SparkConnectServiceBlockingStub stub, String rpc, String json) {
    try {
      return switch (rpc) {
        case "ExecutePlan" -> stub.executePlan(parsed(ExecutePlanRequest.newBuilder(), json));
        case "AnalyzePlan" -> stub.analyzePlan(parsed(AnalyzePlanRequest.newBuilder(), json));
        case "Config" -> stub.config(parsed(ConfigRequest.newBuilder(), json));
        case "Interrupt" -> stub.interrupt(parsed(InterruptRequest.newBuilder(), json));
        case "ArtifactStatus" ->
            stub.artifactStatus(parsed(ArtifactStatusesRequest.newBuilder(), json));
        default -> throw new AssertionError("No such RPC: " + rpc);
      };
    } catch (InvalidProtocolBufferException e) {
      throw new AssertionError("The attack is no message: " + json, e);
    }
  }

  @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"}) // A builder builds its message.
  private static <M extends Message> M parsed(Message.Builder builder, String json)
      throws InvalidProtocolBufferException {
    JsonFormat.parser().merge(json, builder);
    builder.setField(builder.getDescriptorForType().findFieldByName("session_id"), Requests.id());
    return (M) builder.build();
  }
}
