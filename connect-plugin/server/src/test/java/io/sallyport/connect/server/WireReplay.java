package io.sallyport.connect.server;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.spark.connect.proto.AnalyzePlanRequest;
import org.apache.spark.connect.proto.ArtifactStatusesRequest;
import org.apache.spark.connect.proto.CloneSessionRequest;
import org.apache.spark.connect.proto.ConfigRequest;
import org.apache.spark.connect.proto.ExecutePlanRequest;
import org.apache.spark.connect.proto.ExecutePlanResponse;
import org.apache.spark.connect.proto.FetchErrorDetailsRequest;
import org.apache.spark.connect.proto.GetStatusRequest;
import org.apache.spark.connect.proto.InterruptRequest;
import org.apache.spark.connect.proto.ReattachExecuteRequest;
import org.apache.spark.connect.proto.ReleaseExecuteRequest;
import org.apache.spark.connect.proto.ReleaseSessionRequest;
import org.apache.spark.connect.proto.SparkConnectServiceGrpc.SparkConnectServiceBlockingStub;
import org.sparkproject.connect.grpc.StatusRuntimeException;
import org.sparkproject.connect.protobuf.Message;
import org.sparkproject.connect.protobuf.util.JsonFormat;

/**
 * Sends what a stock client was recorded to send, line by line in one session: the ids are this
 * session's, everything else is as it was.
 */
final class WireReplay {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Pattern CODE = Pattern.compile("^\\[SALLYPORT\\.([A-Z_]+)]");
  private static final Pattern CONDITION = Pattern.compile("^\\[([A-Z_.]+)]");
  private static final String SERVER_SIDE = "server_side_session_id";

  private final RawClient client;
  private final String session = Requests.id();
  private String serverSide = "";
  private String operation = Requests.id();
  private String response = "";

  WireReplay(RawClient client) {
    this.client = client;
  }

  /**
   * What becomes of a line.
   *
   * @param op what the user called
   * @param rpc the method
   * @param outcome {@code answered}, {@code refused CODE}, or how else it ended
   */
  record Sent(String op, String rpc, String outcome) {

    @Override
    public String toString() {
      return op + "\t" + rpc + "\t" + outcome;
    }
  }

  Sent send(String line) {
    try {
      JsonNode recorded = JSON.readTree(line);
      String rpc = recorded.path("rpc").textValue();
      String op = recorded.path("op").textValue();
      return new Sent(op, rpc, outcome(rpc, recorded.path("message").toString()));
    } catch (IOException e) {
      throw new AssertionError("The record is no JSON: " + line, e);
    }
  }

  private String outcome(String rpc, String message) throws IOException {
    if (rpc.equals("ExecutePlan")) {
      operation = Requests.id();
    }
    String own =
        message
            .replace("<session>", session)
            .replace("<operation>", operation)
            .replaceAll("\"response_id\":\"[^\"]*\"", "\"response_id\":\"" + response + "\"")
            .replace("<server-side id>", serverSide);
    try {
      List<? extends Message> answers = called(rpc, own);
      answers.forEach(this::remember);
      return "answered";
    } catch (StatusRuntimeException e) {
      String text = Optional.ofNullable(e.getStatus().getDescription()).orElse("");
      Matcher code = CODE.matcher(text);
      Matcher condition = CONDITION.matcher(text);
      return code.find()
          ? "refused " + code.group(1)
          : condition.find() ? condition.group(1) : e.getStatus().toString();
    }
  }

  private List<? extends Message> called(String rpc, String message) throws IOException {
    SparkConnectServiceBlockingStub stub = client.stub();
    return switch (rpc) {
      case "ExecutePlan" ->
          RawClient.all(stub.executePlan(parsed(ExecutePlanRequest.newBuilder(), message).build()));
      case "AnalyzePlan" ->
          List.of(stub.analyzePlan(parsed(AnalyzePlanRequest.newBuilder(), message).build()));
      case "Config" -> List.of(stub.config(parsed(ConfigRequest.newBuilder(), message).build()));
      case "ArtifactStatus" ->
          List.of(
              stub.artifactStatus(parsed(ArtifactStatusesRequest.newBuilder(), message).build()));
      case "Interrupt" ->
          List.of(stub.interrupt(parsed(InterruptRequest.newBuilder(), message).build()));
      case "ReattachExecute" -> {
        Iterator<? extends Message> answers =
            stub.reattachExecute(parsed(ReattachExecuteRequest.newBuilder(), message).build());
        yield RawClient.all(answers);
      }
      case "ReleaseExecute" ->
          List.of(stub.releaseExecute(parsed(ReleaseExecuteRequest.newBuilder(), message).build()));
      case "ReleaseSession" ->
          List.of(stub.releaseSession(parsed(ReleaseSessionRequest.newBuilder(), message).build()));
      case "FetchErrorDetails" ->
          List.of(
              stub.fetchErrorDetails(
                  parsed(FetchErrorDetailsRequest.newBuilder(), message).build()));
      case "CloneSession" ->
          List.of(stub.cloneSession(parsed(CloneSessionRequest.newBuilder(), message).build()));
      case "GetStatus" ->
          List.of(stub.getStatus(parsed(GetStatusRequest.newBuilder(), message).build()));
      default -> throw new AssertionError("An RPC that the replay does not know: " + rpc);
    };
  }

  private static <B extends Message.Builder> B parsed(B builder, String json) throws IOException {
    JsonFormat.parser().merge(json, builder);
    return builder;
  }

  /** A client keeps what the first answer says, and refuses answers that say otherwise. */
  private void remember(Message answer) {
    String found =
        (String) answer.getField(answer.getDescriptorForType().findFieldByName(SERVER_SIDE));
    if (answer instanceof ExecutePlanResponse part) {
      response = part.getResponseId();
    }
    if (serverSide.isEmpty()) {
      serverSide = found;
    }
    if (found.isEmpty() || !found.equals(serverSide)) {
      throw new AssertionError(
          answer.getDescriptorForType().getName() + " is of the session '" + found + "'");
    }
  }
}
