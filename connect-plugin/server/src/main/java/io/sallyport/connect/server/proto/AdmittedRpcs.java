package io.sallyport.connect.server.proto;

import static io.sallyport.policy.decision.RefusalCode.RPC_NOT_ALLOWED;

import io.sallyport.spark.RefusedException;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.spark.connect.proto.Base;
import org.sparkproject.connect.protobuf.Descriptors.Descriptor;
import org.sparkproject.connect.protobuf.Descriptors.MethodDescriptor;

/** The twelve calls of Spark Connect: which are admitted, and why the others are not. */
final class AdmittedRpcs {

  private static final String SERVICE = "spark.connect.SparkConnectService/";

  /** An empty reason admits; what is missing is refused. */
  private static final Map<String, Optional<String>> VERDICTS =
      Map.ofEntries(
          Map.entry("ExecutePlan", admitted()),
          Map.entry("AnalyzePlan", admitted()),
          Map.entry("Config", admitted()),
          Map.entry("ArtifactStatus", admitted()),
          Map.entry("Interrupt", admitted()),
          Map.entry("ReattachExecute", admitted()),
          Map.entry("ReleaseExecute", admitted()),
          Map.entry("ReleaseSession", admitted()),
          Map.entry("FetchErrorDetails", admitted()),
          Map.entry("GetStatus", admitted()),
          Map.entry("AddArtifacts", refused("uploads are code, or files on the driver")),
          Map.entry("CloneSession", refused("a copy of a session escapes its bounds")));

  private static final Set<Descriptor> REQUESTS =
      Base.getDescriptor().findServiceByName("SparkConnectService").getMethods().stream()
          .filter(method -> verdict(method.getName()).isEmpty())
          .map(MethodDescriptor::getInputType)
          .collect(Collectors.toUnmodifiableSet());

  private AdmittedRpcs() {}

  /**
   * @param fullMethodName as gRPC names it, {@code spark.connect.SparkConnectService/ExecutePlan}
   * @throws RefusedException when the call is not admitted
   */
  static void requireAdmitted(String fullMethodName) {
    Optional<String> verdict =
        fullMethodName.startsWith(SERVICE)
            ? verdict(fullMethodName.substring(SERVICE.length()))
            : refused("no such call");
    if (verdict.isPresent()) {
      throw Refusals.refuse(
          RPC_NOT_ALLOWED, "The call " + Refusals.quote(fullMethodName) + ": " + verdict.get());
    }
  }

  /** Whether a message is what an admitted call takes. */
  static boolean isRequest(Descriptor type) {
    return REQUESTS.contains(type);
  }

  /** Whether the table has a line for a method of the service. */
  static boolean names(String method) {
    return VERDICTS.containsKey(method);
  }

  private static Optional<String> verdict(String method) {
    return VERDICTS.getOrDefault(method, refused("no such call"));
  }

  private static Optional<String> admitted() {
    return Optional.empty();
  }

  private static Optional<String> refused(String reason) {
    return Optional.of(reason);
  }
}
