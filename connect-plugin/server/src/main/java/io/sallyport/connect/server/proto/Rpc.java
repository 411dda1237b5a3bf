package io.sallyport.connect.server.proto;

import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.spark.connect.proto.Base;
import org.apache.spark.connect.proto.SparkConnectServiceGrpc;
import org.sparkproject.connect.protobuf.Descriptors.Descriptor;
import org.sparkproject.connect.protobuf.Descriptors.MethodDescriptor;

/**
 * Every RPC of Spark Connect 4.2, what becomes of it, and why. A method that is not here is
 * refused.
 */
public enum Rpc {
  EXECUTE_PLAN("ExecutePlan", Treatment.FORWARDED, "after proto admission"),
  ANALYZE_PLAN(
      "AnalyzePlan", Treatment.FORWARDED, "columns and Spark's version; the rest answered"),
  INTERRUPT("Interrupt", Treatment.FORWARDED, "of the principal's own operations"),
  REATTACH_EXECUTE("ReattachExecute", Treatment.FORWARDED, "to the principal's own operations"),
  RELEASE_EXECUTE("ReleaseExecute", Treatment.FORWARDED, "of the principal's own operations"),
  RELEASE_SESSION("ReleaseSession", Treatment.FORWARDED, "of the principal's own sessions"),
  CONFIG("Config", Treatment.ANSWERED, "Spark's answers are unredacted, its writes steer it"),
  ARTIFACT_STATUS("ArtifactStatus", Treatment.ANSWERED, "there are no artifacts"),
  ADD_ARTIFACTS("AddArtifacts", Treatment.REFUSED, "uploads are code, or files on the driver"),
  FETCH_ERROR_DETAILS("FetchErrorDetails", Treatment.REFUSED, "a refusal says all there is to say"),
  CLONE_SESSION("CloneSession", Treatment.REFUSED, "a copy of a session would escape its bounds"),
  GET_STATUS("GetStatus", Treatment.REFUSED, "no client needs it");

  /** What the gate does with a call. */
  public enum Treatment {
    FORWARDED,
    ANSWERED,
    REFUSED
  }

  private static final Set<Descriptor> REQUESTS =
      Base.getDescriptor().findServiceByName("SparkConnectService").getMethods().stream()
          .filter(method -> named(method.getName()).filter(Rpc::isOffered).isPresent())
          .map(MethodDescriptor::getInputType)
          .collect(Collectors.toUnmodifiableSet());

  private final String method;
  private final Treatment treatment;
  private final String reason;

  Rpc(String method, Treatment treatment, String reason) {
    this.method = method;
    this.treatment = treatment;
    this.reason = reason;
  }

  /**
   * The RPC of a call.
   *
   * @param fullMethodName as gRPC names it, {@code spark.connect.SparkConnectService/ExecutePlan}
   */
  public static Optional<Rpc> of(String fullMethodName) {
    return Arrays.stream(values())
        .filter(rpc -> rpc.fullMethodName().equals(fullMethodName))
        .findFirst();
  }

  /** Whether a message is what an RPC that is offered takes. */
  static boolean isRequest(Descriptor type) {
    return REQUESTS.contains(type);
  }

  private static Optional<Rpc> named(String method) {
    return Arrays.stream(values()).filter(rpc -> rpc.method.equals(method)).findFirst();
  }

  public String method() {
    return method;
  }

  /** The name by which gRPC knows it. */
  public String fullMethodName() {
    return SparkConnectServiceGrpc.SERVICE_NAME + "/" + method;
  }

  public Treatment treatment() {
    return treatment;
  }

  /** Why it is treated so. */
  public String reason() {
    return reason;
  }

  /** Whether it is forwarded or answered. */
  public boolean isOffered() {
    return treatment != Treatment.REFUSED;
  }
}
