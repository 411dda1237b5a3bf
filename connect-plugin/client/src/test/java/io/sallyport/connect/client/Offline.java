package io.sallyport.connect.client;

import io.sallyport.connect.client.local.LocalSchema;
import java.time.Clock;
import java.util.concurrent.TimeUnit;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.connect.SparkSession;
import org.apache.spark.sql.connect.client.SparkConnectClient;
import org.apache.spark.sql.types.StructType;
import org.sparkproject.io.grpc.CallOptions;
import org.sparkproject.io.grpc.ClientCall;
import org.sparkproject.io.grpc.ManagedChannel;
import org.sparkproject.io.grpc.MethodDescriptor;

/** A session whose channel fails on every call: whatever works here sends nothing. */
final class Offline {

  /** A call was made. */
  static final class Called extends AssertionError {
    private static final long serialVersionUID = 1L;

    Called(String what) {
      super("Something was sent: " + what);
    }
  }

  private final SparkSession spark;
  private final RemoteSession session;

  private Offline(Requests requests, Patience patience) {
    SparkConnectClient client =
        new SparkConnectClient(SparkConnectClient.builder().configuration(), new Unconnected());
    this.spark = SparkSession.builder().client(client).create();
    this.session = new RemoteSession(spark, requests, patience);
  }

  /** Where nothing at all can be asked. */
  static Offline silent() {
    return with(
        request -> {
          throw new Called(request.toString());
        });
  }

  /** Where only our own requests are answered. */
  static Offline with(Requests requests) {
    return new Offline(
        requests,
        new Patience(
            Clock.systemUTC(),
            pause -> {
              throw new Called("a pause");
            }));
  }

  static Offline with(Requests requests, Patience patience) {
    return new Offline(requests, patience);
  }

  RemoteSession session() {
    return session;
  }

  /** A frame of these columns, as if the server had told them. */
  RemoteLazyFrame frame(String name, String ddl) {
    Dataset<Row> dataset = spark.table(name);
    return new RemoteLazyFrame(
        session,
        dataset,
        LocalSchema.of(
            StructType.fromDDL(ddl), Names.parts(name), RemoteLazyFrame.planId(dataset)));
  }

  /** Fails on every call. */
  private static final class Unconnected extends ManagedChannel {

    @Override
    public <A, B> ClientCall<A, B> newCall(MethodDescriptor<A, B> method, CallOptions options) {
      throw new Called(method.getFullMethodName());
    }

    @Override
    public String authority() {
      return "nowhere";
    }

    @Override
    public ManagedChannel shutdown() {
      return this;
    }

    @Override
    public ManagedChannel shutdownNow() {
      return this;
    }

    @Override
    public boolean isShutdown() {
      return true;
    }

    @Override
    public boolean isTerminated() {
      return true;
    }

    @Override
    public boolean awaitTermination(long timeout, TimeUnit unit) {
      return true;
    }
  }
}
