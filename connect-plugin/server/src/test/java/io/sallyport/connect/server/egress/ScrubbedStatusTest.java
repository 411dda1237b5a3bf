package io.sallyport.connect.server.egress;

import static org.assertj.core.api.Assertions.assertThat;

import io.sallyport.spark.SealedText;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.sparkproject.connect.google_protos.rpc.ErrorInfo;
import org.sparkproject.connect.grpc.Metadata;
import org.sparkproject.connect.grpc.Status;
import org.sparkproject.connect.grpc.StatusRuntimeException;
import org.sparkproject.connect.grpc.protobuf.StatusProto;
import org.sparkproject.connect.protobuf.Any;
import org.sparkproject.connect.protobuf.InvalidProtocolBufferException;

class ScrubbedStatusTest {

  private static final String REFUSAL =
      "[SALLYPORT.RAW_OUTPUT] rows of 'stays' What would pass: groupBy";

  @Test
  void success_loosesItsTrailers() {
    Metadata trailers = new Metadata();
    trailers.put(Metadata.Key.of("x-count", Metadata.ASCII_STRING_MARSHALLER), "17");

    Closing closing = ScrubbedStatus.of(Status.OK, trailers);

    assertThat(closing.status().isOk()).isTrue();
    assertThat(closing.trailers().keys()).isEmpty();
  }

  @Test
  void sealedRefusal_isShownWithoutItsSeal() {
    Closing closing = closing(SealedText.seal(REFUSAL), "");

    assertThat(closing.status().getDescription()).isEqualTo(REFUSAL);
    assertThat(message(closing)).isEqualTo(REFUSAL);
  }

  @Test
  void sealedRefusal_quotedByAnotherException_isFound() {
    Closing closing =
        closing("Job aborted due to 'Eve': " + SealedText.seal(REFUSAL) + " at x.Y(Z:1)", "");

    assertThat(message(closing)).isEqualTo(REFUSAL);
  }

  @Test
  void textThatLooksLikeARefusal_withoutSeal_isAFailure() {
    Closing closing = closing("[SALLYPORT.RAW_OUTPUT] SSN32598 \u00a7" + "0".repeat(64), "");

    assertThat(closing).hasToString(closing.toString());
    assertThat(message(closing)).startsWith("[SALLYPORT.QUERY_FAILED]").doesNotContain("SSN32598");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "CAST_INVALID_INPUT",
        "DIVIDE_BY_ZERO",
        "UNRESOLVED_COLUMN.WITH_SUGGESTION",
        "INVALID_HANDLE.FORMAT",
        "INVALID_HANDLE",
        ""
      })
  void everyOtherCondition_isOneConstantFailure(String condition) {
    Closing closing = closing("The value 'SSN32598' of \"BIGINT\" cannot be cast", condition);

    assertThat(message(closing)).isEqualTo(message(Closing.failed()));
    assertThat(details(closing)).doesNotContain("SSN32598", "CAST_INVALID_INPUT", "errorId");
  }

  @ParameterizedTest
  @EnumSource(SteeringCondition.class)
  void steeringConditions_keepNothingButTheirName(SteeringCondition condition) {
    Closing closing = closing("of session SSN32598", condition.condition());

    assertThat(message(closing))
        .startsWith("[" + condition.condition() + "]")
        .doesNotContain("SSN32598");
    assertThat(closing.status().getCode()).isEqualTo(Status.Code.INTERNAL);
  }

  @Test
  void contradictingTrailers_areAFailure() {
    Metadata trailers = trailers("boo", "INVALID_HANDLE.SESSION_CLOSED");

    Closing closing = ScrubbedStatus.of(Status.UNKNOWN.withDescription("boo"), trailers);

    assertThat(message(closing)).isEqualTo(message(Closing.failed()));
  }

  @Test
  void longRefusal_fitsIntoTrailers() {
    Closing closing = Closing.refused("[SALLYPORT.RAW_OUTPUT] " + "\u6f22".repeat(3000));

    assertThat(details(closing).length()).isLessThan(4000);
    assertThat(Objects.requireNonNull(closing.status().getDescription())).hasSizeLessThan(2200);
  }

  private static Closing closing(String description, String condition) {
    return ScrubbedStatus.of(
        Status.INTERNAL.withDescription(description), trailers(description, condition));
  }

  /** The trailers as Spark makes them. */
  private static Metadata trailers(String description, String condition) {
    ErrorInfo info =
        ErrorInfo.newBuilder()
            .setReason("org.apache.spark.SparkException")
            .putMetadata("errorClass", condition)
            .putMetadata("errorId", "00000000-0000-0000-0000-000000000000")
            .putMetadata("messageParameters", "{\"value\":\"SSN32598\"}")
            .build();
    return StatusProto.toStatusRuntimeException(
            org.sparkproject.connect.google_protos.rpc.Status.newBuilder()
                .setCode(Status.INTERNAL.getCode().value())
                .setMessage(description)
                .addDetails(Any.pack(info))
                .build())
        .getTrailers();
  }

  private static String message(Closing closing) {
    return StatusProto.fromStatusAndTrailers(closing.status(), closing.trailers()).getMessage();
  }

  private static String details(Closing closing) {
    StatusRuntimeException exception = closing.status().asRuntimeException(closing.trailers());
    try {
      return message(closing)
          + StatusProto.fromThrowable(exception).getDetails(0).unpack(ErrorInfo.class);
    } catch (InvalidProtocolBufferException e) {
      throw new AssertionError(e);
    }
  }
}
