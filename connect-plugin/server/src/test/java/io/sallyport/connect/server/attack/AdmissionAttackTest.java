package io.sallyport.connect.server.attack;

import static io.sallyport.connect.server.Requests.execute;
import static io.sallyport.connect.server.Requests.id;
import static io.sallyport.connect.server.Requests.range;
import static io.sallyport.connect.server.Requests.schema;
import static io.sallyport.connect.server.Requests.user;
import static org.assertj.core.api.Assertions.assertThat;

import io.sallyport.connect.server.Governed;
import io.sallyport.connect.server.GovernedServer;
import io.sallyport.connect.server.RawClient;
import io.sallyport.policy.principal.Principal;
import io.sallyport.policy.principal.Role;
import io.sallyport.spark.Installation;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.apache.spark.connect.proto.InterruptRequest;
import org.junit.jupiter.api.Test;
import org.sparkproject.connect.grpc.Status;

/** Bob's plan is being looked at for very long: his others wait, his interrupt and Ada do not. */
@Governed
class AdmissionAttackTest {

  private final GovernedServer server;

  AdmissionAttackTest(GovernedServer server) {
    this.server = server;
  }

  @Test
  void oneRequestOfAPerson_isLookedAtAtATime() throws Exception {
    ExecutorService elsewhere = Executors.newSingleThreadExecutor();
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch end = new CountDownLatch(1);
    try (RawClient bob = server.raw("bob");
        RawClient ada = server.raw("ada")) {
      Future<Boolean> slow = elsewhere.submit(() -> lookedAt(begun, end));
      assertThat(begun.await(20, TimeUnit.SECONDS)).isTrue();

      for (int i = 0; i < 2; i++) {
        assertThat(
                bob.failure(
                        stub ->
                            stub.withDeadlineAfter(2, TimeUnit.SECONDS)
                                .analyzePlan(schema(id(), range())))
                    .getStatus()
                    .getCode())
            .isIn(Status.Code.DEADLINE_EXCEEDED, Status.Code.CANCELLED);
      }
      assertThat(bob.stub().interrupt(interrupt())).isNotNull();
      assertThat(ada.execute(execute(id(), range()))).isNotEmpty();
      end.countDown();
      assertThat(slow.get(20, TimeUnit.SECONDS)).isTrue();
      assertThat(bob.execute(execute(id(), range()))).isNotEmpty();
    } finally {
      end.countDown();
      elsewhere.shutdownNow();
    }
  }

  private static boolean lookedAt(CountDownLatch begun, CountDownLatch end) {
    Principal bob = new Principal("bob", Role.ANALYST);
    return Installation.current()
        .orElseThrow()
        .admit(
            bob,
            Duration.ofSeconds(30),
            () -> {
              begun.countDown();
              return await(end);
            });
  }

  private static boolean await(CountDownLatch latch) {
    try {
      return latch.await(60, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private static InterruptRequest interrupt() {
    return InterruptRequest.newBuilder()
        .setSessionId(id())
        .setUserContext(user("bob"))
        .setInterruptType(InterruptRequest.InterruptType.INTERRUPT_TYPE_ALL)
        .build();
  }
}
