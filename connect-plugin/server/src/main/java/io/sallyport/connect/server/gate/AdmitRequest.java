package io.sallyport.connect.server.gate;

import io.sallyport.connect.server.gate.Admitted.Answer;
import io.sallyport.connect.server.gate.Admitted.Forward;
import io.sallyport.connect.server.proto.ProtoAdmission;
import io.sallyport.policy.decision.RefusalCode;
import io.sallyport.policy.principal.Principal;
import io.sallyport.spark.RefusedException;
import java.util.Optional;
import java.util.UUID;
import org.apache.spark.connect.proto.AnalyzePlanRequest;
import org.apache.spark.connect.proto.ArtifactStatusesRequest;
import org.apache.spark.connect.proto.ArtifactStatusesResponse;
import org.apache.spark.connect.proto.ConfigRequest;
import org.apache.spark.connect.proto.ExecutePlanRequest;
import org.apache.spark.connect.proto.InterruptRequest;
import org.apache.spark.connect.proto.ReattachExecuteRequest;
import org.apache.spark.connect.proto.ReleaseExecuteRequest;
import org.apache.spark.connect.proto.ReleaseExecuteResponse;
import org.apache.spark.connect.proto.ReleaseSessionRequest;
import org.sparkproject.connect.protobuf.Message;

/**
 * Puts a request under its principal, binds it to the principal's own session and operation, and
 * hands plans to proto admission. Throws {@link RefusedException} for whatever does not pass.
 */
final class AdmitRequest {

  private final SessionRegistry registry;
  private final ProtoAdmission plans;

  AdmitRequest(SessionRegistry registry, ProtoAdmission plans) {
    this.registry = registry;
    this.plans = plans;
  }

  Admitted admit(Rpc rpc, Principal principal, Message message) {
    Message request = RequestHead.under(principal, message);
    registry.requireOwnSession(RequestHead.session(request), principal);
    return switch (rpc) {
      case EXECUTE_PLAN -> execute(principal, (ExecutePlanRequest) request);
      case ANALYZE_PLAN -> analyze(principal, (AnalyzePlanRequest) request);
      case INTERRUPT -> interrupt(principal, (InterruptRequest) request);
      case REATTACH_EXECUTE -> reattach(principal, (ReattachExecuteRequest) request);
      case RELEASE_EXECUTE -> releaseExecute(principal, (ReleaseExecuteRequest) request);
      case RELEASE_SESSION -> releaseSession((ReleaseSessionRequest) request);
      case CONFIG -> config(principal, plans.admit((ConfigRequest) request));
      case ARTIFACT_STATUS -> artifacts(plans.admit((ArtifactStatusesRequest) request));
      case ADD_ARTIFACTS, FETCH_ERROR_DETAILS, CLONE_SESSION, GET_STATUS ->
          throw notOffered(rpc.method());
    };
  }

  /** The refusal of an RPC that the gate does not offer. */
  static RefusedException notOffered(String rpc) {
    return RefusedException.of(
        RefusalCode.RPC_NOT_ALLOWED,
        "the RPC " + rpc + " is not offered",
        "queries, as stock clients send them");
  }

  private Admitted execute(Principal principal, ExecutePlanRequest sent) {
    ExecutePlanRequest request =
        sent.hasOperationId()
            ? sent
            : sent.toBuilder().setOperationId(UUID.randomUUID().toString()).build();
    registry.requireOwnOperation(request.getOperationId(), principal);
    ExecutePlanRequest admitted = plans.admit(request);
    registry.openSession(request.getSessionId(), principal);
    registry.openOperation(request.getOperationId(), principal);
    return new Forward(admitted, Optional.of(request.getOperationId()), !isReattachable(admitted));
  }

  private Admitted config(Principal principal, ConfigRequest request) {
    if (!QuestionConfs.isAbout(request)) {
      return new Answer(ConfigAnswers.answer(request));
    }
    QuestionConfs.requireValid(request);
    registry.openSession(request.getSessionId(), principal);
    return new Forward(request, Optional.empty());
  }

  private static boolean isReattachable(ExecutePlanRequest request) {
    return request.getRequestOptionsList().stream()
        .anyMatch(option -> option.getReattachOptions().getReattachable());
  }

  private Admitted analyze(Principal principal, AnalyzePlanRequest request) {
    AnalyzeKinds.requireAllowed(request.getAnalyzeCase());
    AnalyzePlanRequest admitted = plans.admit(request);
    registry.openSession(request.getSessionId(), principal);
    return new Forward(admitted, Optional.empty());
  }

  private Admitted interrupt(Principal principal, InterruptRequest request) {
    if (request.hasOperationId()) {
      registry.requireOwnOperation(request.getOperationId(), principal);
    }
    InterruptRequest admitted = plans.admit(request);
    registry.openSession(request.getSessionId(), principal);
    return new Forward(admitted, Optional.empty());
  }

  private Admitted reattach(Principal principal, ReattachExecuteRequest request) {
    registry.requireOwnOperation(request.getOperationId(), principal);
    return new Forward(plans.admit(request), Optional.of(request.getOperationId()));
  }

  private Admitted releaseExecute(Principal principal, ReleaseExecuteRequest request) {
    boolean isKnown = registry.isOwnOperation(request.getOperationId(), principal);
    ReleaseExecuteRequest admitted = plans.admit(request);
    if (!isKnown) {
      // Clients release what was refused as well; Spark would answer that with an error.
      return new Answer(
          ReleaseExecuteResponse.newBuilder().setSessionId(request.getSessionId()).build());
    }
    if (request.hasReleaseAll()) {
      registry.closeOperation(request.getOperationId());
    }
    return new Forward(admitted, Optional.empty());
  }

  private Admitted releaseSession(ReleaseSessionRequest request) {
    ReleaseSessionRequest admitted = plans.admit(request);
    registry.closeSession(request.getSessionId());
    return new Forward(admitted, Optional.empty());
  }

  /** There are no artifacts, whatever their names. */
  private static Admitted artifacts(ArtifactStatusesRequest request) {
    ArtifactStatusesResponse.Builder none =
        ArtifactStatusesResponse.newBuilder().setSessionId(request.getSessionId());
    for (String name : request.getNamesList()) {
      none.putStatuses(name, ArtifactStatusesResponse.ArtifactStatus.getDefaultInstance());
    }
    return new Answer(none.build());
  }
}
