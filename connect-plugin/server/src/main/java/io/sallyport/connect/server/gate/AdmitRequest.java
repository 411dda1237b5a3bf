package io.sallyport.connect.server.gate;

import io.sallyport.connect.server.gate.Admitted.Answer;
import io.sallyport.connect.server.gate.Admitted.Forward;
import io.sallyport.connect.server.proto.ProtoAdmission;
import io.sallyport.connect.server.proto.Rpc;
import io.sallyport.policy.decision.RefusalCode;
import io.sallyport.policy.principal.Principal;
import io.sallyport.spark.RefusedException;
import java.util.Optional;
import java.util.UUID;
import org.apache.spark.connect.proto.AnalyzePlanRequest;
import org.apache.spark.connect.proto.AnalyzePlanResponse;
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
 *
 * <p>First {@link #identified}, then {@link #slot}, then, when the slot is taken, {@link #admit}:
 * nothing is parsed, no session is made and nothing starts before.
 */
final class AdmitRequest {

  private final SessionRegistry registry;
  private final ProtoAdmission plans;
  private final Sessions sessions;
  private final UnreadResults unread;
  private final AdmissionTurns turns;

  AdmitRequest(
      SessionRegistry registry,
      ProtoAdmission plans,
      Sessions sessions,
      UnreadResults unread,
      AdmissionTurns turns) {
    this.registry = registry;
    this.plans = plans;
    this.sessions = sessions;
    this.unread = unread;
    this.turns = turns;
  }

  /** The message under its principal, in a session that is nobody else's, with all its ids. */
  Message identified(Principal principal, Message message) {
    Message request = RequestHead.under(principal, message);
    registry.requireOwnSession(RequestHead.session(request), principal);
    return request instanceof ExecutePlanRequest execute && !execute.hasOperationId()
        ? execute.toBuilder().setOperationId(UUID.randomUUID().toString()).build()
        : request;
  }

  /** What an identified request needs a slot for; empty when it makes no work. */
  static Optional<OperationKey> slot(Principal principal, Message request) {
    if (request instanceof ExecutePlanRequest execute) {
      return Optional.of(
          new OperationKey(principal.name(), execute.getSessionId(), execute.getOperationId()));
    }
    if (request instanceof AnalyzePlanRequest analyze) {
      String once = UUID.randomUUID().toString();
      return Optional.of(new OperationKey(principal.name(), analyze.getSessionId(), once));
    }
    return Optional.empty();
  }

  /** What becomes of an identified request that has its slot. */
  Admitted admit(Rpc rpc, Principal principal, Message request) {
    return switch (rpc) {
      case EXECUTE_PLAN -> execute(principal, (ExecutePlanRequest) request);
      case ANALYZE_PLAN -> analyze(principal, (AnalyzePlanRequest) request);
      case INTERRUPT -> interrupt(principal, (InterruptRequest) request);
      case REATTACH_EXECUTE -> reattach(principal, (ReattachExecuteRequest) request);
      case RELEASE_EXECUTE -> releaseExecute(principal, (ReleaseExecuteRequest) request);
      case RELEASE_SESSION -> new Forward(plans.admit((ReleaseSessionRequest) request));
      case CONFIG -> config(principal, plans.admit((ConfigRequest) request));
      case ARTIFACT_STATUS -> artifacts(principal, plans.admit((ArtifactStatusesRequest) request));
      case ADD_ARTIFACTS, FETCH_ERROR_DETAILS, CLONE_SESSION, GET_STATUS ->
          throw notOffered(Optional.of(rpc));
    };
  }

  /** The refusal of an RPC that the gate does not offer. */
  static RefusedException notOffered(Optional<Rpc> rpc) {
    return RefusedException.of(
        RefusalCode.RPC_NOT_ALLOWED,
        rpc.map(known -> "the RPC " + known.method() + " is not offered: " + known.reason())
            .orElse("there is no RPC of this name"),
        "queries, as stock clients send them");
  }

  private Admitted execute(Principal principal, ExecutePlanRequest request) {
    registry.requireOwnOperation(request.getOperationId(), principal);
    ExecutePlanRequest admitted = turns.inTurn(principal, () -> plans.admit(request));
    unread.makeRoom(principal);
    OpenSession unused = opened(principal, request);
    registry.claimOperation(request.getOperationId(), principal);
    registry.hasBegun(request.getSessionId());
    return new Forward(
        admitted, isReattachable(admitted) ? Optional.empty() : slot(principal, request));
  }

  private Admitted config(Principal principal, ConfigRequest request) {
    OpenSession session = opened(principal, request);
    boolean isAtStart = !registry.isBegun(request.getSessionId());
    return new Answer(
        new ConfigAnswers(session, isAtStart)
            .answer(request.getOperation())
            .setSessionId(request.getSessionId())
            .setServerSideSessionId(session.serverSideId())
            .build());
  }

  /** What the gate answers belongs to a session of Spark's, as what Spark answers does. */
  private OpenSession opened(Principal principal, Message request) {
    String session = RequestHead.session(request);
    registry.claimSession(session, principal);
    return sessions.open(principal, session, RequestHead.observedSession(request));
  }

  private static boolean isReattachable(ExecutePlanRequest request) {
    return request.getRequestOptionsList().stream()
        .anyMatch(option -> option.getReattachOptions().getReattachable());
  }

  private Admitted analyze(Principal principal, AnalyzePlanRequest request) {
    AnalyzePlanRequest admitted =
        request.hasSparkVersion() // there is no plan in it
            ? plans.admit(request)
            : turns.inTurn(principal, () -> plans.admit(request));
    Optional<AnalyzePlanResponse.Builder> answer = AnalyzeAnswers.of(admitted);
    if (answer.isPresent()) {
      String serverSide = opened(principal, request).serverSideId();
      return new Answer(
          answer
              .get()
              .setSessionId(request.getSessionId())
              .setServerSideSessionId(serverSide)
              .build());
    }
    OpenSession unused = opened(principal, request);
    if (!admitted.hasSparkVersion()) {
      registry.hasBegun(request.getSessionId());
    }
    return new Forward(admitted);
  }

  private Admitted interrupt(Principal principal, InterruptRequest request) {
    if (request.hasOperationId()) {
      registry.requireOwnOperation(request.getOperationId(), principal);
    }
    InterruptRequest admitted = plans.admit(request);
    OpenSession unused = opened(principal, request);
    return new Forward(admitted);
  }

  private Admitted reattach(Principal principal, ReattachExecuteRequest request) {
    registry.requireOwnOperation(request.getOperationId(), principal);
    return new Forward(plans.admit(request));
  }

  private Admitted releaseExecute(Principal principal, ReleaseExecuteRequest request) {
    boolean isKnown = registry.isOwnOperation(request.getOperationId(), principal);
    ReleaseExecuteRequest admitted = plans.admit(request);
    if (!isKnown) {
      // Clients release what was refused as well; Spark would answer that with an error.
      return new Answer(
          ReleaseExecuteResponse.newBuilder()
              .setSessionId(request.getSessionId())
              .setServerSideSessionId(opened(principal, request).serverSideId())
              .build());
    }
    return new Forward(admitted);
  }

  /** There are no artifacts, whatever their names. */
  private Admitted artifacts(Principal principal, ArtifactStatusesRequest request) {
    ArtifactStatusesResponse.Builder none =
        ArtifactStatusesResponse.newBuilder()
            .setSessionId(request.getSessionId())
            .setServerSideSessionId(opened(principal, request).serverSideId());
    for (String name : request.getNamesList()) {
      none.putStatuses(name, ArtifactStatusesResponse.ArtifactStatus.getDefaultInstance());
    }
    return new Answer(none.build());
  }
}
