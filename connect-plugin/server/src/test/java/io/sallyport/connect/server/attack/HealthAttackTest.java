package io.sallyport.connect.server.attack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sallyport.connect.server.Governed;
import io.sallyport.connect.server.GovernedServer;
import io.sallyport.connect.server.RawClient;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.sparkproject.connect.grpc.StatusRuntimeException;
import org.sparkproject.connect.grpc.health.v1.HealthCheckRequest;
import org.sparkproject.connect.grpc.health.v1.HealthCheckResponse.ServingStatus;
import org.sparkproject.connect.grpc.health.v1.HealthGrpc;

/** Somebody without a token sends more to the health service than any name needs. */
@Governed
class HealthAttackTest {

  private final GovernedServer server;

  HealthAttackTest(GovernedServer server) {
    this.server = server;
  }

  @Test
  void nameThatIsTooLong_isNotReadToItsEnd() {
    try (RawClient stranger = server.rawWithToken(Optional.empty())) {
      assertThat(status(stranger, "x".repeat(1_000_000))).isEqualTo(ServingStatus.SERVING);
      assertThat(status(stranger, "liveness")).isEqualTo(ServingStatus.SERVING);
      assertThatThrownBy(() -> status(stranger, "x".repeat(1_000)))
          .isInstanceOf(StatusRuntimeException.class)
          .hasMessageContaining("There is no such service");
    }
  }

  private static ServingStatus status(RawClient client, String service) {
    return HealthGrpc.newBlockingStub(client.channel())
        .withDeadlineAfter(20, TimeUnit.SECONDS)
        .check(HealthCheckRequest.newBuilder().setService(service).build())
        .getStatus();
  }
}
