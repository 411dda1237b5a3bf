package io.sallyport.connect.server.egress;

import io.sallyport.spark.OperatorLog;
import io.sallyport.spark.SealedText;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.sparkproject.connect.google_protos.rpc.ErrorInfo;
import org.sparkproject.connect.grpc.Metadata;
import org.sparkproject.connect.grpc.Status;
import org.sparkproject.connect.grpc.protobuf.StatusProto;
import org.sparkproject.connect.protobuf.Any;
import org.sparkproject.connect.protobuf.InvalidProtocolBufferException;

/**
 * Decides how a call ends for the client, from how Spark wants to end it: a text that carries our
 * seal is shown without the seal, a condition by which clients steer is shown under its name, and
 * everything else is one constant failure.
 */
final class ScrubbedStatus {

  /** A sealed text, alone or quoted by an exception of Spark that wraps ours. */
  private static final Pattern SEALED =
      Pattern.compile("\\[SALLYPORT\\.[A-Z_]+\\].*? \u00a7[0-9a-f]{64}", Pattern.DOTALL);

  private ScrubbedStatus() {}

  /**
   * @param operation under which a failure is in the operator's log
   */
  static Closing of(Status status, Metadata trailers, String operation) {
    if (status.isOk()) {
      return Closing.succeeded();
    }
    return refusal(status)
        .map(Closing::refused)
        .or(() -> condition(status, trailers).map(Closing::steering))
        .orElseGet(() -> failed(status, operation));
  }

  private static Closing failed(Status status, String operation) {
    OperatorLog.failed(operation, String.valueOf(status));
    return Closing.failed(operation);
  }

  private static Optional<String> refusal(Status status) {
    String description = Optional.ofNullable(status.getDescription()).orElse("");
    Matcher sealed = SEALED.matcher(description);
    return sealed.find() ? SealedText.open(sealed.group()) : Optional.empty();
  }

  private static Optional<SteeringCondition> condition(Status status, Metadata trailers) {
    return details(status, trailers).stream()
        .filter(detail -> detail.is(ErrorInfo.class))
        .map(ScrubbedStatus::errorClass)
        .findFirst()
        .flatMap(SteeringCondition::of);
  }

  private static List<Any> details(Status status, Metadata trailers) {
    try {
      return StatusProto.fromStatusAndTrailers(status, trailers).getDetailsList();
    } catch (IllegalArgumentException e) {
      // Code and trailers contradict each other: not a status that Spark made.
      return List.of();
    }
  }

  private static String errorClass(Any detail) {
    try {
      return detail.unpack(ErrorInfo.class).getMetadataOrDefault("errorClass", "");
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalStateException("Spark's own trailers are well formed", e);
    }
  }
}
