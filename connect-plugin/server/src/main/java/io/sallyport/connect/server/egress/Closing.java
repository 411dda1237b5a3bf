package io.sallyport.connect.server.egress;

import io.sallyport.policy.decision.RefusalCode;
import java.util.Optional;
import org.sparkproject.connect.google_protos.rpc.ErrorInfo;
import org.sparkproject.connect.grpc.Metadata;
import org.sparkproject.connect.grpc.Status;
import org.sparkproject.connect.grpc.StatusRuntimeException;
import org.sparkproject.connect.grpc.protobuf.StatusProto;
import org.sparkproject.connect.protobuf.Any;

/**
 * The end of a call as a client sees it: a status and trailers that are made here, never Spark's.
 *
 * <p>The trailers carry a {@code google.rpc.ErrorInfo} that names the exception class which stock
 * clients are to throw. It has no {@code errorId}, so clients have no details to fetch.
 *
 * @param status code and text
 * @param trailers empty when the call succeeded
 */
public record Closing(Status status, Metadata trailers) {

  private static final String ANALYSIS = "org.apache.spark.sql.AnalysisException";
  private static final String SPARK = "org.apache.spark.SparkException";
  private static final String FAILED =
      "[SALLYPORT."
          + RefusalCode.QUERY_FAILED
          + "] The query failed. Why is not told, because the reason may describe the data."
          + " The server's operator finds it in the server's log.";

  /** Its trailers are its own: gRPC writes into them, and calls end at the same time. */
  static Closing succeeded() {
    return new Closing(Status.OK, new Metadata());
  }

  /** What is shown of every failure that is not a refusal, whatever the reason. */
  public static Closing failed() {
    return of(Status.INTERNAL, SPARK, FAILED, Optional.empty());
  }

  /** A refusal in our own words; {@code text} must be made from plan and policy only. */
  public static Closing refused(String text) {
    boolean isUnknown = text.startsWith("[SALLYPORT." + RefusalCode.UNAUTHENTICATED + "]");
    Status status = isUnknown ? Status.UNAUTHENTICATED : Status.PERMISSION_DENIED;
    return of(status, ANALYSIS, text, Optional.empty());
  }

  /** A condition by which clients steer, under its own name and with a constant text. */
  static Closing steering(SteeringCondition condition) {
    return of(Status.INTERNAL, SPARK, condition.text(), Optional.of(condition.condition()));
  }

  private static Closing of(
      Status status, String exceptionClass, String text, Optional<String> condition) {
    ErrorInfo.Builder info =
        ErrorInfo.newBuilder()
            .setReason(exceptionClass)
            .setDomain("org.apache.spark")
            .putMetadata("classes", "[\"" + exceptionClass + "\"]");
    condition.ifPresent(
        name -> info.putMetadata("errorClass", name).putMetadata("messageParameters", "{}"));
    StatusRuntimeException exception =
        StatusProto.toStatusRuntimeException(
            org.sparkproject.connect.google_protos.rpc.Status.newBuilder()
                .setCode(status.getCode().value())
                .setMessage(ShortText.utf8(text))
                .addDetails(Any.pack(info.build()))
                .build());
    Metadata trailers = new Metadata();
    trailers.merge(exception.getTrailers());
    return new Closing(status.withDescription(ShortText.ascii(text)), trailers);
  }
}
