package io.sallyport.connect.server.proto;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.spark.connect.proto.AnalyzePlanRequest;
import org.apache.spark.connect.proto.AnalyzePlanResponse;
import org.apache.spark.connect.proto.ConfigRequest;
import org.apache.spark.connect.proto.ConfigResponse;
import org.apache.spark.connect.proto.DataType;
import org.apache.spark.connect.proto.ExecutePlanRequest;
import org.apache.spark.connect.proto.ExecutePlanResponse;
import org.apache.spark.connect.proto.KeyValue;
import org.apache.spark.connect.proto.Relation;
import org.apache.spark.connect.proto.ReleaseExecuteRequest;
import org.apache.spark.connect.proto.ReleaseExecuteResponse;
import org.apache.spark.connect.proto.ReleaseSessionRequest;
import org.apache.spark.connect.proto.ReleaseSessionResponse;
import org.apache.spark.connect.proto.SQL;
import org.apache.spark.connect.proto.SparkConnectServiceGrpc;
import org.apache.spark.sql.SparkSession;
import org.sparkproject.connect.grpc.Server;
import org.sparkproject.connect.grpc.netty.NettyServerBuilder;
import org.sparkproject.connect.grpc.stub.StreamObserver;
import org.sparkproject.connect.protobuf.Message;

/**
 * The unmodified JVM client in front of a server that answers nothing and keeps what it is sent.
 */
final class StockClient implements AutoCloseable {

  private final Recorder recorder = new Recorder();
  private final Server server;
  private final SparkSession session;

  StockClient() {
    try {
      server = NettyServerBuilder.forPort(0).addService(recorder).build().start();
    } catch (IOException e) {
      throw new IllegalStateException("A free port is needed", e);
    }
    session =
        org.apache.spark.sql.connect.SparkSession.builder()
            .remote("sc://localhost:" + server.getPort() + "/;user_id=eve")
            .create();
  }

  SparkSession session() {
    return session;
  }

  /** What the client sent while it did this, whether or not it liked the answers. */
  List<Message> sent(Runnable action) {
    int before = recorder.requests.size();
    try {
      action.run();
    } catch (RuntimeException | AssertionError e) {
      // The answers have a schema and no rows, which no client expects.
    }
    // The client releases what it has read on a thread of its own: requests come in meanwhile.
    List<Message> until = List.copyOf(recorder.requests);
    return until.subList(before, until.size());
  }

  @Override
  public void close() {
    session.stop();
    server.shutdownNow();
  }

  private static final class Recorder extends SparkConnectServiceGrpc.SparkConnectServiceImplBase {

    private final List<Message> requests = new CopyOnWriteArrayList<>();

    @Override
    public void config(ConfigRequest request, StreamObserver<ConfigResponse> out) {
      requests.add(request);
      ConfigResponse.Builder answer =
          ConfigResponse.newBuilder().setSessionId(request.getSessionId());
      List<String> keys = new ArrayList<>(request.getOperation().getGet().getKeysList());
      keys.addAll(request.getOperation().getGetOption().getKeysList());
      for (String key : keys) {
        KeyValue.Builder pair = KeyValue.newBuilder().setKey(key);
        value(key).ifPresent(pair::setValue);
        answer.addPairs(pair);
      }
      answer(out, answer.build());
    }

    @Override
    public void analyzePlan(AnalyzePlanRequest request, StreamObserver<AnalyzePlanResponse> out) {
      requests.add(request);
      AnalyzePlanResponse.Builder answer =
          AnalyzePlanResponse.newBuilder().setSessionId(request.getSessionId());
      if (request.hasSparkVersion()) {
        answer.getSparkVersionBuilder().setVersion("4.2.0");
      } else {
        answer.getSchemaBuilder().setSchema(oneLong());
      }
      answer(out, answer.build());
    }

    @Override
    public void executePlan(ExecutePlanRequest request, StreamObserver<ExecutePlanResponse> out) {
      requests.add(request);
      if (request.getPlan().hasCommand()) {
        Relation sql =
            Relation.newBuilder().setSql(SQL.newBuilder().setQuery("SELECT 1 FROM q")).build();
        ExecutePlanResponse.Builder answer = response(request);
        answer.getSqlCommandResultBuilder().setRelation(sql);
        out.onNext(answer.build());
      } else {
        out.onNext(response(request).setSchema(oneLong()).build());
      }
      answer(
          out,
          response(request)
              .setResultComplete(ExecutePlanResponse.ResultComplete.getDefaultInstance())
              .build());
    }

    @Override
    public void releaseExecute(
        ReleaseExecuteRequest request, StreamObserver<ReleaseExecuteResponse> out) {
      requests.add(request);
      answer(out, ReleaseExecuteResponse.newBuilder().setSessionId(request.getSessionId()).build());
    }

    @Override
    public void releaseSession(
        ReleaseSessionRequest request, StreamObserver<ReleaseSessionResponse> out) {
      requests.add(request);
      answer(out, ReleaseSessionResponse.newBuilder().setSessionId(request.getSessionId()).build());
    }

    private static <T> void answer(StreamObserver<T> out, T answer) {
      out.onNext(answer);
      out.onCompleted();
    }

    private static ExecutePlanResponse.Builder response(ExecutePlanRequest request) {
      return ExecutePlanResponse.newBuilder()
          .setSessionId(request.getSessionId())
          .setOperationId(request.getOperationId())
          .setResponseId(UUID.randomUUID().toString());
    }

    private static DataType oneLong() {
      DataType.Builder type = DataType.newBuilder();
      type.getStructBuilder()
          .addFieldsBuilder()
          .setName("a")
          .setDataType(DataType.newBuilder().setLong(DataType.Long.getDefaultInstance()));
      return type.build();
    }

    private static Optional<String> value(String key) {
      return Optional.ofNullable(
          switch (key) {
            case "spark.connect.session.planCompression.threshold" -> "-1";
            case "spark.connect.session.planCompression.defaultAlgorithm" -> "NONE";
            case "spark.sql.session.timeZone" -> "UTC";
            case "spark.sql.session.localRelationCacheThreshold" -> "67108864";
            case "spark.sql.session.localRelationChunkSizeRows" -> "10000";
            case "spark.sql.session.localRelationChunkSizeBytes" -> "16777216";
            case "spark.sql.session.localRelationBatchOfChunksSizeBytes" -> "1073741824";
            case "spark.sql.session.localRelationSizeLimit" -> "3221225472";
            case "spark.sql.execution.arrow.useLargeVarTypes" -> "false";
            default -> null;
          });
    }
  }
}
