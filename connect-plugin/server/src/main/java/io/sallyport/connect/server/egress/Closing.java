package io.sallyport.connect.server.egress;

import io.sallyport.policy.decision.RefusalCode;
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
 * clients are to throw, and for a refusal its condition, SQLSTATE and parameters. It has no {@code
 * errorId}, so clients have no details to fetch.
 *
 * @param status code and text
 * @param trailers empty when the call succeeded
 */
public record Closing(Status status, Metadata trailers) {

  /** With AnalysisException, the JVM client looks the condition up among Spark's own and fails. */
  private static final String SPARK = "org.apache.spark.SparkException";

  private static final String FAILED =
      "[SALLYPORT."
          + RefusalCode.QUERY_FAILED
          + "] The query failed. Why is not told, because the reason may describe the data."
          + " The server's operator finds it as operation ";

  /** Its trailers are its own: gRPC writes into them, and calls end at the same time. */
  static Closing succeeded() {
    return new Closing(Status.OK, new Metadata());
  }

  /**
   * What is shown of every failure that is not a refusal, whatever the reason.
   *
   * @param operation under which the reason is in the operator's log
   */
  public static Closing failed(String operation) {
    return refused(FAILED + operation + ".");
  }

  /** A refusal in our own words; {@code text} must be made from plan and policy only. */
  public static Closing refused(String text) {
    ShownRefusal refusal = ShownRefusal.of(text);
    ConditionState state = ConditionState.of(refusal.code());
    ErrorInfo.Builder info =
        info(refusal.condition(), refusal.parameters()).putMetadata("sqlState", state.sqlState());
    return of(state.status(), text, info);
  }

  /** A condition of Spark's: what clients steer by keeps its name, all others are a failure. */
  public static Closing condition(String name, String operation) {
    return SteeringCondition.of(name)
        .map(Closing::steering)
        .orElseGet(() -> Closing.failed(operation));
  }

  /** A condition by which clients steer, under its own name and with a constant text. */
  static Closing steering(SteeringCondition condition) {
    return of(Status.INTERNAL, condition.text(), info(condition.condition(), "{}"));
  }

  private static ErrorInfo.Builder info(String condition, String parameters) {
    return ErrorInfo.newBuilder()
        .setReason(SPARK)
        .setDomain("org.apache.spark")
        .putMetadata("classes", "[\"" + SPARK + "\"]")
        .putMetadata("errorClass", condition)
        .putMetadata("messageParameters", parameters);
  }

  private static Closing of(Status status, String text, ErrorInfo.Builder info) {
    String message = ShortText.message(text);
    StatusRuntimeException exception =
        StatusProto.toStatusRuntimeException(
            org.sparkproject.connect.google_protos.rpc.Status.newBuilder()
                .setCode(status.getCode().value())
                .setMessage(message)
                .addDetails(Any.pack(info.build()))
                .build());
    Metadata trailers = new Metadata();
    trailers.merge(exception.getTrailers());
    return new Closing(status.withDescription(message), trailers);
  }
}
