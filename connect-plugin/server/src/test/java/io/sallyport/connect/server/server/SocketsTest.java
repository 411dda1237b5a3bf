package io.sallyport.connect.server.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.sallyport.connect.server.Eventually;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.sparkproject.connect.grpc.CallOptions;
import org.sparkproject.connect.grpc.ClientCall;
import org.sparkproject.connect.grpc.Grpc;
import org.sparkproject.connect.grpc.InsecureServerCredentials;
import org.sparkproject.connect.grpc.ManagedChannel;
import org.sparkproject.connect.grpc.ManagedChannelBuilder;
import org.sparkproject.connect.grpc.Metadata;
import org.sparkproject.connect.grpc.Server;
import org.sparkproject.connect.grpc.ServerCall;
import org.sparkproject.connect.grpc.ServerCallHandler;
import org.sparkproject.connect.grpc.ServerInterceptor;
import org.sparkproject.connect.grpc.Status;
import org.sparkproject.connect.grpc.health.v1.HealthCheckRequest;
import org.sparkproject.connect.grpc.health.v1.HealthCheckResponse;
import org.sparkproject.connect.grpc.health.v1.HealthGrpc;
import org.sparkproject.connect.grpc.netty.NettyServerBuilder;
import org.sparkproject.connect.grpc.stub.MetadataUtils;
import org.sparkproject.connect.grpc.stub.StreamObserver;

/** Real sockets of this machine's many addresses, before a server that answers any call. */
class SocketsTest {

  private static final Metadata.Key<String> NAME =
      Metadata.Key.of("name", Metadata.ASCII_STRING_MARSHALLER);

  private static final byte[] PREFACE =
      "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

  private static final int SETTINGS = 4;

  private static final int INITIAL_WINDOW_SIZE = 4;

  private final List<Socket> clients = new ArrayList<>();
  private final List<ManagedChannel> channels = new ArrayList<>();
  private final AtomicReference<SocketAddress> lastKnown = new AtomicReference<>();
  private Sockets sockets;
  private Server server;

  @AfterEach
  void close() throws IOException {
    channels.forEach(ManagedChannel::shutdownNow);
    for (Socket client : clients) {
      client.close();
    }
    server.shutdownNow();
    sockets.close();
  }

  @Test
  void outsidersWithManyConnections_keepNobodyOut_andNobodyKnownIsClosed() throws IOException {
    serve(new Connections(4, 8, Duration.ofMinutes(1)));
    ManagedChannel ada = known();
    assertThat(check(ada)).isEqualTo(HealthCheckResponse.ServingStatus.SERVING);
    SocketAddress before = lastKnown.get();
    for (int i = 0; i < 40; i++) {
      connect("127.0.0." + (2 + i % 10));
    }

    Eventually.is("seven strangers are left", () -> open() == 7);
    assertThat(check(ada)).isEqualTo(HealthCheckResponse.ServingStatus.SERVING);
    assertThat(lastKnown.get()).as("on the same connection").isEqualTo(before);
    assertThat(check(known())).isEqualTo(HealthCheckResponse.ServingStatus.SERVING);
  }

  @Test
  void whoNeverSaysWhoItIs_isClosed_whetherItIsSilentOrCalls() throws IOException {
    serve(new Connections(4, 8, Duration.ofSeconds(5)));
    ManagedChannel ada = known();
    assertThat(check(ada)).isEqualTo(HealthCheckResponse.ServingStatus.SERVING);
    SocketAddress before = lastKnown.get();
    Socket silent = connect("127.0.0.2");
    AtomicReference<Status> ended = new AtomicReference<>();
    hangingCall(ended);

    Eventually.is("the silent one is closed", () -> isClosed(silent));
    Eventually.is("what it left open is cut", () -> ended.get() != null);
    assertThat(check(ada)).isEqualTo(HealthCheckResponse.ServingStatus.SERVING);
    assertThat(lastKnown.get()).as("on the same connection").isEqualTo(before);
  }

