package io.sallyport.connect.server.egress;

import static org.assertj.core.api.Assertions.assertThat;

import io.sallyport.policy.decision.Refusal;
import io.sallyport.policy.decision.RefusalCode;
import io.sallyport.spark.SealedText;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.Optional;
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

  private static final String OPERATION = "6f1c3b2a-0000-4000-8000-000000000001";
  private static final String REFUSAL =
      "[SALLYPORT.RAW_OUTPUT] rows of 'stays' What would pass: groupBy";

  @Test
  void success_loosesItsTrailers() {
    Metadata trailers = new Metadata();
    trailers.put(Metadata.Key.of("x-count", Metadata.ASCII_STRING_MARSHALLER), "17");

    Closing closing = ScrubbedStatus.of(Status.OK, trailers, OPERATION);

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

    assertThat(message(closing)).isEqualTo(message(Closing.failed(OPERATION)));
    assertThat(message(closing)).endsWith("as operation " + OPERATION + ".");
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

    Closing closing = ScrubbedStatus.of(Status.UNKNOWN.withDescription("boo"), trailers, OPERATION);

    assertThat(message(closing)).isEqualTo(message(Closing.failed(OPERATION)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"a", "%", "\u00e9", "\u6f22", "\ud83d\ude00", "\"", "\\", "\u0007"})
  void longRefusal_fitsIntoTrailers_whateverItIsMadeOf(String character) {
    Closing closing =
        Closing.refused(
            new Refusal(
                    RefusalCode.RAW_OUTPUT,
                    character.repeat(3000),
                    Optional.of(character.repeat(3000)),
                    character.repeat(3000))
                .text());

    byte[] details =
        closing
            .trailers()
            .get(Metadata.Key.of("grpc-status-details-bin", Metadata.BINARY_BYTE_MARSHALLER));
    int base64 = (Objects.requireNonNull(details).length + 2) / 3 * 4;
    String message = Objects.requireNonNull(closing.status().getDescription());
    int names = 3 * 32 + "grpc-status-details-bin".length() + "grpc-message".length() + 64;
    assertThat(base64 + encodedSize(message) + names).isLessThan(8 * 1024);
  }

  /** As gRPC percent-encodes it: what is not printable ASCII, and the percent sign. */
  private static int encodedSize(String message) {
    int size = 0;
    for (byte one : message.getBytes(StandardCharsets.UTF_8)) {
      size += one >= ' ' && one <= '~' && one != '%' ? 1 : 3;
    }
    return size;
  }

  @ParameterizedTest
  @ValueSource(strings = {"\u00dcmit", "\u6f22", "\ud83d\ude00", "50 %", "a\ud83d", "\t"})
  void statusAndDetails_sayTheSame_becausePySparkComparesThem(String words) {
    Closing closing = Closing.refused("[SALLYPORT.RAW_OUTPUT] " + words);

    assertThat(closing.status().getDescription()).isEqualTo(message(closing));
    assertThat(message(closing))
        .isEqualTo("[SALLYPORT.RAW_OUTPUT] " + words.replace("a\ud83d", "a?").replace("\t", "?"));
  }

  @ParameterizedTest
  @EnumSource(RefusalCode.class)
  void refusal_isACondition_withStateAndParameters(RefusalCode code)
      throws InvalidProtocolBufferException {
    Refusal refusal = new Refusal(code, "a \"b\"", Optional.of("automatic = x"), "c: What");
    Closing closing = Closing.refused(refusal.text());
    ErrorInfo info =
        StatusProto.fromStatusAndTrailers(closing.status(), closing.trailers())
            .getDetails(0)
            .unpack(ErrorInfo.class);

    assertThat(info.getMetadataMap())
        .containsOnlyKeys("classes", "errorClass", "sqlState", "messageParameters")
        .containsEntry("classes", "[\"org.apache.spark.SparkException\"]")
        .containsEntry("errorClass", "SALLYPORT." + code)
        .containsEntry(
            "messageParameters",
            "{\"subject\":\"a \\\"b\\\".\",\"policy\":\"automatic = x.\",\"remedy\":\"c:"
                + " What.\"}");
    assertThat(info.getMetadataOrThrow("sqlState")).matches("[0-9A-Z]{5}").doesNotStartWith("00");
    assertThat(closing.status().getCode())
        .as("clients send again what is UNAVAILABLE")
        .isNotIn(Status.Code.UNAVAILABLE, Status.Code.OK, Status.Code.UNKNOWN);
  }

  @Test
  void failure_isACondition_too() {
    assertThat(details(Closing.failed(OPERATION))).contains("SALLYPORT.QUERY_FAILED", "XX000");
  }

  private static Closing closing(String description, String condition) {
    return ScrubbedStatus.of(
        Status.INTERNAL.withDescription(description), trailers(description, condition), OPERATION);
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
