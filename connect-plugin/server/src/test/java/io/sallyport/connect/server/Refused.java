package io.sallyport.connect.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.sallyport.policy.decision.RefusalCode;
import java.util.Set;
import org.assertj.core.api.Assertions;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.sparkproject.connect.grpc.StatusRuntimeException;
import org.sparkproject.connect.grpc.protobuf.StatusProto;

/** What tests say of refusals, whichever client sees them. */
public final class Refused {

  private static final Set<String> TRAILERS = Set.of("grpc-status-details-bin", "content-type");

  private Refused() {}

  /** The stock client throws, and its message starts with the code. */
  public static Throwable by(RefusalCode code, ThrowingCallable action) {
    Throwable thrown = Assertions.catchThrowable(action);
    assertThat(thrown).as("must be refused with " + code).isNotNull();
    assertThat(thrown.getMessage()).startsWith(start(code));
    return thrown;
  }

  /** A raw call ended with the code, and nothing but our own text in status and trailers. */
  public static void with(RefusalCode code, StatusRuntimeException failure) {
    assertThat(failure.getStatus().getDescription()).startsWith(start(code));
    assertThat(StatusProto.fromThrowable(failure).getMessage()).startsWith(start(code));
    assertThat(failure.getTrailers().keys()).isSubsetOf(TRAILERS);
    assertThat(StatusProto.fromThrowable(failure).toString()).doesNotContain("errorId", "at org.");
  }

  private static String start(RefusalCode code) {
    return "[SALLYPORT." + code + "]";
  }
}