  @Test
  void connection_mayFillOneSmallWindow() throws IOException {
    serve(new Connections(4, 8, Duration.ofMinutes(1)));
    Socket client = connect("127.0.0.1");
    client.getOutputStream().write(PREFACE);
    client.getOutputStream().write(new byte[] {0, 0, 0, SETTINGS, 0, 0, 0, 0, 0});
    client.setSoTimeout(20_000);
    DataInputStream answer = new DataInputStream(client.getInputStream());
    int length = answer.readUnsignedShort() << 8 | answer.readUnsignedByte();
    assertThat(answer.readUnsignedByte()).isEqualTo(SETTINGS);
    answer.skipNBytes(5);

    List<Integer> windows = new ArrayList<>();
    for (int read = 0; read < length; read += 6) {
      int setting = answer.readUnsignedShort();
      int value = answer.readInt();
      if (setting == INITIAL_WINDOW_SIZE) {
        windows.add(value);
      }
    }
    assertThat(windows).containsExactly(64 * 1024);
  }

  private void serve(Connections connections) throws IOException {
    sockets = new Sockets(connections);
    server =
        sockets
            .on(
                NettyServerBuilder.forAddress(
                    new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                    InsecureServerCredentials.create()))
            .addService(new Serving())
            .intercept(new Naming())
            .build()
            .start();
  }

  private ManagedChannel known() {
    Metadata name = new Metadata();
    name.put(NAME, "ada");
    ManagedChannel channel =
        ManagedChannelBuilder.forAddress("127.0.0.1", server.getPort())
            .usePlaintext()
            .intercept(MetadataUtils.newAttachHeadersInterceptor(name))
            .build();
    channels.add(channel);
    return channel;
  }

  private static HealthCheckResponse.ServingStatus check(ManagedChannel channel) {
    return HealthGrpc.newBlockingStub(channel)
        .withWaitForReady()
        .check(HealthCheckRequest.getDefaultInstance())
        .getStatus();
  }

  /** A call without a name whose request never ends. */
  private void hangingCall(AtomicReference<Status> ended) {
    ManagedChannel channel =
        ManagedChannelBuilder.forAddress("127.0.0.1", server.getPort()).usePlaintext().build();
    channels.add(channel);
    ClientCall<HealthCheckRequest, HealthCheckResponse> call =
        channel.newCall(HealthGrpc.getCheckMethod(), CallOptions.DEFAULT);
    call.start(
        new ClientCall.Listener<>() {
          @Override
          public void onClose(Status status, Metadata trailers) {
            ended.set(status);
          }
        },
        new Metadata());
    call.request(1);
  }

  private Socket connect(String from) throws IOException {
    Socket socket =
        new Socket(
            InetAddress.getLoopbackAddress(), server.getPort(), InetAddress.getByName(from), 0);
    clients.add(socket);
    return socket;
  }

  private long open() {
    return clients.stream().filter(client -> !isClosed(client)).count();
  }

  private static boolean isClosed(Socket socket) {
    try {
      socket.setSoTimeout(1);
      byte[] some = new byte[1024];
      int read = 0;
      while (read >= 0) {
        read = socket.getInputStream().read(some);
      }
      return true;
    } catch (SocketTimeoutException e) {
      return false;
    } catch (IOException e) {
      return true;
    }
  }

  private static final class Serving extends HealthGrpc.HealthImplBase {

    @Override
    public void check(HealthCheckRequest request, StreamObserver<HealthCheckResponse> answer) {
      answer.onNext(
          HealthCheckResponse.newBuilder()
              .setStatus(HealthCheckResponse.ServingStatus.SERVING)
              .build());
      answer.onCompleted();
    }
  }

  /** Knows whoever has a name. */
  private final class Naming implements ServerInterceptor {

    @Override
    public <Q, R> ServerCall.Listener<Q> interceptCall(
        ServerCall<Q, R> call, Metadata headers, ServerCallHandler<Q, R> next) {
      if (headers.containsKey(NAME)) {
        sockets.isKnown(call.getAttributes());
        lastKnown.set(call.getAttributes().get(Grpc.TRANSPORT_ATTR_REMOTE_ADDR));
      }
      return next.startCall(call, headers);
    }
  }
}
