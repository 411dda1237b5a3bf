package io.sallyport.connect.server;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.apache.spark.connect.proto.ExecutePlanRequest;
import org.apache.spark.connect.proto.ExecutePlanResponse;
import org.apache.spark.connect.proto.SparkConnectServiceGrpc;
import org.apache.spark.connect.proto.SparkConnectServiceGrpc.SparkConnectServiceBlockingStub;
import org.sparkproject.connect.grpc.ChannelCredentials;
import org.sparkproject.connect.grpc.ClientInterceptor;
import org.sparkproject.connect.grpc.Grpc;
import org.sparkproject.connect.grpc.ManagedChannel;
import org.sparkproject.connect.grpc.ManagedChannelBuilder;
import org.sparkproject.connect.grpc.Metadata;
import org.sparkproject.connect.grpc.MethodDescriptor;
import org.sparkproject.connect.grpc.StatusRuntimeException;
import org.sparkproject.connect.grpc.TlsChannelCredentials;
import org.sparkproject.connect.grpc.stub.ClientCalls;
import org.sparkproject.connect.grpc.stub.MetadataUtils;

/** A client that sends what it is told, byte for byte: no stock client stands between. */
public final class RawClient implements AutoCloseable {

  private static final Metadata.Key<String> AUTHORIZATION =
      Metadata.Key.of("Authorization", Metadata.ASCII_STRING_MARSHALLER);

  private final ManagedChannel channel;
  private final ClientInterceptor credentials;

  private RawClient(ManagedChannel channel, ClientInterceptor credentials) {
    this.channel = channel;
    this.credentials = credentials;
  }

  /** In plain text. */
  public static RawClient withToken(int port, Optional<String> token) {
    return of(ManagedChannelBuilder.forAddress("localhost", port).usePlaintext().build(), token);
  }

  /** Over TLS, trusting one certificate. */
  public static RawClient overTls(int port, Optional<String> token, Path certificate)
      throws IOException {
    ChannelCredentials trust =
        TlsChannelCredentials.newBuilder().trustManager(certificate.toFile()).build();
    return of(Grpc.newChannelBuilderForAddress("localhost", port, trust).build(), token);
  }

  private static RawClient of(ManagedChannel channel, Optional<String> token) {
    Metadata headers = new Metadata();
    token.ifPresent(text -> headers.put(AUTHORIZATION, "Bearer " + text));
    return of(channel, headers);
  }

  /** In plain text, with headers of the caller's choice. */
  public static RawClient withHeaders(int port, Metadata headers) {
    return of(ManagedChannelBuilder.forAddress("localhost", port).usePlaintext().build(), headers);
  }

  private static RawClient of(ManagedChannel channel, Metadata headers) {
    return new RawClient(channel, MetadataUtils.newAttachHeadersInterceptor(headers));
  }

  /** The stub of every RPC, with a deadline. */
  public SparkConnectServiceBlockingStub stub() {
    return SparkConnectServiceGrpc.newBlockingStub(channel)
        .withInterceptors(credentials)
        .withDeadlineAfter(60, TimeUnit.SECONDS);
  }

  public ManagedChannel channel() {
    return channel;
  }

  /** Puts this client's token on the calls of another stub. */
  public ClientInterceptor credentials() {
    return credentials;
  }

  /** All responses to a plan, to the end of the stream. */
  public List<ExecutePlanResponse> execute(ExecutePlanRequest request) {
    return all(stub().executePlan(request));
  }

  /** What comes of bytes that are sent as a request to run a plan, whether they are one or not. */
  public static Iterator<ExecutePlanResponse> bytes(
      SparkConnectServiceBlockingStub stub, byte[] request) {
    MethodDescriptor<byte[], ExecutePlanResponse> method =
        SparkConnectServiceGrpc.getExecutePlanMethod().toBuilder(
                Bytes.AS_THEY_ARE,
                SparkConnectServiceGrpc.getExecutePlanMethod().getResponseMarshaller())
            .build();
    return ClientCalls.blockingServerStreamingCall(
        stub.getChannel(), method, stub.getCallOptions(), request);
  }

  private enum Bytes implements MethodDescriptor.Marshaller<byte[]> {
    AS_THEY_ARE;

    @Override
    public InputStream stream(byte[] value) {
      return new ByteArrayInputStream(value);
    }

    @Override
    public byte[] parse(InputStream stream) {
      throw new UnsupportedOperationException("A client is sent no requests");
    }
  }

  /** All messages of a stream. */
  public static <T> List<T> all(Iterator<T> stream) {
    List<T> messages = new ArrayList<>();
    stream.forEachRemaining(messages::add);
    return messages;
  }

  /** How a call fails. */
  public StatusRuntimeException failure(Function<SparkConnectServiceBlockingStub, ?> call) {
    try {
      Object answer = call.apply(stub());
      if (answer instanceof Iterator<?> stream) {
        stream.forEachRemaining(message -> {});
      }
    } catch (StatusRuntimeException e) {
      return e;
    }
    throw new AssertionError("The call was answered");
  }

  @Override
  public void close() {
    channel.shutdownNow();
  }
}
