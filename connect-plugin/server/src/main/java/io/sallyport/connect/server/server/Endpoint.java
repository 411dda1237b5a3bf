package io.sallyport.connect.server.server;

import io.sallyport.connect.desk.http.DeskServer;
import io.sallyport.connect.server.desk.GovernedDesk;
import io.sallyport.connect.server.gate.SallyportInterceptor;
import io.sallyport.connect.server.health.GrpcHealth;
import io.sallyport.policy.settings.DeskAddress;
import io.sallyport.policy.settings.Limits;
import io.sallyport.policy.settings.Tls;
import io.sallyport.spark.Installation;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.spark.sql.classic.SparkSession;
import org.apache.spark.sql.connect.service.SparkConnectService;
import org.apache.spark.sql.connect.service.SparkConnectService$;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.sparkproject.connect.grpc.InsecureServerCredentials;
import org.sparkproject.connect.grpc.Server;
import org.sparkproject.connect.grpc.ServerCredentials;
import org.sparkproject.connect.grpc.netty.NettyServerBuilder;

/**
 * A gRPC server around Spark's Connect service: ours is the only interceptor, so no call takes
 * another road. Closing drains calls, then closes every session.
 */
public final class Endpoint implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Endpoint.class);

  private static final int DRAIN_SECONDS = 5;
  private static final int CALLS_PER_CONNECTION = 64;
  private static final int METADATA_BYTES = 8 * 1024;

  /** HTTP/2: streams that are opened and reset at once cost the server more than the client. */
  private static final int RESETS = 200;

  private static final int RESETS_WITHIN_SECONDS = 30;

  /** How long a connection may be without a call of somebody known. */
  private static final Duration FIRST_CALL = Duration.ofSeconds(30);

  /** What a request has besides its plan and its local data. */
  private static final int ENVELOPE_BYTES = 64 * 1024;

  private final Server server;
  private final CountDownLatch closed = new CountDownLatch(1);

  private final Sockets sockets;

  private final Optional<TlsIdentity> identity;

  private final Optional<DeskServer> desk;

  private Endpoint(
      Server server, Sockets sockets, Optional<TlsIdentity> identity, Optional<DeskServer> desk) {
    this.server = server;
    this.sockets = sockets;
    this.identity = identity;
    this.desk = desk;
  }

  /**
   * Checks that every part of Sallyport is in force, then listens.
   *
   * @throws IllegalStateException when a part is missing
   * @throws IllegalArgumentException when it would listen in plain text where others can reach it
   * @throws IOException when it cannot listen
   */
  public static Endpoint start(SparkSession base, Installation installation) throws IOException {
    installation.requireReady(base);
    Binding binding = Binding.of(base.sparkContext().conf(), installation.settings().tls());
    SparkConnectService$.MODULE$.sessionManager().initializeBaseSession(base::newSession);
    Limits limits = installation.settings().limits();
    Optional<TlsIdentity> identity = identity(installation);
    Sockets sockets =
        new Sockets(
            new Connections(limits.connectionsPerAddress(), limits.connections(), FIRST_CALL));
    Server server =
        sockets
            .on(builder(binding, limits, identity))
            .addService(ReadableRequests.of(new SparkConnectService(false).bindService()))
            .addService(new GrpcHealth(installation.health()).service())
            .addStreamTracerFactory(GrpcHealth.counting())
            .intercept(new SallyportInterceptor(sockets::isKnown))
            .build();
    Optional<DeskServer> desk = desk(installation, identity);
    try {
      server.start();
    } catch (IOException e) {
      desk.ifPresent(DeskServer::close);
      throw e;
    }
    LOG.info(
        "Listening on {} {}",
        server.getListenSockets(),
        binding.tls().isPresent() ? "with TLS" : "in plain text, for this machine only");
    desk.ifPresent(open -> LOG.info("The owners' desk is at {}", open.address()));
    return new Endpoint(server, sockets, identity, desk);
  }

  /** Where the operator wants one. */
  private static Optional<DeskServer> desk(
      Installation installation, Optional<TlsIdentity> identity) throws IOException {
    Optional<DeskAddress> address = installation.settings().desk();
    if (address.isEmpty()) {
      return Optional.empty();
    }
    Clock clock = Clock.systemUTC();
    return Optional.of(
        DeskServer.start(
            new GovernedDesk(installation, clock),
            address.get(),
            identity.map(TlsIdentity::keys),
            clock));
  }

  private static Optional<TlsIdentity> identity(Installation installation) throws IOException {
    Optional<Tls> tls = installation.settings().tls();
    return tls.isEmpty()
        ? Optional.empty()
        : Optional.of(TlsIdentity.open(tls.get(), installation.settings().durable().reload()));
  }

  private static NettyServerBuilder builder(
      Binding binding, Limits limits, Optional<TlsIdentity> identity) {
    ServerCredentials credentials =
        identity.map(TlsIdentity::credentials).orElseGet(InsecureServerCredentials::create);
    return NettyServerBuilder.forAddress(binding.address(), credentials)
        .maxInboundMessageSize(limits.planBytes() + limits.localBytes() + ENVELOPE_BYTES)
        .maxInboundMetadataSize(METADATA_BYTES)
        .maxConcurrentCallsPerConnection(CALLS_PER_CONNECTION)
        .maxConnectionAge(1, TimeUnit.HOURS)
        .maxConnectionAgeGrace(5, TimeUnit.MINUTES)
        .maxConnectionIdle(30, TimeUnit.MINUTES)
        .maxRstFramesPerWindow(RESETS, RESETS_WITHIN_SECONDS)
        .keepAliveTime(2, TimeUnit.MINUTES)
        .keepAliveTimeout(20, TimeUnit.SECONDS)
        .permitKeepAliveTime(20, TimeUnit.SECONDS)
        .permitKeepAliveWithoutCalls(true)
        .handshakeTimeout(10, TimeUnit.SECONDS);
  }

  /** Where it listens in truth. */
  public InetSocketAddress address() {
    return (InetSocketAddress) server.getListenSockets().get(0);
  }

  /** Where owners open their desk; nowhere when none is wanted. */
  public Optional<URI> deskAddress() {
    return desk.map(DeskServer::address);
  }

  /** Returns when the endpoint was closed, sessions and all. */
  public void awaitClosed() throws InterruptedException {
    closed.await();
  }

  @Override
  public void close() {
    desk.ifPresent(DeskServer::close);
    server.shutdown();
    try {
      if (!server.awaitTermination(DRAIN_SECONDS, TimeUnit.SECONDS)) {
        server.shutdownNow();
      }
    } catch (InterruptedException e) {
      server.shutdownNow();
      Thread.currentThread().interrupt();
    }
    sockets.close();
    identity.ifPresent(TlsIdentity::close);
    SparkConnectService$.MODULE$.sessionManager().invalidateAllSessions();
    closed.countDown();
  }
}
