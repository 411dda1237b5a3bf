package io.sallyport.connect.server.server;

import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.util.concurrent.Future;
import org.sparkproject.connect.grpc.netty.NettyServerBuilder;

/** The threads that read and write sockets, and how many sockets there may be. */
final class Sockets implements AutoCloseable {

  private final EventLoopGroup accepting = group("sallyport-accept", 1);
  private final EventLoopGroup working = group("sallyport-socket", 0);
  private final int mostPerAddress;
  private final int most;

  Sockets(int mostPerAddress, int most) {
    this.mostPerAddress = mostPerAddress;
    this.most = most;
  }

  /** Makes a server use them. gRPC takes all three or none. */
  NettyServerBuilder on(NettyServerBuilder server) {
    return server
        .channelFactory(() -> new BoundedServerChannel(mostPerAddress, most))
        .bossEventLoopGroup(accepting)
        .workerEventLoopGroup(working);
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
