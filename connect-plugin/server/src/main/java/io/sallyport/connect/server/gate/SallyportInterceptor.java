package io.sallyport.connect.server.gate;

import io.sallyport.connect.server.egress.Closing;
import io.sallyport.connect.server.egress.ScrubbedCall;
import io.sallyport.connect.server.proto.Rpc;
import io.sallyport.policy.decision.Refusal;
import io.sallyport.policy.principal.Credential;
import io.sallyport.policy.principal.Principal;
import io.sallyport.spark.Installation;
import io.sallyport.spark.RefusedException;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.spark.SparkEnv;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.sparkproject.connect.grpc.Attributes;
import org.sparkproject.connect.grpc.Metadata;
import org.sparkproject.connect.grpc.ServerCall;
import org.sparkproject.connect.grpc.ServerCallHandler;
import org.sparkproject.connect.grpc.ServerInterceptor;
import org.sparkproject.connect.grpc.health.v1.HealthGrpc;

/**
 * Both doors of a Spark Connect server: every call goes in through the gate and out through the
 * egress. Named in {@code spark.connect.grpc.interceptor.classes}, as the last and so the
 * outermost.
 *
 * <p>Guarantees that nothing of a call reaches Spark before its principal is known, every part of
 * Sallyport is in force, and its message was admitted. Safe for threads.
 */
public final class SallyportInterceptor implements ServerInterceptor {

  private static final Logger LOG = LoggerFactory.getLogger(SallyportInterceptor.class);

  private final Gate gate;
  private final Consumer<Attributes> known;

  /**
   * Called by Spark, once.
   *
   * @throws IllegalStateException when the driver plugin did not run first
   */
  public SallyportInterceptor() {
    this(connection -> {});
  }

  /**
   * Called by our own server, once.
   *
   * @param known is told the connection of each call that a known principal makes
   * @throws IllegalStateException when the driver plugin did not run first
   */
  public SallyportInterceptor(Consumer<Attributes> known) {
    this.gate = Gate.of(installation(), SparkEnv.get().conf());
    this.known = known;
  }

  @Override
  public <Q, R> ServerCall.Listener<Q> interceptCall(
      ServerCall<Q, R> call, Metadata headers, ServerCallHandler<Q, R> next) {
    if (HealthGrpc.SERVICE_NAME.equals(call.getMethodDescriptor().getServiceName())) {
      return next.startCall(call, headers); // a probe has no principal, and nothing of ours to see
    }
    ScrubbedCall<Q, R> scrubbed = new ScrubbedCall<>(call);
    try {
      gate.readiness().require();
    } catch (RuntimeException e) {
      LOG.error("Sallyport serves no calls: {}", e.getMessage());
      scrubbed.fail(e);
      return new ServerCall.Listener<>() {};
    }
    Optional<Credential> credential = gate.authentication().credential(headers);
    if (credential.isEmpty()) {
      gate.strangers()
          .turnAway(PeerAddress.of(call), Authentication.beginning(headers), scrubbed::end);
      return new ServerCall.Listener<>() {};
    }
    known.accept(call.getAttributes());
    Principal principal = credential.get().principal();
    Optional<Rpc> rpc = Rpc.of(call.getMethodDescriptor().getFullMethodName());
    if (rpc.filter(Rpc::isOffered).isEmpty()) {
      return ended(scrubbed, Closing.refused(notOffered(rpc, principal)));
    }
    Optional<Refusal> tooMany = gate.calls().tooMany(principal);
    if (tooMany.isPresent()) {
      gate.refusals().refused(principal, rpc, tooMany.get());
      return ended(scrubbed, Closing.refused(tooMany.get().text()));
    }
    call.request(2); // The message, and one more to see that there is none.
    return new GuardedListener<>(
        new GuardedListener.Context<>(gate, rpc.get(), principal, next),
        scrubbed,
        gate.calls().begin(credential.get(), scrubbed::end));
  }

  private String notOffered(Optional<Rpc> rpc, Principal principal) {
    RefusedException refused = AdmitRequest.notOffered(rpc);
    gate.refusals().refused(principal, rpc, refused.refusal());
    return refused.refusal().text();
  }

  private static <Q, R> ServerCall.Listener<Q> ended(ScrubbedCall<Q, R> call, Closing closing) {
    call.end(closing);
    return new ServerCall.Listener<>() {};
  }

  private static Installation installation() {
    return Installation.current()
        .orElseThrow(
            () ->
                new IllegalStateException(
                    "Sallyport is not installed. Missing line:"
                        + " spark.plugins=io.sallyport.connect.server.plugin.SallyportPlugin"));
  }
}
