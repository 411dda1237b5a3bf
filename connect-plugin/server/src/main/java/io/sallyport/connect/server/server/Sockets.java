package io.sallyport.connect.server.server;

import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.sparkproject.connect.grpc.Attributes;
import org.sparkproject.connect.grpc.Grpc;
import org.sparkproject.connect.grpc.netty.NettyServerBuilder;

/**
 * The threads that read and write sockets, and the connections that there may be. What one of them
 * has received and nobody has read yet is one window at most.
 */
final class Sockets implements AutoCloseable {

  /** HTTP/2 has no smaller one for a connection. */
  private static final int WINDOW_BYTES = 64 * 1024;

  private final EventLoopGroup accepting = group("sallyport-accept", 1);
  private final EventLoopGroup working = group("sallyport-socket", 0);
  private final Connections connections;

  Sockets(Connections connections) {
    this.connections = connections;
    Future<?> unused = // ends with the threads
        accepting.scheduleWithFixedDelay(connections::sweep, 1, 1, TimeUnit.SECONDS);
  }

  /** Makes a server use them. gRPC takes all three or none. */
  NettyServerBuilder on(NettyServerBuilder server) {
    return server
        .channelFactory(() -> new BoundedServerChannel(connections))
        .bossEventLoopGroup(accepting)
        .workerEventLoopGroup(working)
        .flowControlWindow(WINDOW_BYTES);
  }

  /** Somebody known has called on the connection of these attributes. */
  void isKnown(Attributes call) {
    connections.isKnown(
        new Connection.Ends(
            call.get(Grpc.TRANSPORT_ATTR_REMOTE_ADDR), call.get(Grpc.TRANSPORT_ATTR_LOCAL_ADDR)));
  }

  @Override
  public void close() {
    Future<?> unused = accepting.shutdownGracefully();
    Future<?> unusedToo = working.shutdownGracefully();
  }

  /** Of no number, Netty's usual one. */
  private static EventLoopGroup group(String name, int threads) {
    return new MultiThreadIoEventLoopGroup(
        threads, new DefaultThreadFactory(name, true), NioIoHandler.newFactory());
  }
}
