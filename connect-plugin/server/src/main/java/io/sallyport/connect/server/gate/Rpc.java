package io.sallyport.connect.server.gate;

import java.util.Arrays;
import java.util.Optional;
import org.apache.spark.connect.proto.SparkConnectServiceGrpc;

/** Every RPC of Spark Connect 4.2 and what becomes of it. A method that is not here is refused. */
enum Rpc {
  EXECUTE_PLAN("ExecutePlan", Treatment.FORWARDED), // after proto admission
  ANALYZE_PLAN("AnalyzePlan", Treatment.FORWARDED), // schema and Spark's version only
  INTERRUPT("Interrupt", Treatment.FORWARDED), // of the principal's own operations
  REATTACH_EXECUTE("ReattachExecute", Treatment.FORWARDED), // to the principal's own operations
  RELEASE_EXECUTE("ReleaseExecute", Treatment.FORWARDED), // of the principal's own operations
  RELEASE_SESSION("ReleaseSession", Treatment.FORWARDED), // of the principal's own sessions
  CONFIG(
      "Config", Treatment.ANSWERED), // Spark's answers are unredacted, its writes steer the engine
  ARTIFACT_STATUS("ArtifactStatus", Treatment.ANSWERED), // there are no artifacts
  ADD_ARTIFACTS("AddArtifacts", Treatment.REFUSED), // code and files for driver and executors
  FETCH_ERROR_DETAILS("FetchErrorDetails", Treatment.REFUSED), // full messages, stack traces
  CLONE_SESSION("CloneSession", Treatment.REFUSED), // a session that the registry did not see
  GET_STATUS("GetStatus", Treatment.REFUSED); // no client needs it; carries plugin extensions

  /** What the gate does with a call. */
  enum Treatment {
    FORWARDED,
    ANSWERED,
    REFUSED
  }

  private final String method;
  private final Treatment treatment;

  Rpc(String method, Treatment treatment) {
    this.method = method;
    this.treatment = treatment;
  }

  static Optional<Rpc> of(String fullMethodName) {
    return Arrays.stream(values())
        .filter(rpc -> rpc.fullMethodName().equals(fullMethodName))
        .findFirst();
  }

  String method() {
    return method;
  }

  String fullMethodName() {
    return SparkConnectServiceGrpc.SERVICE_NAME + "/" + method;
  }

  Treatment treatment() {
    return treatment;
  }
}
