package io.sallyport.connect.server.attack;

import static io.sallyport.connect.server.Requests.id;
import static io.sallyport.connect.server.Requests.range;
import static io.sallyport.connect.server.Requests.schema;
import static org.assertj.core.api.Assertions.assertThat;

import io.sallyport.connect.server.Eventually;
import io.sallyport.connect.server.Governed;
import io.sallyport.connect.server.GovernedServer;
import io.sallyport.connect.server.RawClient;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.sparkproject.connect.grpc.ConnectivityState;

/** Somebody without a token holds connections that do nothing but live. */
@Governed
class ConnectionAttackTest {

  private final GovernedServer server;

  ConnectionAttackTest(GovernedServer server) {
    this.server = server;
  }

  @Test
  void connectionWithoutAKnownCall_isClosedSoon_andThatOfAnAnalystStays() throws Exception {
    try (RawClient ada = server.raw("ada");
        RawClient stranger = server.rawWithToken(Optional.of("guessed"))) {
      assertThat(ada.stub().analyzePlan(schema(id(), range())).hasSchema()).isTrue();
      assertThat(stranger.failure(stub -> stub.analyzePlan(schema(id(), range())))).isNotNull();
      assertThat(state(stranger)).isEqualTo(ConnectivityState.READY);

      TimeUnit.SECONDS.sleep(20); // the stranger has thirty, and what waits here waits no longer
      Eventually.is("the stranger's is closed", () -> state(stranger) == ConnectivityState.IDLE);
      assertThat(state(ada)).isEqualTo(ConnectivityState.READY);
      TimeUnit.SECONDS.sleep(12); // past the time of a connection that nobody known calls on
      assertThat(state(ada)).isEqualTo(ConnectivityState.READY);
    }
  }

  private static ConnectivityState state(RawClient client) {
    return client.channel().getState(false);
  }
}
