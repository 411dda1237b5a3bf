package io.sallyport.connect.server.health;

import io.sallyport.spark.Health;
import java.util.ArrayDeque;
import java.util.Deque;
import org.sparkproject.connect.grpc.Metadata;
import org.sparkproject.connect.grpc.ServerCall;
import org.sparkproject.connect.grpc.ServerCallHandler;
import org.sparkproject.connect.grpc.ServerServiceDefinition;
import org.sparkproject.connect.grpc.ServerStreamTracer;
import org.sparkproject.connect.grpc.Status;
import org.sparkproject.connect.grpc.health.v1.HealthCheckRequest;
import org.sparkproject.connect.grpc.health.v1.HealthCheckResponse;
import org.sparkproject.connect.grpc.health.v1.HealthCheckResponse.ServingStatus;
import org.sparkproject.connect.grpc.health.v1.HealthGrpc;

/**
 * gRPC's health protocol on the Connect port, for whoever reaches it: no token, no throttle, no
 * record. The service {@code liveness} tells whether the server lives; the empty name, {@code
 * readiness} and Spark Connect's own name tell whether it can answer questions. Why it cannot is
 * not told here.
 *
 * <p>A stranger's request is read, so few of them are waited for: when there are more, the one that
 * has been waited for longest is answered as the empty name, unread; so is one that sends more than
 * any name needs. A probe is never turned away.
 */
public final class GrpcHealth {

  private static final int MOST_UNREAD = 8;

  private static final int MOST_BYTES = 1024;

  private static final ServerStreamTracer UNCOUNTED = new ServerStreamTracer() {};

  private final Health health;
  private final Deque<Check> unread = new ArrayDeque<>();

  public GrpcHealth(Health health) {
    this.health = health;
  }

  /** The service, to be added to a server. It has no {@code Watch}. */
  public ServerServiceDefinition service() {
    ServerCallHandler<HealthCheckRequest, HealthCheckResponse> check = this::begin;
    return ServerServiceDefinition.builder(HealthGrpc.SERVICE_NAME)
        .addMethod(HealthGrpc.getCheckMethod(), check)
        .build();
  }

  /** What a server needs besides, so that what a probe sends is counted. */
  public static ServerStreamTracer.Factory counting() {
    return new ServerStreamTracer.Factory() {
      @Override
      public ServerStreamTracer newServerStreamTracer(String method, Metadata headers) {
        return method.startsWith(HealthGrpc.SERVICE_NAME + "/")
            ? new SentBytes(MOST_BYTES)
            : UNCOUNTED;
      }
    };
  }

  private ServerCall.Listener<HealthCheckRequest> begin(
      ServerCall<HealthCheckRequest, HealthCheckResponse> call, Metadata headers) {
    Check check = new Check(call);
    Check oldest = null;
    synchronized (unread) {
      unread.add(check);
      if (unread.size() > MOST_UNREAD) {
        oldest = unread.remove();
      }
    }
    if (oldest != null) {
      oldest.answer("");
    }
    SentBytes.whenTooMany(check::onHalfClose);
    call.request(1);
    return check;
  }

  private void isRead(Check check) {
    synchronized (unread) {
      unread.remove(check);
    }
  }

  private ServingStatus status(String service) {
    return switch (service) {
      case "liveness" -> of(health.dead().isEmpty());
      case "", "readiness", "spark.connect.SparkConnectService" -> of(health.problems().isEmpty());
      default -> ServingStatus.SERVICE_UNKNOWN;
    };
  }

  private static ServingStatus of(boolean serves) {
    return serves ? ServingStatus.SERVING : ServingStatus.NOT_SERVING;
  }

  /** One call, which is answered once. */
  private final class Check extends ServerCall.Listener<HealthCheckRequest> {

    private final ServerCall<HealthCheckRequest, HealthCheckResponse> call;
    private boolean isAnswered;

    Check(ServerCall<HealthCheckRequest, HealthCheckResponse> call) {
      this.call = call;
    }

    @Override
    public void onMessage(HealthCheckRequest request) {
      isRead(this);
      answer(request.getService());
    }

    @Override
    public void onHalfClose() {
      isRead(this);
      answer("");
    }

    @Override
    public void onCancel() {
      isRead(this);
    }

    synchronized void answer(String service) {
      if (isAnswered) {
        return;
      }
      isAnswered = true;
      ServingStatus status = status(service);
      if (status == ServingStatus.SERVICE_UNKNOWN) {
        call.close(Status.NOT_FOUND.withDescription("There is no such service"), new Metadata());
        return;
      }
      call.sendHeaders(new Metadata());
      call.sendMessage(HealthCheckResponse.newBuilder().setStatus(status).build());
      call.close(Status.OK, new Metadata());
    }
  }
}
